import { setTimeout as sleep } from 'node:timers/promises'
import { dumpIn, type Lab, type Prepared } from './lab.ts'
import type { Dump } from '../digest.ts'
import { lookAtJob } from './job-state.ts'
import type { Place } from './place.ts'
import { runProgram, startProgram } from './program.ts'
import { commandIn } from './scenario.ts'

/**
 * Cancels an import when it has come to the failpoint for the nth time (alive, or killed there), and takes it back: every row must have an
 * outcome, and the live records must be what they were before the import. Returns what is not so.
 */
export async function cancelledRun(lab: Lab, prepared: Prepared, failpoint: string, options: { nth?: number; killed: boolean }): Promise<{ reached: boolean; problems: string[] }> {
  const { scenario, reference } = prepared
  const place = await lab.copy(prepared)
  const env = { LONGSHORE_CHUNK_ROWS: String(scenario.chunkRows) }
  try {
    const before = liveRecords(await dumpIn(place))
    const program = startProgram(place, commandIn(place, scenario, scenario.command), { ...env, LONGSHORE_FAILPOINT: `${failpoint}:${options.killed ? 'kill' : 'stop'}:${options.nth ?? 1},apply.before-records:delay:60` })
    if (!await program.reached(failpoint)) return { reached: false, problems: [] }
    if (options.killed) await program.ended
    const cancelling = startProgram(place, ['cancel', String(scenario.job), '--json'], env)
    if (!options.killed) {
      for (let tries = 0; tries < 1_000 && !cancelling.isOver() && !await wishIsHeard(place, scenario.job); tries++) await sleep(20)
      program.kill('SIGCONT')
    }
    const cancel = await cancelling.ended
    await program.ended
    const problems: string[] = []
    const told = (text: string): Record<string, number> => { try { return JSON.parse(text) as Record<string, number> } catch { return {} } }
    const job = told((await runProgram(place, ['job', String(scenario.job), '--json'])).stdout)
    const state = (await lookAtJob(place, scenario.job))?.state
    if (state !== 'cancelled') return { reached: true, problems: [`the job is ${state} after: ${cancel.stdout}${cancel.stderr}`] }
    const rows = JSON.parse(reference.dump.get('jobs')?.at(-1) ?? '{}') as { rows?: number }
    const sum = ['created', 'updated', 'deleted', 'skipped', 'flagged', 'failed', 'excluded'].reduce((total, outcome) => total + (job[outcome] ?? 0), 0)
    if (sum !== job['rows'] || (sum !== rows.rows && sum !== 0)) problems.push(`${sum} outcomes for ${job['rows']} rows; the list has ${rows.rows}`)
    const undo = await runProgram(place, ['undo', String(scenario.job), '--json'], env)
    if (undo.code !== 0) problems.push(`the undo ended with ${undo.code}: ${undo.stdout}${undo.stderr}`)
    const after = liveRecords(await dumpIn(place))
    for (const [part, lines] of before) {
      const now = new Set(after.get(part)), then = new Set(lines)
      const lost = lines.filter((line) => !now.has(line)), more = (after.get(part) ?? []).filter((line) => !then.has(line))
      if (lost.length + more.length > 0) problems.push(`${part}: ${lost.length} lost, ${more.length} left behind`, ...lost.slice(0, 1), ...more.slice(0, 1))
    }
    return { reached: true, problems }
  } finally { await place.remove() }
}

async function wishIsHeard(place: Place, job: number): Promise<boolean> {
  return ((await place.look(`SELECT 1 FROM longshore.job WHERE number = $1 AND wanted = 'cancel'`, [job]))?.length ?? 0) > 0
}

function liveRecords(dump: Dump): Dump {
  return new Map([...dump].filter(([part]) => part.startsWith('records ')).map(([part, lines]) => [part, lines.filter((line) => line.includes('"deleted_at": null'))]))
}
