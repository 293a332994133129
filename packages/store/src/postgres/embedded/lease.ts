import pg from 'pg'
import { isUnreachable } from '../database-fault.ts'
import { superuser } from './cluster.ts'

/** Any number that nothing else locks: shared by those who use the server, exclusive for the one who stops it. */
const leaseLock = 7_234_801_125

/** A connection that says "this server is in use" for as long as its process lives. */
export interface Lease {
  readonly client: pg.Client
  readonly held: boolean
}

/**
 * Takes a lease on the server behind `socket`. `absent`: no server answers there. `busy`: one is starting, recovering or shutting down.
 * Other trouble is thrown as it is. Advisory locks are per database, so all leases are in `postgres`.
 */
export async function takeLease(socket: string): Promise<Lease | 'absent' | 'busy'> {
  const client = new pg.Client({ host: socket, user: superuser, database: 'postgres', application_name: 'longshore lease', connectionTimeoutMillis: 10_000 })
  let held = true
  const lost = (): void => { held = false }
  client.on('error', lost)
  client.on('end', lost)
  try {
    await client.connect()
    const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock_shared($1) AS taken', [leaseLock])
    if (rows[0]?.taken === true) return { client, get held() { return held } }
    await client.end()
    return 'busy'
  } catch (error) {
    await client.end().catch(() => {})
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT' || code === 'ECONNREFUSED') return 'absent'
    if (isUnreachable(error)) return 'busy'
    throw error
  }
}

/**
 * Gives the lease back and says whether it was the last one; then nobody can take another until the connection ends,
 * and the caller stops the server.
 */
export async function giveBack(lease: Lease): Promise<'last' | 'others'> {
  try {
    const { rows } = await lease.client.query<{ last: boolean }>(
      'SELECT pg_try_advisory_lock($1) AS last FROM (SELECT pg_advisory_unlock_shared($1) OFFSET 0) AS given', [leaseLock])
    return rows[0]?.last === true ? 'last' : 'others'
  } catch {
    return 'others'
  }
}

/** Whether the lease still counts. Its end may not have reached us yet, so the server is asked. */
export async function isAnswered(lease: Lease): Promise<boolean> {
  if (!lease.held) return false
  return await lease.client.query('SELECT 1').then(() => lease.held, () => false)
}
