import { setTimeout as sleep } from 'node:timers/promises'
import type { Health } from '@longshore/contract'
import type { Longshore } from '../../longshore.ts'

/** A database that answers later than this counts as away: who asks has a limit of their own. */
const patienceMs = 2_000

/** Whether Longshore can do its work: the database must answer. Never throws. */
export async function healthOf(longshore: Longshore, version: string, limitMs = patienceMs): Promise<Health> {
  const stop = new AbortController()
  try {
    const answer = await Promise.race([longshore.health(), sleep(limitMs, null, { signal: stop.signal })])
    return answer === null ? { status: 'unavailable', database: 'away', version } : { status: 'ok', database: answer.database, version }
  } catch {
    return { status: 'unavailable', database: 'away', version } // why is the operator's: it is in the log, not in a public answer
  } finally {
    stop.abort()
  }
}
