import { setTimeout as sleep } from 'node:timers/promises'
import { importsWithPlace, queuePositions } from '@longshore/store'
import type { Job } from '@longshore/store'
import type { Watch } from '../../longshore.ts'
import type { Workspace } from '../../open-workspace.ts'

const lookEveryMs = 500

/**
 * Waits in the foreground with a job of the queue until somebody else has taken it up, or its turn has come: true. False: it waits for a time,
 * or `signal` aborted. While it waits it serves the queue as a worker does: perhaps none is there, and those ahead would keep it waiting for ever.
 */
export async function waitInQueue({ db, organization }: Workspace, ports: { read(): Promise<Job>; run(job: number): Promise<unknown> }, watch: Watch, signal: AbortSignal | undefined): Promise<boolean> {
  for (;;) {
    const { number, state } = await ports.read()
    if (state !== 'queued') return true
    const { position, withPlace } = await db.transaction(null, async (tx) => ({ position: (await queuePositions(tx, organization)).get(number), withPlace: await importsWithPlace(tx, organization) }), { readOnly: true })
    if (position === undefined || signal?.aborted === true) return false
    if (withPlace.includes(number)) return true
    watch({ job: number, state, phase: `waiting in the queue, place ${position}`, done: 0, total: null })
    const [first] = withPlace
    if (first === undefined) await sleep(lookEveryMs, undefined, { ...(signal === undefined ? {} : { signal }) }).catch(() => undefined)
    else await ports.run(first).catch(() => sleep(lookEveryMs)) // its fault is kept with it; somebody else may have been faster
  }
}
