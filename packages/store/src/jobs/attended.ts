import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'

/** A heartbeat older than this says that its process stalls or is gone; it may be replaced. Tests set it lower. */
export const staleAfterMs = Number(process.env['LONGSHORE_STALE_MS']) || 15_000

/**
 * Whether a process of this machine has ended. One that its parent has not taken note of yet has ended, too, though signals still reach it.
 * Nothing is known of other machines: their processes count as alive until their heartbeat is stale.
 */
export function isGone(host: string | null, pid: number): boolean {
  if (host !== hostname()) return false
  try { process.kill(pid, 0) } catch (error) { return (error as NodeJS.ErrnoException).code === 'ESRCH' }
  return isZombie(pid)
}

/** Linux tells; elsewhere nobody does. The name before the state stands in parentheses and may itself hold some. */
function isZombie(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z')
  } catch { return false }
}

/** Whether a process works on the job: its last attempt has not ended, its heartbeat is fresh, and its process is there. */
export async function isAttended(tx: Transaction, organization: Organization, job: number): Promise<boolean> {
  const { rows: [last] } = await tx.query<{ host: string; pid: number }>(
    `SELECT a.host, a.pid FROM longshore.job j JOIN longshore.attempt a ON a.organization = j.organization AND a.job = j.number AND a.attempt = j.attempt
     WHERE j.organization = $1 AND j.number = $2 AND a.ended_at IS NULL AND a.heartbeat_at >= clock_timestamp() - make_interval(secs => $3)`,
    [organization.id, job, staleAfterMs / 1000])
  return last !== undefined && !isGone(last.host, last.pid)
}
