import { setTimeout as sleep } from 'node:timers/promises'
import { differences, digestOf } from '../digest.ts'
import { lookAtJob, writtenBy } from './job-state.ts'
import { dumpIn, type Lab, type Prepared } from './lab.ts'
import type { Place } from './place.ts'
import { startProgram, stopped, type Env, type Program } from './program.ts'
import { commandIn } from './scenario.ts'

/** Heartbeats older than this may be replaced, in these runs. */
const staleMs = 1_000
/** How often a successor may find the job busy before it is its turn. */
const maxTries = 40

/**
 * Stops a program at a failpoint (SIGSTOP), lets a successor take the job over and stops that one before it does anything, wakes the first
 * one up (SIGCONT) and waits for its end: it must have written nothing and say that it was replaced. Then the successor goes on, and
 * the end must be that of an undisturbed run. Returns what is not so.
 */
export async function stalledRun(lab: Lab, prepared: Prepared, failpoint: string, options: { nth?: number; env?: Env } = {}): Promise<{ reached: boolean; problems: string[] }> {
  const { scenario, reference } = prepared
  const place = await lab.copy(prepared)
  const env = { LONGSHORE_CHUNK_ROWS: String(scenario.chunkRows), LONGSHORE_STALE_MS: String(staleMs), ...options.env }
  const programs: Program[] = []
  const start = (command: string[], trap: string): Program => {
    const program = startProgram(place, command, { ...env, LONGSHORE_FAILPOINT: trap })
    programs.push(program)
    return program
  }
  try {
    const first = start(commandIn(place, scenario, scenario.command), `${failpoint}:stop:${options.nth ?? 1}`)
    if (!await first.reached(failpoint)) return { reached: false, problems: [] }
    await stopped(first.pid)
    const second = await takeOver(place, scenario.job, start)
    const before = await writtenBy(place, scenario.job)
    first.kill('SIGCONT')
    const ended = await first.ended
    const problems: string[] = []
    const after = await writtenBy(place, scenario.job)
    if (after !== before) problems.push(`the replaced attempt wrote: ${before} became ${after}`)
    if (ended.code === 0 || ended.code === 1 && !`${ended.stdout}${ended.stderr}`.includes('attempt.replaced')) problems.push(`the replaced attempt ended with ${ended.code}`)
    if (!`${ended.stdout}${ended.stderr}`.includes('attempt.replaced')) problems.push(`the replaced attempt does not say so: ${ended.stdout}${ended.stderr}`)
    second.kill('SIGCONT')
    const end = await second.ended
    if (end.code !== 0 && end.code !== 1) problems.push(`the successor ended with ${end.code ?? end.signal}: ${end.stdout}${end.stderr}`)
    const dump = await dumpIn(place)
    if (digestOf(dump) !== reference.digest) problems.push(...differences(reference.dump, dump))
    return { reached: true, problems }
  } finally {
    for (const program of programs) if (!program.isOver()) { program.kill('SIGKILL'); await program.ended }
    await place.remove()
  }
}

/** Starts successors until one has taken the job over; that one stands still at the beginning of its attempt. */
async function takeOver(place: Place, job: number, start: (command: string[], trap: string) => Program): Promise<Program> {
  for (let tries = 0; tries < maxTries; tries++) {
    const before = await lookAtJob(place, job)
    const program = start(['resume', String(job), '--json'], 'attempt.after-raise:stop')
    if (await program.reached('attempt.after-raise')) {
      await stopped(program.pid)
      return program
    }
    const { stdout, stderr } = await program.ended
    if (!`${stdout}${stderr}`.includes('job.busy')) throw new Error(`the job (${before?.state ?? 'away'}) could not be taken over: ${stdout}${stderr}`)
    await sleep(100)
  }
  throw new Error('the stalled attempt was never found stale')
}
