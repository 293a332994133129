import { readFileSync } from 'node:fs'

/** What /proc counts processor time in; 100 on every Linux that Node runs on. */
const ticksPerSecond = 100
/** A process that is quiet for so many times the limit is taken for stuck, whatever it used. */
const patience = 4
/** Signs of life come in thousands a second at times: the processor time is looked at this often at most. */
const lookEveryMs = 1_000

export interface StallWatch {
  alive(): void
  stop(): void
}

/**
 * Calls `onStall` once a process has been quiet for `stallMs` and has worked for most of that time: on a busy machine a process may be
 * quiet only because it does not get its turn. Where the system does not tell what a process used, the quiet alone decides.
 */
export function watchForStall(pid: number | undefined, stallMs: number, onStall: () => void): StallWatch {
  let heardAt = performance.now()
  let usedAt = used(pid)
  let lookedAt = heardAt
  const timer = setInterval(() => {
    const quietMs = performance.now() - heardAt
    if (quietMs < stallMs) return
    const now = used(pid)
    if (now !== null && usedAt !== null && (now - usedAt) * 1000 < stallMs * 0.8 && quietMs < stallMs * patience) return
    stop()
    onStall()
  }, Math.min(1_000, stallMs / 4))
  timer.unref()
  const stop = (): void => { clearInterval(timer) }
  return {
    alive() {
      heardAt = performance.now()
      if (heardAt - lookedAt < lookEveryMs) return
      lookedAt = heardAt
      usedAt = used(pid)
    },
    stop,
  }
}

/** Seconds of processor time that a process has used; null where that is not known. */
function used(pid: number | undefined): number | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
  } catch { return null }
}
