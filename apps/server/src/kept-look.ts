import { isAtRest, sightOf } from '@longshore/core'
import { writersStamp } from '@longshore/store'
import type { Job, Transaction } from '@longshore/store'
import type { Workspace } from './open-workspace.ts'

/** Looks that are kept; the oldest go first. */
const mostLooks = 500
/** How old a look may be at what is worked on. */
const lookMs = 2_000

const looksOf = new WeakMap<Workspace['db'], Map<string, Promise<unknown>>>()

type Ground = Pick<Workspace, 'db' | 'organization'>

/**
 * What takes a look at the rows of a job, looked up once for all who ask: whatever changes the rows of a job at rest changes the job, and so its version;
 * of one that is worked on it may be two seconds old. Each page of a job, each list and each poll went through all of its issues and outcomes.
 */
export function keptLook<Look>(ground: Ground, what: string, job: Job, look: () => Promise<Look>): Promise<Look> {
  return kept(ground, [what, job.number, job.state, job.version, isAtRest(job.state) ? null : moment()], look)
}

/**
 * What takes a look at records, looked up once for all whose roles see the same: whoever writes records says so first (`_writer`), so it holds until
 * somebody has. While a job writes it may be two seconds old. `reading`: where it is asked who writes.
 */
export async function keptOfRecords<Look>(reading: Transaction, workspace: Ground & Pick<Workspace, 'actor'>, what: readonly unknown[], look: () => Promise<Look>): Promise<Look> {
  const { stamp, writing } = await writersStamp(reading, workspace.organization)
  return kept(workspace, [...what, sightOf(workspace.actor.role), stamp, writing ? moment() : null], look)
}

function moment(): number {
  return Math.floor(Date.now() / lookMs)
}

function kept<Look>({ db, organization }: Ground, of: readonly unknown[], look: () => Promise<Look>): Promise<Look> {
  const looks = looksOf.get(db) ?? new Map<string, Promise<unknown>>()
  looksOf.set(db, looks)
  const key = JSON.stringify([organization.id, organization.scope ?? null, ...of])
  const known = looks.get(key)
  if (known) return known as Promise<Look> // kept by this very function under the same name
  const found = look()
  looks.set(key, found)
  found.catch(() => looks.delete(key)) // asked again by whoever comes next
  const [oldest] = looks.keys()
  if (looks.size > mostLooks && oldest !== undefined) looks.delete(oldest)
  return found
}
