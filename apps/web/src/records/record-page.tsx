import { Button, NativeSelect, Tabs, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { FieldAnswer, ObjectAnswer, RecordAnswer } from '@longshore/contract'
import { get, send } from '../client/api.ts'
import { useMay } from '../client/may.ts'
import { useObject } from '../client/queries.ts'
import { useMutation } from '../client/use-mutation.ts'
import { Page } from '../ui/page.tsx'
import { Empty, Failure, SkeletonRows } from '../ui/states.tsx'
import { dateAndTime } from '../ui/time.ts'
import { words } from '../words/words.ts'
import { valueText } from './value-text.ts'
import classes from './records.module.css'

const texts = words.records
interface HistoryPage { items: { id: string; kind: string; at: string; job: number | null; before: Record<string, string | null>; after: Record<string, string | null> }[]; next: string | null }

/** One record: its fields, what became of it, and the way to the bin and back. */
export function RecordPage() {
  const { object: name, record: id } = useParams({ from: '/shell/records/$object/$record' })
  const object = useObject(name)
  const record = useQuery({ queryKey: ['record', name, id], queryFn: ({ signal }) => get<RecordAnswer>(`/v1/objects/${name}/records/${id}`, {}, signal) })
  if (record.isLoadingError) return <Page title={texts.record(id)}><Failure error={record.error} retry={() => void record.refetch()} /></Page>
  if (record.isPending || !object) return <Page title={texts.record(id)}><SkeletonRows /></Page>
  return <Loaded object={object} record={record.data} />
}

function Loaded({ object, record }: { object: ObjectAnswer; record: RecordAnswer }) {
  const navigate = useNavigate()
  const client = useQueryClient()
  const may = useMay()
  const [editing, setEditing] = useState(false)
  const address = `/v1/objects/${object.name}/records/${record.id}`
  const fields = object.fields.filter((field) => field.companionOf === undefined && !(field.name === object.nameField && !field.editable))
  const [showEmpty, setShowEmpty] = useState(false)
  const filled = fields.filter((field) => (record.values[field.name] ?? null) !== null)
  const title = nameOf(object, record)
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
          <Tabs.List><Tabs.Tab value="fields">{texts.fields}</Tabs.Tab><Tabs.Tab value="history">{texts.history}</Tabs.Tab></Tabs.List>
          <Tabs.Panel value="fields" pt="md">
            <dl className={classes.fields}>{(showEmpty ? fields : filled).map((field) => <div key={field.name} className={classes.field}><dt>{field.label}</dt><dd>{valueOf(field, record) ?? <span className={classes.quiet}>{texts.noValue}</span>}</dd></div>)}</dl>
            {filled.length < fields.length && <Button mt="sm" size="xs" variant="subtle" onClick={() => setShowEmpty(!showEmpty)}>{showEmpty ? texts.hideEmpty : texts.showEmpty(fields.length - filled.length)}</Button>}
          </Tabs.Panel>
          <Tabs.Panel value="history" pt="md"><History address={address} object={object} /></Tabs.Panel>
        </Tabs>
      )}
    </Page>
  )
}

/** What people know a record by; a full name that is not kept as such is put together. */
function nameOf(object: ObjectAnswer, { id, values }: RecordAnswer): string {
  return values[object.nameField] ?? (['first_name', 'last_name'].map((part) => values[part]).filter(Boolean).join(' ') || (values['name'] ?? texts.record(id)))
}

/** A link shows the name of what it leads to, where the answer has it. */
function valueOf(field: FieldAnswer, record: RecordAnswer) {
  const value = record.values[field.name] ?? null
  if (value === null) return null
  if (field.kind !== 'reference') return valueText(field.kind, value)
  const target = field.targets?.[0]
  const name = record.values[`${field.name}.name`] ?? value
  return target === undefined ? name : <Link to="/records/$object/$record" params={{ object: target, record: value }}>{name}</Link>
}

function EditForm({ address, fields, record, onDone }: { address: string; fields: FieldAnswer[]; record: RecordAnswer; onDone: () => void }) {
  const client = useQueryClient()
  const [values, setValues] = useState<Record<string, string>>({})
  const save = useMutation({
    mutationFn: () => send('PATCH', address, { values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value === '' ? null : value])), ...(record.values['updated_at'] ? { version: record.values['updated_at'] } : {}) }),
    onSuccess: async () => { await client.invalidateQueries(); onDone() },
  })
  return (
    <form onSubmit={(event) => { event.preventDefault(); if (Object.keys(values).length === 0) onDone(); else save.mutate() }}>
      {save.isError && <Failure error={save.error} />}
      <div className={classes.edited}>
        {fields.map((field) => {
          const value = values[field.name] ?? record.values[field.name] ?? ''
          const set = (next: string) => setValues({ ...values, [field.name]: next })
          return field.options && field.kind === 'picklist'
            ? <NativeSelect key={field.name} label={field.label} value={value} onChange={({ currentTarget }) => set(currentTarget.value)} data={['', ...new Set([...field.options.filter((option) => option.active).map((option) => option.value), ...(value === '' ? [] : [value])])]} />
            : <TextInput key={field.name} label={field.label} required={field.required} value={value} onChange={({ currentTarget }) => set(currentTarget.value)} {...(field.help ? { description: field.help } : {})} />
        })}
      </div>
      <div style={{ display: 'flex', gap: 8, marginTop: 18 }}><Button type="submit" loading={save.isPending}>{texts.save}</Button><Button variant="default" onClick={onDone}>{words.buttons.cancel}</Button></div>
    </form>
  )
}

function History({ address, object }: { address: string; object: ObjectAnswer }) {
  const history = useQuery({ queryKey: ['history', address], queryFn: ({ signal }) => get<HistoryPage>(`${address}/history`, {}, signal) })
  const label = (name: string) => object.fields.find((field) => field.name === name)?.label ?? name
  if (history.isPending) return <SkeletonRows />
  if (history.isLoadingError) return <Failure error={history.error} retry={() => void history.refetch()} />
  if (history.data.items.length === 0) return <Empty title={texts.noHistory} />
  return (
    <ul className={classes.history}>
      {history.data.items.map((entry) => (
        <li key={entry.id}>
          <strong>{texts.historyKinds[entry.kind] ?? entry.kind}</strong> <span className={classes.quiet}>{dateAndTime(entry.at)}, {entry.job === null ? texts.by(null) : <Link to="/jobs/$job" params={{ job: String(entry.job) }}>{texts.by(entry.job)}</Link>}</span>
          {entry.kind === 'update' && Object.keys(entry.before).map((name) => <div key={name}>{label(name)}: <del className={classes.was}>{entry.before[name] ?? texts.empty}</del> <ins className={classes.is}>{entry.after[name] ?? texts.empty}</ins></div>)}
        </li>
      ))}
    </ul>
  )
}
