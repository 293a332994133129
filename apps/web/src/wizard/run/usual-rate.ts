import type { JobAnswer } from '@longshore/contract'

/** Jobs of fewer rows say little of how long rows take. */
const leastRows = 100

/** Rows a second of the imports before: the middle one of those that were large enough; null where there is none. */
export function usualRate(jobs: readonly Pick<JobAnswer, 'kind' | 'state' | 'rows' | 'rowsPerSecond'>[]): number | null {
  const rates = jobs.filter((job) => job.kind === 'import' && (job.state === 'done' || job.state === 'undone') && job.rows >= leastRows && job.rowsPerSecond > 0).map((job) => job.rowsPerSecond).sort((a, b) => a - b)
  return rates[Math.floor(rates.length / 2)] ?? null
}
