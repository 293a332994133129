import type { JobDetails } from '@longshore/contract'
import { words } from '../words/words.ts'
import { hasUndo, useUndoLimit } from './undo-limit.ts'
import classes from './job-page.module.css'

export const undoNoteId = 'undo-note'

/** Until when the job can be taken back, or why no more. */
export function UndoNote({ job }: { job: JobDetails }) {
  const { until, days, over } = useUndoLimit(job)
  if (!hasUndo(job) || until === null) return null
  return <p id={undoNoteId} className={over ? classes.note : `${classes.note} ${classes.quiet}`}>{over ? words.jobs.undo.over(until, days) : words.jobs.undo.until(until)}</p>
}
