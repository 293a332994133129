import { Fault } from '@longshore/core'
import type { Organization } from '../organizations/organization.ts'
import type { Database } from '../postgres/database.ts'
import type { StartRequest } from './job-of-request.ts'

/**
 * Does what a request asks of a job, unless it was done under this key before; says which. A request that is refused leaves its key free. Of two that
 * run at once one does it. Throws `request.key-reused` where the key stood for something else.
 */
export async function steerOnce(db: Database, organization: Organization, member: number | null, request: StartRequest | null, job: number, act: () => Promise<void>): Promise<boolean> {
  if (!request) {
    await act()
    return true
  }
  const key = [organization.id, member ?? 0, request.key]
  const taken = await db.transaction(null, async (tx) => (await tx.query('INSERT INTO longshore.request (organization, member, key, hash, job) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING', [...key, request.hash, job])).rowCount > 0)
  if (!taken) {
    const { rows: [before] } = await db.transaction(null, (tx) => tx.query<{ hash: string; job: number }>('SELECT hash, job FROM longshore.request WHERE organization = $1 AND member = $2 AND key = $3', key), { readOnly: true })
    if (before && before.hash !== request.hash) throw new Fault('request.key-reused', `The Idempotency-Key stood for another request before, about job ${before.job}. Nothing was done. Choose a new key for each new request.`)
    return false
  }
  try {
    await act()
    return true
  } catch (error) {
    await db.transaction(null, (tx) => tx.query('DELETE FROM longshore.request WHERE organization = $1 AND member = $2 AND key = $3', key))
    throw error
  }
}
