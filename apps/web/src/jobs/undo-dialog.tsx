import { Button, Modal, Radio } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { JobDetails, UndoPreviewAnswer } from '@longshore/contract'
import { get, send } from '../client/api.ts'
import { useObjects } from '../client/queries.ts'
import { useMutation } from '../client/use-mutation.ts'
import { count } from '../ui/number.ts'
import { objectCount } from '../ui/object-noun.ts'
import { Failure, SkeletonRows } from '../ui/states.tsx'
import table from '../ui/table.module.css'
import { words } from '../words/words.ts'

const texts = words.jobs.undo

/** What goes back, before anything does: counts, what somebody edited since, and the choice about it. */
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
  const records = found ? found.binned + found.restored + found.revived : 0
  const later = kept.data?.keptCount ?? 0
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
              <h2 style={{ fontSize: '0.9375rem', margin: '12px 0 6px' }}>{texts.editedTitle(later)}</h2>
              <div className={table.wrap} style={{ maxHeight: 180, overflow: 'auto' }}>
                <table className={table.table}><tbody>{(kept.data?.kept ?? []).slice(0, 100).map((one) => <tr key={`${one.object}-${one.record}`}><td className={table.tight}>{one.object} {one.record}</td><td>{one.fields.join(', ')}</td><td>{one.reason}</td></tr>)}</tbody></table>
              </div>
              <Radio.Group value={everything ? 'everything' : 'keep'} onChange={(value) => setEverything(value === 'everything')} mt="md" aria-label={texts.editedTitle(later)}>
                <Radio value="keep" label={texts.keep} description={texts.keepText} mb="xs" />
                <Radio value="everything" label={texts.everything} description={texts.everythingText} />
              </Radio.Group>
            </>
          )}
        </>
      )}
      <div style={{ display: 'flex', gap: 8, justifyContent: 'end', marginTop: 16 }}>
        <Button variant="default" data-autofocus onClick={onClose}>{words.buttons.cancel}</Button>
        <Button color="red" disabled={!found || records === 0} loading={undo.isPending} onClick={() => undo.mutate()}>{found ? texts.button(records) : count(0)}</Button>
      </div>
    </Modal>
  )
}
