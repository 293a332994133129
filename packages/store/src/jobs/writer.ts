import { Fault } from '@longshore/core'
import type { Transaction } from '../postgres/database.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Attempt } from './attempt.ts'
import { isAttended } from './attended.ts'

/**
 * One writer at a time per object: the row of an object names the job that may write it. Objects are taken in the order
 * of their names, so two jobs cannot wait for each other. Gives the writes counter of each object before and after: a plan that
 * saw `before` is still true, and `after` is what the job has to see when it takes the objects again.
 */
export async function takeWriters(tx: Transaction, attempt: Attempt, objects: string[]): Promise<Record<string, { before: string; after: string }>> {
  const table = `"${attempt.organization.schema}"._writer`
  const writes: Record<string, { before: string; after: string }> = {}
  for (const object of [...objects].sort()) {
    await tx.query(`INSERT INTO ${table} (object) VALUES ($1) ON CONFLICT DO NOTHING`, [object])
    await holderUnlessBusy(tx, attempt, object, '') // first without a lock: the chunks of a job that writes may overlap without a gap
    const held = await holderUnlessBusy(tx, attempt, object, 'FOR UPDATE')
    const before = held?.writes ?? '0'
    // raised each time it is taken, by the same job too: a plan that another job made while this one's process was gone saw `before`
    const after = (BigInt(before) + 1n).toString()
    await tx.query(`UPDATE ${table} SET job = $2, writes = $3 WHERE object = $1`, [object, attempt.job, after])
    writes[object] = { before, after }
  }
  return writes
}

async function holderUnlessBusy(tx: Transaction, attempt: Attempt, object: string, lock: '' | 'FOR UPDATE'): Promise<{ job: number | null; writes: string } | undefined> {
  const { rows: [held] } = await tx.query<{ job: number | null; writes: string }>(`SELECT job, writes FROM "${attempt.organization.schema}"._writer WHERE object = $1 ${lock}`, [object])
  if (held && held.job !== null && held.job !== attempt.job && await isWriting(tx, attempt.organization, held.job)) {
    throw new Fault('writer.busy', `Job ${held.job} is writing ${object}; this job waits for its turn.`, { remedy: 'retry' })
  }
  return held
}

/**
 * A job that rests keeps no object from others, and neither does one whose process is gone: when it is taken up again it finds that
 * somebody wrote since, and plans what it has not applied once more.
 */
export async function isWriting(tx: Transaction, organization: Organization, job: number): Promise<boolean> {
  const { rows } = await tx.query(`SELECT 1 FROM longshore.job WHERE organization = $1 AND number = $2 AND state = 'running'`, [organization.id, job])
  return rows.length > 0 && isAttended(tx, organization, job)
}

export async function releaseWriters(tx: Transaction, organization: Organization, job: number): Promise<void> {
  await tx.query(`UPDATE "${organization.schema}"._writer SET job = NULL WHERE job = $1`, [job])
}

/** Stands for the counter of an object that somebody is writing at this moment: equal to none, so that a plan made now is made again. */
const beingWritten = '-1'

/** The writes counters a plan is made against: text of a bigint per object. `job` is the one that plans. */
export async function readWrites(tx: Transaction, organization: Organization, job: number, objects: string[]): Promise<Record<string, string>> {
  const { rows } = await tx.query<{ object: string; job: number | null; writes: string }>(`SELECT object, job, writes FROM "${organization.schema}"._writer WHERE object = ANY($1)`, [objects])
  const writes = Object.fromEntries(objects.map((object) => [object, '0']))
  for (const row of rows) writes[row.object] = row.job !== null && row.job !== job && await isWriting(tx, organization, row.job) ? beingWritten : row.writes
  return writes
}

/** Part of the fence of a chunk: throws unless the job still is the writer of all of them. Holds the rows to the transaction's end. */
export async function checkWriters(tx: Transaction, attempt: Attempt, objects: string[]): Promise<void> {
  const { rows } = await tx.query(`SELECT object FROM "${attempt.organization.schema}"._writer WHERE object = ANY($1) AND job = $2 ORDER BY object FOR SHARE`, [objects, attempt.job])
  if (rows.length !== new Set(objects).size) throw new Fault('attempt.replaced', `Job ${attempt.job} is no longer the writer of ${objects.join(', ')}.`, { remedy: 'stop' })
}

/** Whether another job is writing one of the objects at this moment. */
export async function isWritten(tx: Transaction, organization: Organization, job: number, objects: string[]): Promise<boolean> {
  const { rows } = await tx.query<{ job: number }>(`SELECT job FROM "${organization.schema}"._writer WHERE object = ANY($1) AND job <> $2`, [objects, job])
  for (const row of rows) if (await isWriting(tx, organization, row.job)) return true
  return false
}

/** Says who has written which objects how often, under which catalog: while it is the same and nobody is `writing`, no record and no field has changed. */
export async function writersStamp(tx: Transaction, organization: Organization): Promise<{ stamp: string; writing: boolean }> {
  const { rows: [row] } = await tx.query<{ stamp: string; writing: boolean | null }>(
    `SELECT concat((SELECT metadata_version FROM longshore.organization WHERE id = $1), ';', string_agg(object || ' ' || writes || ' ' || coalesce(job, 0), ',' ORDER BY object)) AS stamp, bool_or(job IS NOT NULL) AS writing
     FROM "${organization.schema}"._writer`, [organization.id])
  return { stamp: row?.stamp ?? '', writing: row?.writing ?? false }
}
