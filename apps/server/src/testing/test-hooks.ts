import { writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { seedBug, seededBugs, setFailpoints } from '@longshore/core'
import type { SeededBug } from '@longshore/core'

/** What happens at a failpoint: `tell` only says that it was reached, as all the others do first. */
const actions = ['kill', 'throw', 'stop', 'exit', 'delay', 'tell'] as const
type Action = (typeof actions)[number]

interface Trap { name: string; action: Action; nth: number; delayMs: number }

/**
 * Arms failpoints and seeds a bug as the environment says; for tests alone, and only where LONGSHORE_TEST=1.
 * LONGSHORE_FAILPOINT holds traps, separated by commas: `name:action`, `name:action:nth` (counted from 1) or `name:delay:ms`.
 * A trap that is reached says so on standard error as `[failpoint name]`. LONGSHORE_SEEDED_BUG names one of core's seeded bugs.
 */
export function armTestHooks(env: Record<string, string | undefined>): void {
  if (env['LONGSHORE_TEST'] !== '1') return
  const bug = env['LONGSHORE_SEEDED_BUG']
  if (bug) seedBug(bugNamed(bug))
  const traps = (env['LONGSHORE_FAILPOINT'] ?? '').split(',').filter((text) => text !== '').map(trapOf)
  if (traps.length === 0) return
  const reached = new Map<string, number>()
  setFailpoints(async (name) => {
    const times = (reached.get(name) ?? 0) + 1
    reached.set(name, times)
    for (const trap of traps) if (trap.name === name && (trap.nth === times || trap.action === 'delay')) await spring(trap)
  })
}

async function spring({ name, action, delayMs }: Trap): Promise<void> {
  writeSync(2, `[failpoint ${name}]\n`)
  switch (action) {
    case 'kill': return end('SIGKILL')
    case 'stop': return end('SIGSTOP')
    case 'exit': return process.exit(70)
    case 'throw': throw new Error(`thrown at the failpoint ${name}`)
    case 'delay': return void await sleep(delayMs)
    case 'tell': return
  }
}

/** Nothing else of this process may run before the signal has come. */
function end(signal: 'SIGKILL' | 'SIGSTOP'): void {
  process.kill(process.pid, signal)
  if (signal === 'SIGKILL') for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000)
}

function trapOf(text: string): Trap {
  const [name = '', action = '', number = '1'] = text.split(':')
  const known = actions.find((one) => one === action)
  if (known === undefined || !/^\d+$/.test(number)) throw new Error(`LONGSHORE_FAILPOINT: "${text}" is not name:${actions.join('|')}[:number]`)
  return { name, action: known, nth: Number(number), delayMs: known === 'delay' ? Number(number) : 0 }
}

function bugNamed(name: string): SeededBug {
  const bug = seededBugs.find((one) => one === name)
  if (bug === undefined) throw new Error(`LONGSHORE_SEEDED_BUG: there is no "${name}"; there are ${seededBugs.join(', ')}`)
  return bug
}
