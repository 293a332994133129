import { isAtRest } from '@longshore/core'
import type { Job } from '@longshore/store'
import type { Workspace } from './open-workspace.ts'

/** Looks that are kept; the oldest go first. */
const mostLooks = 500
/** How old a look at a job may be that is worked on. */
const lookMs = 2_000

const looksOf = new WeakMap<Workspace['db'], Map<string, Promise<unknown>>>()

/**
 * What takes a look at the rows of a job, looked up once for all who ask: whatever changes the rows of a job at rest changes the job, and so its version;
 * of one that is worked on it may be two seconds old. Each page of a job, each list and each poll went through all of its issues and outcomes.
 */
export function keptLook<Look>({ db, organization }: Pick<Workspace, 'db' | 'organization'>, what: string, job: Job, look: () => Promise<Look>): Promise<Look> {
  const looks = looksOf.get(db) ?? new Map<string, Promise<unknown>>()
  looksOf.set(db, looks)
  const key = JSON.stringify([what, organization.id, organization.scope ?? null, job.number, job.state, job.version, isAtRest(job.state) ? null : Math.floor(Date.now() / lookMs)])
  const known = looks.get(key)
  if (known) return known as Promise<Look> // kept by this very function under the same name
  const found = look()
  looks.set(key, found)
  found.catch(() => looks.delete(key)) // asked again by whoever comes next
  const [oldest] = looks.keys()
  if (looks.size > mostLooks && oldest !== undefined) looks.delete(oldest)
  return found
}
