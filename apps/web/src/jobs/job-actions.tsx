import { Button, Modal } from '@mantine/core'
import { useState } from 'react'
import type { JobDetails } from '@longshore/contract'
import { LinkButton } from '../ui/link-button.tsx'
import { Failure } from '../ui/states.tsx'
import { words } from '../words/words.ts'
import { UndoDialog } from './undo-dialog.tsx'
import { hasUndo, useUndoLimit } from './undo-limit.ts'
import { undoNoteId } from './undo-note.tsx'
import { useJobAction } from './use-job-action.ts'

const texts = words.jobs

/** What can be done with a job as it is now. */
export function JobActions({ job }: { job: JobDetails }) {
  const action = useJobAction(job.job)
  const [asks, setAsks] = useState<'cancel' | 'undo' | null>(null)
  const moves = job.state === 'running' || job.state === 'queued' || job.state === 'checking'
  // a trial that could not go on keeps its import waiting; another import that could not is changed and checked again
  const stuck = job.state === 'failed' && job.trialOf !== null
  const undo = useUndoLimit(job)
  const done = Object.values(job.counts).reduce((sum, rows) => sum + rows, 0)
  return (
    <>
      {action.isError && <Failure error={action.error} />}
      {moves && !job.interrupted && <Button variant="default" loading={action.isPending && action.variables === 'pause'} onClick={() => action.mutate('pause')}>{texts.actions.pause}</Button>}
      {(job.state === 'paused' || job.interrupted || stuck) && <Button loading={action.isPending} onClick={() => action.mutate('resume')}>{texts.actions.resume}</Button>}
      {(moves || job.state === 'paused' || stuck) && <Button variant="default" onClick={() => setAsks('cancel')}>{texts.actions.cancel}</Button>}
      {job.state === 'planned' && job.dryRun && <LinkButton to="/imports/$job/$step" params={{ job: String(job.job), step: 'check' }}>{texts.actions.continueDraft}</LinkButton>}
      {hasUndo(job) && <Button variant="default" disabled={undo.over} {...(undo.over ? { 'aria-describedby': undoNoteId } : {})} onClick={() => setAsks('undo')}>{job.kind === 'undo' ? texts.actions.undoUndo : job.trialOf === null ? texts.actions.undo : texts.actions.undoTrial}</Button>}
      <Modal opened={asks === 'cancel'} onClose={() => setAsks(null)} title={texts.cancelTitle} closeButtonProps={{ 'aria-label': words.buttons.close }}>
        <p style={{ marginTop: 0 }}>{texts.cancelText(job.state === 'checking' ? 0 : done)}</p>
        <div style={{ display: 'flex', gap: 8, justifyContent: 'end' }}>
          <Button variant="default" data-autofocus onClick={() => setAsks(null)}>{texts.keepRunning}</Button>
          <Button color="red" onClick={() => { setAsks(null); action.mutate('cancel') }}>{texts.cancelButton}</Button>
        </div>
      </Modal>
      {asks === 'undo' && <UndoDialog job={job.job} onClose={() => setAsks(null)} />}
    </>
  )
}
