import { setImmediate } from 'node:timers/promises'

/** How long one turn takes at most, or a row longer. */
const turnMs = 8

/**
 * For work over many rows that have been fetched: asked after each row, it gives whoever waits in this process their turn now and then. Planning a
 * fetch of 2,000 rows in one go held up all requests for 30 to 130 ms.
 */
export function shortTurns(): () => Promise<void> | null {
  let since = performance.now()
  const others = async (): Promise<void> => {
    await setImmediate()
    since = performance.now()
  }
  return () => (performance.now() - since < turnMs ? null : others())
}
