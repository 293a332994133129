import { setTimeout as sleep } from 'node:timers/promises'

/** How long the last words of a job are waited for: one that is told to be planned or done still says that nobody is at it any more. */
const lastWordsMs = 1_000

/** Work that was begun in this process and that nobody waits for. */
export class UnderWay {
  #works = new Set<Promise<unknown>>()
  /** What still works is cut off, and says so by its errors. */
  isOver = false

  /** `work` does not reject. */
  add(work: Promise<unknown>): void {
    this.#works.add(work)
    void work.finally(() => this.#works.delete(work))
  }

  /** Waits for what is nearly through; what is not goes on elsewhere, or later. */
  async close(): Promise<void> {
    const enough = new AbortController()
    await Promise.race([Promise.all(this.#works), sleep(lastWordsMs, undefined, { signal: enough.signal }).catch(() => undefined)])
    enough.abort()
    this.isOver = true
  }
}
