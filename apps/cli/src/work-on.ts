import { setTimeout as sleep } from 'node:timers/promises'
import type { Longshore } from '@longshore/server'
import type { Host } from './host.ts'
import { startTexts } from './messages/start.ts'
import { asFault } from './reporters/fault.ts'
import { visible } from './reporters/visible.ts'

export interface Patience {
  /** Tries in a row that may end at once before it gives up. */
  tries: number
  /** Wait before the second try; doubled each time, up to `mostMs`. */
  firstMs: number
  mostMs: number
  /** A try that lasted this long was a success, whatever ended it. */
  goodMs: number
}

const usualPatience: Patience = { tries: 20, firstMs: 500, mostMs: 30_000, goodMs: 60_000 }

/** Runs queued and interrupted jobs until `signal` aborts. Outlives a database that is away for a while (about eight minutes); then it throws. */
export async function workOn(longshore: Longshore, host: Host, signal: AbortSignal, patience: Patience = usualPatience): Promise<void> {
  let failures = 0
  while (!signal.aborted) {
    const began = host.now()
    try {
      await longshore.work(signal)
      return
    } catch (error) {
      if (signal.aborted) return
      failures = host.now() - began >= patience.goodMs ? 1 : failures + 1
      if (failures >= patience.tries) throw error
      const pauseMs = Math.min(patience.firstMs * 2 ** (failures - 1), patience.mostMs)
      host.stderr.write(startTexts.workInterrupted(visible(asFault(error).message, 500), pauseMs))
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined) // aborted: the loop's condition sees it
    }
  }
}
