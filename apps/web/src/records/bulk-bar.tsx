import { Button, Checkbox, Menu, Modal, NativeSelect } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { JobDetails, ObjectAnswer } from '@longshore/contract'
import { send } from '../client/api.ts'
import { isLive } from '../client/live.ts'
import { useMay } from '../client/may.ts'
import { refusalOf, unreachable } from '../client/problem.ts'
import { isMoving, jobQuery, liveCheckMs, pollMs } from '../client/queries.ts'
import { useMutation } from '../client/use-mutation.ts'
import { OutcomeBar } from '../jobs/outcome-bar.tsx'
import { UndoDialog } from '../jobs/undo-dialog.tsx'
import { hasUndo } from '../jobs/undo-limit.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { saveAs } from '../ui/save-as.ts'
import { StateMark } from '../ui/state-mark.tsx'
import { Failure } from '../ui/states.tsx'
import { words } from '../words/words.ts'
import { chosenBody, chosenCount, isTooMuch } from './chosen.ts'
import type { Chosen } from './chosen.ts'
import { exportFormats } from './export-menu.tsx'
import { fieldErrors } from './field-errors.ts'
import { FieldInput } from './field-input.tsx'
import classes from './records.module.css'

const texts = words.records.bulk

interface BulkBarProps {
  object: ObjectAnswer
  chosen: Chosen
  where: readonly string[]
  /** Paths of the columns that the list shows. */
  fields: readonly string[]
  found: { records: number; exact: boolean } | null
  onAll: () => void
  onClear: () => void
  /** A job that changes them has begun. */
  onJob: (job: number) => void
}

/** What can be done with the records that are chosen: each is one job, which says what became of every record and can be undone. */
export function BulkBar({ object, chosen, where, fields, found, onAll, onClear, onJob }: BulkBarProps) {
  const may = useMay()
  const [asks, setAsks] = useState<'change' | 'delete' | null>(null)
  const records = chosenCount(chosen, found)
  const body = chosenBody(chosen, where)
  const change = useMutation({
    mutationFn: (wish: { operation: 'delete' } | { operation: 'update'; values: Record<string, string | null> }) => send<JobDetails>('POST', `/v1/objects/${object.name}/records/change`, { ...body, ...wish, ...(records === null ? {} : { count: records }) }, { headers: { 'idempotency-key': crypto.randomUUID() } }),
    onSuccess: ({ job }) => { setAsks(null); onJob(job) },
  })
  const file = useMutation({ mutationFn: (format: string) => saveFile(object.name, { ...body, fields: fields.join(','), format }) })
  const [tooMuch, imports] = [isTooMuch(chosen), may.object(object.name, 'import')]
  const blocked = tooMuch || !imports
  return (
    <div role="group" aria-label={texts.title} className={classes.bulk}>
      <strong role="status">{texts.chosen(records)}</strong>
      {chosen.kind === 'some' && found !== null && (!found.exact || found.records > chosen.ids.size) && <Button size="xs" variant="subtle" onClick={onAll}>{texts.all(found.exact ? found.records : null)}</Button>}
      {may.object(object.name, 'write') && <Button size="xs" variant="default" disabled={blocked} onClick={() => { change.reset(); setAsks('change') }}>{texts.change}</Button>}
      {may.object(object.name, 'export') && (
        <Menu position="bottom-start">
          <Menu.Target><Button size="xs" variant="default" disabled={tooMuch} loading={file.isPending}>{texts.export}</Button></Menu.Target>
          <Menu.Dropdown>{exportFormats.map((format) => <Menu.Item key={format} onClick={() => file.mutate(format)}>{words.records.exports.formats[format]}</Menu.Item>)}</Menu.Dropdown>
        </Menu>
      )}
      {may.object(object.name, 'delete') && <Button size="xs" variant="default" disabled={blocked} loading={change.isPending && asks === null} onClick={() => { change.reset(); if (chosen.kind === 'all') setAsks('delete'); else change.mutate({ operation: 'delete' }) }}>{texts.remove}</Button>}
      <Button size="xs" variant="subtle" onClick={onClear}>{texts.clear}</Button>
      {tooMuch ? <span className={classes.quiet}>{texts.tooMuch(chosen.kind)}</span> : !imports && (may.object(object.name, 'write') || may.object(object.name, 'delete')) && <span className={classes.quiet}>{texts.noImport}</span>}
      {(file.error ?? (asks === null ? change.error : null)) && <Failure error={file.error ?? change.error} />}
      <ConfirmDialog opened={asks === 'delete'} title={texts.confirm(records)} button={texts.remove} busy={change.isPending} error={change.error} onConfirm={() => change.mutate({ operation: 'delete' })} onClose={() => setAsks(null)}>{texts.confirmText}</ConfirmDialog>
      <Modal opened={asks === 'change'} onClose={() => setAsks(null)} title={texts.changeTitle(records)} closeButtonProps={{ 'aria-label': words.buttons.close }}>
        {asks === 'change' && <ChangeField object={object} error={change.error} busy={change.isPending} onChange={(values) => change.mutate({ operation: 'update', values })} />}
      </Modal>
    </div>
  )
}

