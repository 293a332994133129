import { outcomes } from '@longshore/core'
import type { NotificationKind } from '@longshore/store'
import type { JobSummary } from '../../longshore.ts'

/** What a notification says, in one sentence. Names of objects and counts alone: nothing of the file is in it. */
export function notificationText(kind: NotificationKind, { kind: what, job, object, rows, counts, state, error, undoes }: Pick<JobSummary, 'kind' | 'job' | 'object' | 'rows' | 'counts' | 'state' | 'error' | 'undoes'>): string {
  const noun = what === 'undo' ? `undo of job ${undoes ?? '?'}` : `import of ${object}`
  if (kind === 'started') return `The ${noun} (job ${job}) has left the queue and is running.`
  if (kind === 'failed') return `The ${noun} (job ${job}) could not go on${error === null ? '' : ` (${error.code})`}. Its page says what to do.`
  const parts = outcomes.flatMap((outcome) => (counts[outcome] > 0 ? [`${counts[outcome].toLocaleString('en')} ${outcome}`] : []))
  return `The ${noun} (job ${job}) is ${state === 'undone' ? 'undone' : 'done'}: ${rows.toLocaleString('en')} rows, ${parts.join(', ') || 'nothing to do'}.`
}
