import { setTimeout as sleep } from 'node:timers/promises'
import { differences, digestOf, resultFiles } from '../digest.ts'
import { lookAtJob } from './job-state.ts'
import { dumpIn, type Lab, type Prepared } from './lab.ts'
import type { Place } from './place.ts'
import { startProgram, type Ended, type Env, type Program } from './program.ts'
import { commandIn } from './scenario.ts'
import { driverOf, staysUp, type DriverName } from './driver.ts'

/** What is done to one program of a run. */
export type Interruption =
  /** SIGKILL after a share of the time that the job takes, counted from the beginning of the attempt. */
  | { kind: 'kill'; after: number; victim?: 'program' | 'postmaster' }
  /** The failpoint's own action. */
  | { kind: 'trap'; failpoint: string; action: 'kill' | 'throw'; nth?: number }

export interface RunOptions {
  interruptions: Interruption[]
  /** Who goes on with the job after each interruption. */
  driver?: DriverName
  env?: Env
}

export interface RunReport {
  /** Kills that came to pass, by signal from here or at a failpoint. */
  kills: number
  /** Of these, those that hit an attempt that was under way. */
  inside: number
  /** Failpoints that were reached. */
  reached: string[]
  /** What is not as in the uninterrupted run; empty: all is well. */
  problems: string[]
}

/** Programs of one run at most: a job that takes more does not get on. */
const maxPrograms = 25

/** Runs a scenario on a copy of its place with interruptions, lets it be taken up until it has ended, and compares the end. */
export async function interruptedRun(lab: Lab, prepared: Prepared, options: RunOptions): Promise<RunReport> {
  const place = await lab.copy(prepared)
  const report: RunReport = { kills: 0, inside: 0, reached: [], problems: [] }
  try {
    await drive(place, prepared, options, report)
    if (report.problems.length === 0) {
      const dump = await dumpIn(place)
      if (digestOf(dump) !== prepared.reference.digest) report.problems.push(...differences(prepared.reference.dump, dump))
    }
  } finally { await place.remove() }
  return report
}

async function drive(place: Place, prepared: Prepared, options: RunOptions, report: RunReport): Promise<void> {
  const { scenario } = prepared
  const driver = driverOf(options.driver ?? 'resume', scenario)
  const left = [...options.interruptions]
  const env = { LONGSHORE_CHUNK_ROWS: String(scenario.chunkRows), LONGSHORE_STALE_MS: '2000', ...options.env }
  for (let programs = 0; ; programs++) {
    const next = await driver.next(place)
    if (next === 'done') return
    if (programs === maxPrograms) { report.problems.push(`the job was not at its end after ${programs} programs`); return }
    const interruption = left.shift()
    const command = next === 'begin' ? commandIn(place, scenario, scenario.command) : next
    const program = startProgram(place, command, { ...env, ...trapEnv(interruption) })
    const told = interruption ? await interrupt(place, prepared, program, interruption, report) : undefined
    if (staysUp(command)) {
      await driver.finished(place, program)
      program.kill('SIGTERM')
    }
    const ended = await program.ended
    partlyVisible(place, prepared, report)
    const problem = told === undefined ? complaint(ended, interruption) : null
    if (problem !== null) report.problems.push(problem)
    if (report.problems.length > 0) return
  }
}

function trapEnv(interruption: Interruption | undefined): Env {
  if (!interruption) return {}
  return { LONGSHORE_FAILPOINT: interruption.kind === 'kill' ? 'attempt.after-raise:tell' : `${interruption.failpoint}:${interruption.action}:${interruption.nth ?? 1}` }
}

/** Resolves with true when the program was interrupted; undefined when it came to its end before. */
async function interrupt(place: Place, { scenario, reference }: Prepared, program: Program, interruption: Interruption, report: RunReport): Promise<true | undefined> {
  if (interruption.kind === 'trap') {
    if (!await program.reached(interruption.failpoint)) return undefined
    report.reached.push(interruption.failpoint)
    await program.ended
    if (interruption.action === 'throw') return true
    report.kills++
    if ((await lookAtJob(place, scenario.job))?.open) report.inside++
    return true
  }
  if (!await program.reached('attempt.after-raise')) return undefined
  await Promise.race([sleep(interruption.after * reference.ms), program.ended])
  if (program.isOver()) return undefined
  report.kills++
  if (interruption.victim === 'postmaster') {
    const look = await lookAtJob(place, scenario.job)
    const pid = place.postmaster()
    if (pid !== null) process.kill(pid, 'SIGKILL')
    if (look?.open) report.inside++
    return true
  }
  program.kill('SIGKILL')
  await program.ended
  if ((await lookAtJob(place, scenario.job))?.open) report.inside++
  return true
}

/** A result file that can be seen under its name must be whole at any moment: as it was before, or as it is in the end. */
function partlyVisible(place: Place, { before, reference, scenario }: Prepared, report: RunReport): void {
  for (const [name, bytes] of resultFiles(place.data)) {
    if (!name.startsWith(`job-${scenario.job}/`) || name.endsWith('.part')) continue
    const whole = reference.files.get(name)
    if (!whole?.equals(bytes) && !resultFiles(before.data).get(name)?.equals(bytes)) report.problems.push(`${name} could be seen with ${bytes.length} of ${whole?.length ?? 0} bytes`)
  }
}

/** Why an undisturbed program should not have ended as it did; null: it is in order. A thrown fault leaves the job to be resumed. */
function complaint({ code, signal, stdout, stderr }: Ended, interruption: Interruption | undefined): string | null {
  if (code === 0 || code === 1) return null
  if (interruption && code !== null) return null // it met the end of an interruption that came too late
  return `the program ended with ${code ?? signal}: ${stdout.slice(0, 1000)}${stderr.slice(0, 2000)}`
}
