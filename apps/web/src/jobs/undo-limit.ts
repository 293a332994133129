import { useQuery } from '@tanstack/react-query'
import type { JobAnswer, JobDetails } from '@longshore/contract'
import { settingsQuery } from '../settings/settings-queries.ts'

const dayMs = 86_400_000
const usualUndoDays = 30

export interface UndoLimit { days: number; /** The last moment; null while the job has not ended. */ until: string | null; over: boolean }

/** Until when a job can be taken back. The server decides; this says it before somebody tries. */
export function undoLimit(finishedAt: string | null, days: number, nowMs: number): UndoLimit {
  const until = finishedAt === null ? null : Date.parse(finishedAt) + days * dayMs
  return { days, until: until === null ? null : new Date(until).toISOString(), over: until !== null && until < nowMs }
}

/** Whether there is a way back at all, in time or not. What was cancelled before it wrote anything needs none. */
export function hasUndo(job: Pick<JobDetails, 'state' | 'undoneBy' | 'operation' | 'counts' | 'related' | 'relatedChanged'>): boolean {
  return (job.state === 'done' || (job.state === 'cancelled' && hasWritten(job))) && job.undoneBy === null && job.operation !== 'hard-delete'
}

function hasWritten({ counts, related, relatedChanged }: Pick<JobDetails, 'counts' | 'related' | 'relatedChanged'>): boolean {
  return [counts.created, counts.updated, counts.deleted, counts.flagged, ...Object.values(related), ...Object.values(relatedChanged)].some((records) => records > 0)
}

/** Days for which the organization lets jobs be taken back. */
export function useUndoDays(): number {
  const days = useQuery(settingsQuery).data?.['undoDays']
  return typeof days === 'number' ? days : usualUndoDays
}

export function useUndoLimit(job: Pick<JobAnswer, 'finishedAt'>): UndoLimit {
  return undoLimit(job.finishedAt, useUndoDays(), Date.now())
}
