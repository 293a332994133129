import { setTimeout as sleep } from 'node:timers/promises'
import { differences, digestOf } from '../digest.ts'
import { leavesPlan } from './driver.ts'
import { isAtEnd, lookAtJob } from './job-state.ts'
import { dumpIn, type Lab, type Prepared } from './lab.ts'
import { runProgram, startProgram, type Env } from './program.ts'
import { commandIn } from './scenario.ts'

/** Runs a scenario under other settings, without trouble; returns what is not as under the usual ones. */
export async function settingsRun(lab: Lab, prepared: Prepared, env: Env): Promise<string[]> {
  const place = await lab.copy(prepared)
  try {
    const { code, stdout, stderr } = await runProgram(place, commandIn(place, prepared.scenario, prepared.scenario.command), env)
    if (code !== 0 && code !== 1) return [`the program ended with ${code}: ${stdout}${stderr}`]
    return differencesFrom(prepared, await dumpIn(place))
  } finally { await place.remove() }
}

/** Pauses the job when it has come to the failpoint, and resumes it, so many times; returns what is not as without pauses, and how often it paused. */
export async function pausedRun(lab: Lab, prepared: Prepared, failpoint: string, pauses: number): Promise<{ paused: number; problems: string[] }> {
  const { scenario } = prepared
  const place = await lab.copy(prepared)
  const env = { LONGSHORE_CHUNK_ROWS: String(scenario.chunkRows) }
  let paused = 0
  try {
    for (let programs = 0; programs < pauses + 20; programs++) {
      const look = await lookAtJob(place, scenario.job)
      if (look && isAtEnd(look, leavesPlan(scenario))) return { paused, problems: differencesFrom(prepared, await dumpIn(place)) }
      const command = look === undefined || (look?.state === 'planned' && look.attempt < 2) ? commandIn(place, scenario, scenario.command) : ['resume', String(scenario.job), '--json']
      // the delay lets the wish be heard: wishes are read twice a second
      const program = startProgram(place, command, paused < pauses ? { ...env, LONGSHORE_FAILPOINT: `${failpoint}:delay:1500` } : env)
      if (paused < pauses && await program.reached(failpoint)) {
        const wish = await runProgram(place, ['pause', String(scenario.job), '--json'])
        if (wish.code === 0) paused++
      }
      const { code, stdout, stderr } = await program.ended
      if (code !== 0 && code !== 1) return { paused, problems: [`the program ended with ${code}: ${stdout}${stderr}`] }
      await sleep(1)
    }
    return { paused, problems: ['the job was not at its end after all its pauses'] }
  } finally { await place.remove() }
}

function differencesFrom({ reference }: Prepared, dump: Awaited<ReturnType<typeof dumpIn>>): string[] {
  return digestOf(dump) === reference.digest ? [] : differences(reference.dump, dump)
}
