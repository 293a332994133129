import { setTimeout as sleep } from 'node:timers/promises'
import { isAtEnd, lookAtJob, type JobLook } from './job-state.ts'
import type { Place } from './place.ts'
import type { Program } from './program.ts'
import type { Scenario } from './scenario.ts'

/** Who goes on with an interrupted job: a person with `resume`, a worker, or the whole app that is started again. */
export type DriverName = 'resume' | 'worker' | 'app'

export interface Driver {
  /** The command that is to be started now; `begin` is the scenario's own. */
  next(place: Place): Promise<'begin' | 'done' | string[]>
  /** For programs that run until they are told to stop: resolves when nothing is left for them to do. */
  finished(place: Place, program: Program): Promise<void>
}

const pollMs = 50
const staying: Record<Exclude<DriverName, 'resume'>, string[]> = { worker: ['worker'], app: ['start', '--empty', '--port', '0'] }

export function driverOf(name: DriverName, scenario: Scenario): Driver {
  const carryOut = leavesPlan(scenario)
  return {
    async next(place) {
      const look = await lookAtJob(place, scenario.job) ?? await lookWithServer(place, scenario.job)
      if (look === undefined) return 'begin'
      if (isAtEnd(look, carryOut)) return 'done'
      if (look.state === 'planned' && look.dryRun && carryOut) return 'begin' // killed before it was its turn
      // a job that failed, and one that nobody has begun yet, is a person's to take up
      if (name === 'resume' || look.state === 'failed' || (look.state === 'draft' && look.attempt === 0)) return ['resume', String(scenario.job), '--json']
      return staying[name]
    },
    async finished(place, program) {
      while (!program.isOver()) {
        const look = await lookAtJob(place, scenario.job)
        if (look && (isAtEnd(look, carryOut) || look.state === 'failed')) return
        await sleep(pollMs)
      }
    },
  }
}

/** Whether the scenario's command takes a dry run from its plan to another end. */
export function leavesPlan({ command }: Scenario): boolean {
  return command[0] === 'apply' || command[0] === 'cancel'
}

/** The look of whoever has to start the embedded server for it. */
async function lookWithServer(place: Place, job: number): Promise<JobLook | undefined> {
  const db = await place.open()
  try { return await lookAtJob(place, job) ?? undefined } finally { await db.close() }
}

export function staysUp(command: readonly string[]): boolean {
  return Object.values(staying).some(([name]) => name === command[0])
}
