import { Button, Tabs } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { FieldAnswer, ObjectAnswer, RecordDetailsAnswer, RecordHistoryAnswer } from '@longshore/contract'
import { get, send } from '../client/api.ts'
import { Refusal } from '../client/problem.ts'
import { useMay } from '../client/may.ts'
import { useObject } from '../client/queries.ts'
import { useMutation } from '../client/use-mutation.ts'
import { Page } from '../ui/page.tsx'
import { Failure, SkeletonRows } from '../ui/states.tsx'
import { dateAndTime } from '../ui/time.ts'
import { words } from '../words/words.ts'
import { changedMeanwhile } from './changed-meanwhile.ts'
import { fieldErrors } from './field-errors.ts'
import { FieldInput } from './field-input.tsx'
import { recordName } from './record-name.ts'
import { RelatedList } from './related-list.tsx'
import { valueText } from './value-text.ts'
import classes from './records.module.css'

const texts = words.records
/** One record: its fields, where they lead and what leads to it, what became of it, and the way to the bin and back. */
export function RecordPage() {
  const { object: name, record: id } = useParams({ from: '/shell/records/$object/$record' })
  const object = useObject(name)
  const record = useQuery({ queryKey: ['record', name, id], queryFn: ({ signal }) => get<RecordDetailsAnswer>(`/v1/objects/${name}/records/${id}`, {}, signal) })
  if (record.isLoadingError) return <Page title={texts.record(id)}><Failure error={record.error} retry={() => void record.refetch()} /></Page>
  if (record.isPending || !object) return <Page title={texts.record(id)}><SkeletonRows /></Page>
  return <Loaded object={object} record={record.data} />
}

function Loaded({ object, record }: { object: ObjectAnswer; record: RecordDetailsAnswer }) {
  const navigate = useNavigate()
  const client = useQueryClient()
  const may = useMay()
  const [editing, setEditing] = useState(false)
  const address = `/v1/objects/${object.name}/records/${record.id}`
  const fields = object.fields.filter((field) => field.companionOf === undefined && !(field.name === object.nameField && !field.editable))
  const [showEmpty, setShowEmpty] = useState(false)
  const filled = fields.filter((field) => valueOf(field, record) !== null)
  const title = recordName(object, record)
  const restore = useMutation({ mutationFn: () => send('POST', `${address}/restore`), onSuccess: () => { void client.invalidateQueries(); notifications.show({ message: texts.restored }) } })
  const remove = useMutation({
    mutationFn: () => send('DELETE', address),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['records', object.name] })
      notifications.show({ message: <>{texts.removed}. <Button size="compact-xs" variant="light" onClick={() => restore.mutate()}>{words.buttons.undo}</Button></>, autoClose: 10_000 })
      void navigate({ to: '/records/$object', params: { object: object.name } })
    },
  })
  return (
    <Page
      title={title} about={<Link to="/records/$object" params={{ object: object.name }}>{object.pluralLabel}</Link>}
      actions={editing ? null : <>{may.object(object.name, 'write') && <Button variant="default" onClick={() => setEditing(true)}>{texts.edit}</Button>}{may.object(object.name, 'delete') && <Button variant="default" loading={remove.isPending} onClick={() => remove.mutate()}>{texts.remove}</Button>}</>}
    >
      {remove.isError && <Failure error={remove.error} />}
      {editing ? <EditForm address={address} fields={fields.filter((field) => field.editable)} record={record} onDone={() => setEditing(false)} /> : (
        <Tabs defaultValue="fields" keepMounted={false}>
          <Tabs.List><Tabs.Tab value="fields">{texts.fields}</Tabs.Tab><Tabs.Tab value="related">{texts.related.title}</Tabs.Tab><Tabs.Tab value="history">{texts.history}</Tabs.Tab></Tabs.List>
          <Tabs.Panel value="fields" pt="md">
            <dl className={classes.fields}>{(showEmpty ? fields : filled).map((field) => <div key={field.name} className={classes.field}><dt>{field.label}</dt><dd>{valueOf(field, record) ?? <span className={classes.quiet}>{texts.noValue}</span>}</dd></div>)}</dl>
            {filled.length < fields.length && <Button mt="sm" size="xs" variant="subtle" onClick={() => setShowEmpty(!showEmpty)}>{showEmpty ? texts.hideEmpty : texts.showEmpty(fields.length - filled.length)}</Button>}
          </Tabs.Panel>
          <Tabs.Panel value="related" pt="md"><RelatedList address={address} object={object} record={record.id} /></Tabs.Panel>
          <Tabs.Panel value="history" pt="md"><History address={address} object={object} madeBy={record.madeBy} /></Tabs.Panel>
        </Tabs>
      )}
    </Page>
  )
}

