import { Fault } from '@longshore/core'
import type { Organization } from '../organizations/organization.ts'
import type { Database } from '../postgres/database.ts'
import { readJob, type Job } from './job.ts'

/** A request to start something, by the key that its client chose; `hash` is of what it asks for. */
export interface StartRequest { key: string; hash: string }

/**
 * The job that this member's request made before, or the one that `make` makes under it. Of two that run at once one makes the job and both get
 * it. Throws `request.key-reused` where the key stood for something else.
 */
export async function onceForRequest(db: Database, organization: Organization, member: number | null, request: StartRequest | null, make: () => Promise<Job>): Promise<{ job: Job; made: boolean }> {
  if (!request) return { job: await make(), made: true }
  const before = await find(db, organization, member, request)
  if (before) return { job: before, made: false }
  try {
    return { job: await make(), made: true }
  } catch (error) {
    const other = error instanceof Fault && error.code === 'db.constraint' ? await find(db, organization, member, request) : null
    if (!other) throw error
    return { job: other, made: false }
  }
}

async function find(db: Database, organization: Organization, member: number | null, { key, hash }: StartRequest): Promise<Job | null> {
  return db.transaction(null, async (tx) => {
    const { rows: [found] } = await tx.query<{ number: number; hash: string }>(
      'SELECT number, request_hash AS hash FROM longshore.job WHERE organization = $1 AND coalesce(started_by, 0) = coalesce($2::integer, 0) AND request_key = $3', [organization.id, member, key])
    if (found && found.hash !== hash) throw new Fault('request.key-reused', `The Idempotency-Key stood for another request before, which made job ${found.number}. Nothing was done. Choose a new key for each new request.`)
    return found ? readJob(tx, organization, found.number) : null
  }, { readOnly: true })
}
