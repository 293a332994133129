import type { JobAnswer } from '@longshore/contract'

export interface HealthGroup {
  name: string
  imports: number
  rows: number
  failed: number
  /** Of the latest import. */
  lastRows: number
  lastFailed: number
  at: string
  /** The latest import beside those before it. */
  trend: 'first' | 'better' | 'same' | 'worse'
}

/** A difference of the error rate below this is none. */
const noteworthy = 0.01

/** Imports that carried out a plan, or stopped with an error while they did: those say how good files are. Newest first, as the list has them. */
export function healthJobs(jobs: readonly JobAnswer[]): JobAnswer[] {
  return jobs.filter((job) => job.kind === 'import' && job.rows > 0 && (job.state === 'done' || job.state === 'undone' || job.state === 'cancelled') && !job.dryRun)
}

/** The part of an import's rows that failed. */
export function failedShare({ rows, counts }: JobAnswer): number {
  return rows === 0 ? 0 : counts.failed / rows
}

/** Where the scale of a chart of shares ends: the next round part above the largest, so that bars of a few percent can be told apart. */
export function scaleOf(largest: number): number {
  return [0.02, 0.05, 0.1, 0.2, 0.5].find((end) => largest <= end) ?? 1
}

/** Imports by what `of` calls them, those with the highest error rate first. */
export function groupsOf(jobs: readonly JobAnswer[], of: (job: JobAnswer) => string): HealthGroup[] {
  const groups = [...Map.groupBy(jobs, of)].map(([name, members]): HealthGroup => {
    const [last, ...before] = members
    const rows = sum(members, (job) => job.rows), failed = sum(members, (job) => job.counts.failed)
    const lastRows = last?.rows ?? 0, lastFailed = last?.counts.failed ?? 0
    const rate = lastRows === 0 ? 0 : lastFailed / lastRows
    const beforeRows = sum(before, (job) => job.rows)
    const usual = beforeRows === 0 ? 0 : sum(before, (job) => job.counts.failed) / beforeRows
    return { name, imports: members.length, rows, failed, lastRows, lastFailed, at: last?.createdAt ?? '', trend: before.length === 0 ? 'first' : Math.abs(rate - usual) < noteworthy ? 'same' : rate < usual ? 'better' : 'worse' }
  })
  return groups.sort((a, b) => b.failed / Math.max(1, b.rows) - a.failed / Math.max(1, a.rows) || b.imports - a.imports)
}

function sum(jobs: readonly JobAnswer[], of: (job: JobAnswer) => number): number {
  return jobs.reduce((total, job) => total + of(job), 0)
}
