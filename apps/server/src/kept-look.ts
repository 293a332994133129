import { isAtRest, sightOf } from '@longshore/core'
import { writersStamp } from '@longshore/store'
import type { Job, Transaction } from '@longshore/store'
import type { Workspace } from './open-workspace.ts'

/** Looks that are kept; those that nobody asked for the longest go first. */
const mostLooks = 500
/** Characters, as JSON, of what is kept of files: their cells may be as long as anybody likes. */
const mostOfFiles = 16 * 1024 * 1024
/** How old a look may be at what is worked on. */
const lookMs = 2_000

/** `characters`: how long it is, as JSON, where that may be much; known once it was found. */
interface Kept { found: Promise<unknown>; characters: number }

const looksOf = new WeakMap<Workspace['db'], Map<string, Kept>>()

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

/**
 * What takes a look at a stored file, looked up once for all who ask: such a file never changes. `how`: all that the look depends on beside the file,
 * which is nothing of who asks: whoever asks may read the file, and what their role may see is laid over the look each time.
 */
export function keptOfFile<Look>(ground: Ground, file: string, how: readonly unknown[], look: () => Promise<Look>): Promise<Look> {
  const looks = looksIn(ground)
  const key = keyOf(ground, ['file', file, ...how])
  const known = looks.has(key)
  const found = keptAs(looks, key, look)
  if (!known) void found.then((seen) => weigh(looks, key, JSON.stringify(seen).length), () => undefined)
  return found
}

function weigh(looks: Map<string, Kept>, key: string, characters: number): void {
  const one = looks.get(key)
  if (!one) return
  if (characters > mostOfFiles) return void looks.delete(key) // the others would all go for it
  one.characters = characters
  let sum = 0
  for (const { characters: others } of looks.values()) sum += others
  for (const [oldest, { characters: others }] of looks) {
    if (sum <= mostOfFiles) return
    if (others === 0) continue
    looks.delete(oldest)
    sum -= others
  }
}

function moment(): number {
  return Math.floor(Date.now() / lookMs)
}

function kept<Look>(ground: Ground, of: readonly unknown[], look: () => Promise<Look>): Promise<Look> {
  return keptAs(looksIn(ground), keyOf(ground, of), look)
}

function looksIn({ db }: Ground): Map<string, Kept> {
  const looks = looksOf.get(db) ?? new Map<string, Kept>()
  looksOf.set(db, looks)
  return looks
}

function keyOf({ organization }: Ground, of: readonly unknown[]): string {
  return JSON.stringify([organization.id, organization.scope ?? null, ...of])
}

/** Whoever asks while it is looked up waits for the same. */
function keptAs<Look>(looks: Map<string, Kept>, key: string, look: () => Promise<Look>): Promise<Look> {
  const known = looks.get(key)
  looks.delete(key)
  const { found, characters } = known ?? { found: look(), characters: 0 }
  looks.set(key, { found, characters })
  if (known) return found as Promise<Look> // kept by this very function under the same name
  found.catch(() => looks.delete(key)) // asked again by whoever comes next
  const [oldest] = looks.keys()
  if (looks.size > mostLooks && oldest !== undefined) looks.delete(oldest)
  return found as Promise<Look>
}
