import { Button, Modal, Radio } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { JobDetails, UndoPreviewAnswer } from '@longshore/contract'
import { get, send } from '../client/api.ts'
import { useObjects } from '../client/queries.ts'
import { useMutation } from '../client/use-mutation.ts'
import { objectCount } from '../ui/object-noun.ts'
import { pathLabel } from '../ui/path-label.ts'
import { Failure, SkeletonRows } from '../ui/states.tsx'
import table from '../ui/table.module.css'
import { words } from '../words/words.ts'

const texts = words.jobs.undo
/** Kept records that the dialog lists. */
const listedKept = 100

/** What goes back, before anything does: counts, what stays and why, and the choice about it. */
export function UndoDialog({ job, onClose }: { job: number; onClose: () => void }) {
  const navigate = useNavigate()
  const client = useQueryClient()
  const objects = useObjects()
  const [everything, setEverything] = useState(false)
  const preview = useQuery({ queryKey: ['undo', job, everything], queryFn: ({ signal }) => get<UndoPreviewAnswer>(`/v1/jobs/${job}/undo`, { everything }, signal), staleTime: 0, retry: false })
  const kept = useQuery({ queryKey: ['undo', job, false], queryFn: ({ signal }) => get<UndoPreviewAnswer>(`/v1/jobs/${job}/undo`, { everything: false }, signal), staleTime: 0, retry: false })
  const undo = useMutation({
    mutationFn: () => send<JobDetails>('POST', `/v1/jobs/${job}/undo`, { everything }, { headers: { 'idempotency-key': crypto.randomUUID() } }),
    onSuccess: async (made) => { await client.invalidateQueries({ queryKey: ['job', job] }); onClose(); void navigate({ to: '/jobs/$job', params: { job: String(made.job) } }) },
  })
  const found = preview.data
  const records = found ? found.binned + found.restored + found.revived + Object.values(found.related).reduce((sum, rows) => sum + rows, 0) : 0
  const later = kept.data?.keptCount ?? 0
  const title = texts.keptTitle(Object.entries(kept.data?.keptFor ?? {}).map(([reason, n]) => texts.keptFor[reason]?.(n) ?? `${reason}: ${n}`))
  return (
    <Modal opened onClose={onClose} size="lg" title={texts.title(job)} closeButtonProps={{ 'aria-label': words.buttons.close }}>
      <p style={{ marginTop: 0 }}>{texts.lead}</p>
      {preview.isError && <Failure error={preview.error} retry={() => void preview.refetch()} />}
      {undo.isError && <Failure error={undo.error} />}
      {preview.isPending && <SkeletonRows rows={3} />}
      {found && (
        <>
          <ul>
            {found.binned > 0 && <li>{texts.deletes(found.binned)}</li>}
            {found.restored > 0 && <li>{texts.restores(found.restored)}</li>}
            {found.revived > 0 && <li>{texts.restoresDeleted(found.revived)}</li>}
            {Object.entries(found.related).filter(([, rows]) => rows > 0).map(([object, rows]) => <li key={object}>{texts.related(objectCount(objects, object, rows))}</li>)}
            {records === 0 && <li>{texts.nothing}</li>}
          </ul>
          {later === 0 ? <p>{texts.nothingEdited}</p> : (
            <>
              <h2 style={{ fontSize: '0.9375rem', margin: '12px 0 6px' }}>{title}</h2>
              {kept.data && <KeptTable kept={kept.data.kept} />}
              {later > listedKept && <p>{texts.listed(listedKept)}</p>}
              <Radio.Group value={everything ? 'everything' : 'keep'} onChange={(value) => setEverything(value === 'everything')} mt="md" aria-label={title}>
                <Radio value="keep" label={texts.keep} description={texts.keepText} mb="xs" />
                <Radio value="everything" label={texts.everything} description={texts.everythingText} />
              </Radio.Group>
            </>
          )}
        </>
      )}
      <div style={{ display: 'flex', gap: 8, justifyContent: 'end', marginTop: 16 }}>
        <Button variant="default" data-autofocus onClick={onClose}>{words.buttons.cancel}</Button>
        <Button color="red" disabled={!found || records === 0} loading={undo.isPending} onClick={() => undo.mutate()}>{texts.button(records)}</Button>
      </div>
    </Modal>
  )
}

/** What stays: each record by its name, with the fields and the reason. */
function KeptTable({ kept }: { kept: UndoPreviewAnswer['kept'] }) {
  const objects = useObjects()
  return (
    <div className={table.wrap} style={{ maxHeight: 180, overflow: 'auto' }} tabIndex={0} role="region" aria-label={texts.keptReason}>
      <table className={table.table}>
        <thead><tr><th>{texts.keptRecord}</th><th>{texts.keptFields}</th><th>{texts.keptReason}</th></tr></thead>
        <tbody>{kept.slice(0, listedKept).map((one) => {
          const object = objects.find(({ name }) => name === one.object)
          const called = one.name ?? words.records.record(one.record)
          return (
            <tr key={`${one.object}-${one.record}`}>
              <td>{object?.label ?? one.object}: {object && one.reason !== 'already-gone' ? <Link to="/records/$object/$record" params={{ object: one.object, record: one.record }} style={{ textDecoration: 'underline' }}>{called}</Link> : called}</td>
              <td>{one.fields.map((field) => pathLabel(objects, object, field)).join(', ')}</td><td>{texts.reasons[one.reason] ?? one.reason}</td>
            </tr>
          )
        })}</tbody>
      </table>
    </div>
  )
}