/** One field and the value that all of them get. */
function ChangeField({ object, error, busy, onChange }: { object: ObjectAnswer; error: unknown; busy: boolean; onChange: (values: Record<string, string | null>) => void }) {
  const may = useMay()
  const fields = object.fields.filter((field) => field.editable && (field.kind !== 'owner' || may.organization('set-audit-fields')))
  const [name, setName] = useState(fields[0]?.name ?? '')
  const [value, setValue] = useState('')
  const [empties, setEmpties] = useState(false)
  const field = fields.find((one) => one.name === name)
  const told = fieldErrors(error, field ? [field] : [])
  if (!field) return null
  return (
    <form onSubmit={(event) => { event.preventDefault(); onChange({ [name]: empties ? null : value }) }}>
      {told.rest && <Failure error={error} />}
      <NativeSelect label={texts.field} value={name} onChange={({ currentTarget }) => { setName(currentTarget.value); setValue(''); setEmpties(false) }} data={fields.map((one) => ({ value: one.name, label: one.label }))} data-autofocus />
      <div style={{ margin: '12px 0' }}>{!empties && <FieldInput key={name} field={{ ...field, required: false }} value={value} onChange={setValue} error={told.of[name]} />}</div>
      {!field.required && <Checkbox label={texts.empty(field.label)} checked={empties} onChange={({ currentTarget }) => setEmpties(currentTarget.checked)} />}
      <Button mt="md" type="submit" loading={busy} disabled={!empties && value.trim() === ''}>{texts.changeButton}</Button>
    </form>
  )
}

/** What becomes of a change of chosen records: it goes on by itself, and its undo is here. */
export function ChosenJob({ object, job: number, onClose }: { object: string; job: number; onClose: () => void }) {
  const client = useQueryClient()
  const [undoes, setUndoes] = useState(false)
  const job = useQuery({ ...jobQuery(number), refetchInterval: ({ state: { data } }) => data && rests(data.state) ? false : isLive() ? liveCheckMs : pollMs })
  const state = job.data?.state
  const over = state !== undefined && rests(state)
  useEffect(() => { if (over) for (const queryKey of [['records', object], ['record', object], ['bin']]) void client.invalidateQueries({ queryKey }) }, [over, state, client, object])
  return (
    <div role="status" className={classes.bulk}>
      <Link to="/jobs/$job" params={{ job: String(number) }}>{words.jobs.job(number)}</Link>
      {job.isError && <Failure error={job.error} retry={() => void job.refetch()} />}
      {job.data && <><StateMark state={job.data.state} interrupted={job.data.interrupted} /><OutcomeBar counts={job.data.counts} planned={job.data.figures === 'planned'} /></>}
      {job.data?.error && <Failure error={job.data.error} />}
      {job.data && hasUndo(job.data) && <Button size="xs" variant="default" onClick={() => setUndoes(true)}>{words.buttons.undo}</Button>}
      {over && <Button size="xs" variant="subtle" onClick={onClose}>{words.buttons.close}</Button>}
      {undoes && <UndoDialog job={number} onClose={() => setUndoes(false)} />}
    </div>
  )
}

/** It was begun as it was made, so a draft or a plan is on its way. */
function rests(state: string): boolean {
  return !isMoving(state) && state !== 'draft' && state !== 'planned'
}

/** Asks for the file and hands it to the browser under the object's name. */
async function saveFile(object: string, wish: { format: string } & Record<string, unknown>): Promise<void> {
  const response = await fetch(`/v1/objects/${encodeURIComponent(object)}/export`, { method: 'POST', credentials: 'same-origin', headers: { 'content-type': 'application/json' }, body: JSON.stringify(wish) }).catch(() => { throw unreachable() })
  if (!response.ok) throw await refusalOf(response)
  saveAs(`${object}.${wish.format}`, await response.blob())
}
