import { readFileSync, writeFileSync } from 'node:fs'
import { getPriority, setPriority } from 'node:os'

/** Steps of niceness: beside a process that wants all of a processor, one that stands back gets a tenth of it. */
const steps = 10
const lowest = 19

/**
 * Has a process of this machine stand back, once, behind others that began like it, where the system lets us. `leadsSession`: it was started as a session
 * of its own; Linux may weigh sessions against each other before it looks at processes.
 */
export function standBack(pid: number, { leadsSession = false } = {}): void {
  try {
    setPriority(pid, Math.min(lowest, getPriority(pid) + steps))
    if (!leadsSession) return
    const own = Number(/nice (-?\d+)/.exec(readFileSync('/proc/self/autogroup', 'utf8'))?.[1])
    if (Number.isInteger(own)) writeFileSync(`/proc/${pid}/autogroup`, String(Math.min(lowest, own + steps)))
  } catch { /* it has ended, belongs to another account, or the system knows no such thing: it stays as it is */ }
}
