import { Fault } from '@longshore/core'
import type { Job } from '@longshore/store'

/** Only imports have rows of a file. Throws `rows.no-file` for other jobs. */
export function refuseWithoutFile({ number, kind, undoes }: Job): void {
  if (kind === 'import') return
  const what = kind === 'undo' ? `is an undo${undoes === null ? '' : ` of job ${undoes}`}` : 'is an edit by hand'
  throw new Fault('rows.no-file', `Job ${number} ${what}: it has no rows of a file to look at or to correct. Name the job of an import; "longshore job" lists them.`)
}