/** A link shows the name of what it leads to. */
function valueOf(field: FieldAnswer, { values, links }: RecordDetailsAnswer) {
  const value = values[field.name] ?? null
  if (field.kind !== 'reference') return value === null ? null : valueText(field.kind, value)
  const link = links.find((one) => one.field === field.name)
  return link === undefined ? null : <Link to="/records/$object/$record" params={{ object: link.object, record: link.id }}>{link.name ?? texts.record(link.id)}</Link>
}

function EditForm({ address, fields, record, onDone }: { address: string; fields: FieldAnswer[]; record: RecordDetailsAnswer; onDone: () => void }) {
  const client = useQueryClient()
  const [values, setValues] = useState<Record<string, string>>({})
  // as it was when the form was opened: what comes meanwhile is told, never taken for read
  const [read, setRead] = useState(record)
  const [meanwhile, setMeanwhile] = useState<string[]>([])
  const save = useMutation({
    mutationFn: () => send('PATCH', address, { values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value === '' ? null : value])), ...(read.values['updated_at'] ? { version: read.values['updated_at'] } : {}) }),
    onSuccess: async () => { await client.invalidateQueries(); onDone() },
  })
  const again = useMutation({
    mutationFn: () => get<RecordDetailsAnswer>(address),
    onSuccess: (now) => { setMeanwhile(changedMeanwhile(fields, read, now)); setRead(now); save.reset() },
  })
  const conflict = save.error instanceof Refusal && save.error.code === 'record.changed'
  const errors = fieldErrors(save.error, fields)
  return (
    <form onSubmit={(event) => { event.preventDefault(); if (Object.keys(values).length === 0) onDone(); else save.mutate() }}>
      {conflict
        ? <div role="alert" className={classes.meanwhile} ref={intoView}><span>{texts.conflict.title}</span><Button size="xs" variant="default" loading={again.isPending} onClick={() => again.mutate()}>{texts.conflict.again}</Button></div>
        : errors.rest && <Failure error={save.error} />}
      {again.isError && <Failure error={again.error} />}
      {again.isSuccess && !conflict && <div role="status" className={classes.meanwhile}>{texts.conflict.read(meanwhile, fields.filter((field) => values[field.name] !== undefined && meanwhile.includes(field.label)).map(({ label }) => label))}</div>}
      <div className={classes.edited}>
        {fields.map((field) => {
          const link = read.links.find((one) => one.field === field.name)
          return <FieldInput key={field.name} field={field} value={values[field.name] ?? link?.id ?? read.values[field.name] ?? ''} held={link ? { id: link.id, name: link.name ?? texts.record(link.id) } : null} error={errors.of[field.name]} onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))} />
        })}
      </div>
      <div style={{ display: 'flex', gap: 8, marginTop: 18 }}><Button type="submit" loading={save.isPending}>{texts.save}</Button><Button variant="default" onClick={onDone}>{words.buttons.cancel}</Button></div>
    </form>
  )
}

/** The button is below a long form, what it was refused for above it. */
const intoView = (notice: HTMLElement | null) => notice?.scrollIntoView({ block: 'center' })

function History({ address, object, madeBy }: { address: string; object: ObjectAnswer; madeBy: RecordDetailsAnswer['madeBy'] }) {
  const history = useQuery({ queryKey: ['history', address], queryFn: ({ signal }) => get<RecordHistoryAnswer>(`${address}/history`, {}, signal) })
  const label = (name: string) => object.fields.find((field) => field.name === name)?.label ?? name
  if (history.isPending) return <SkeletonRows />
  if (history.isLoadingError) return <Failure error={history.error} retry={() => void history.refetch()} />
  const told = (name: string, value: string | null | undefined) => {
    const field = object.fields.find((one) => one.name === name)
    return value === null || value === undefined ? texts.empty : field?.kind === 'reference' ? history.data.names[value] ?? texts.record(value) : valueText(field?.kind ?? 'text', value)
  }
  const made = <li><strong>{texts.historyKinds['create']}</strong> <span className={classes.quiet}><Link to="/jobs/$job" params={{ job: String(madeBy.job) }}>{texts.by(madeBy.job)}</Link>, {texts.fromRow(madeBy.row)}</span></li>
  return (
    <ul className={classes.history}>
      {history.data.items.map((entry) => (
        <li key={entry.id}>
          <strong>{texts.historyKinds[entry.kind] ?? entry.kind}</strong> <span className={classes.quiet}>{dateAndTime(entry.at)}, {entry.job === null ? entry.byName === null ? texts.by(null) : texts.byPerson(entry.byName) : <Link to="/jobs/$job" params={{ job: String(entry.job) }}>{texts.by(entry.job)}</Link>}</span>
          {entry.kind === 'update' && Object.keys(entry.before).map((name) => <div key={name}>{label(name)}: <del className={classes.was}>{told(name, entry.before[name])}</del> <ins className={classes.is}>{told(name, entry.after[name])}</ins></div>)}
        </li>
      ))}
      {history.data.next === null && made}
    </ul>
  )
}
