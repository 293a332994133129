import { Fault } from '@longshore/core'
import { countJobs, listJobs } from '@longshore/store'
import type { Job } from '@longshore/store'
import { summariesOf } from '../../job-summary.ts'
import type { JobSummary, Longshore } from '../../longshore.ts'
import type { Workspace } from '../../open-workspace.ts'

/** The jobs of an organization, the newest first; with `onlyBy` those alone that this member started. */
export function jobLists(workspace: Workspace, onlyBy: number | null): Pick<Longshore, 'jobs' | 'jobPage' | 'jobStates'> {
  const { db, organization } = workspace
  const told = (jobs: Job[]): Promise<JobSummary[]> => summariesOf(workspace, jobs)
  return {
    jobs: async () => told(await listJobs(db.alone, organization, { onlyBy })),
    async jobPage({ limit, cursor }) {
      const before = cursor === undefined ? null : jobOfCursor(cursor)
      const jobs = await listJobs(db.alone, organization, { limit: limit + 1, before, onlyBy })
      const items = await told(jobs.slice(0, limit))
      return { items, next: jobs.length > limit ? String(items.at(-1)?.job) : null }
    },
    jobStates: () => countJobs(db.alone, organization),
  }
}

function jobOfCursor(cursor: string): number {
  const number = /^[1-9]\d{0,8}$/.test(cursor) ? Number(cursor) : null
  if (number === null) throw new Fault('request.cursor', 'The cursor is none that a page of this list gave as "next". Begin without one.', { path: 'cursor' })
  return number
}
