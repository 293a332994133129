import { cancelledRun, interruptedRun, pausedRun, scenarioNamed, settingsRun, stalledRun } from '@longshore/server/crash'
import type { DriverName, Interruption, Lab } from '@longshore/server/crash'
import type { Tally } from './tally.ts'

/** One part of the proofs. `left` gives the milliseconds that it may still take. */
export type Section = (lab: Lab, tally: Tally, left: () => number) => Promise<void>

/** Rows of the list at stake: enough for fifteen chunks, few enough for many runs. */
const size = 600

/** Failpoints that are passed again and again, with the passage at which the sweep strikes, too. */
const repeated: Record<string, number> = { 'apply.before-commit': 4, 'apply.after-commit': 4, 'undo.before-commit': 3, 'undo.after-commit': 3, 'results.after-rename': 2, 'results.before-rename': 3, 'import.before-state': 2, 'import.after-state': 2, 'indexes.after-build': 3 }

/** Has every list shared by two readers, as large ones are. */
const readByTwo = { LONGSHORE_SHARE_BYTES: '1' }

/** Scenarios by rules that the others do not ask for: the age of data, appending, references of all kinds. */
const otherRules = ['merge-rules', 'companies', 'notes', 'links']

/** Ends a program at every failpoint that a scenario comes by, by SIGKILL and by an error. */
export async function sweep(lab: Lab, tally: Tally): Promise<void> {
  for (const name of ['upsert', 'apply-after-drift', 'cancel', 'undo', 'undo-of-undo', 'bulk', 'merge-rules', 'companies', 'notes', 'links']) {
    const prepared = await lab.prepare(scenarioNamed(name, size))
    for (const failpoint of [...prepared.reference.failpoints].sort()) {
      // the long list is there for what only long lists come by
      if (name === 'bulk' && !failpoint.startsWith('indexes.')) continue
      // these are there for what they plan and write; all else is as in an upsert
      if (otherRules.includes(name) && !/^(plan|backup|apply|related)\./.test(failpoint)) continue
      const strikes: Interruption[] = [{ kind: 'trap', failpoint, action: 'kill' }]
      // an error before the job exists is refused and leaves nothing; kills cover these places
      if (!/^(import\.(before-source|before-create|after-create)|job\.|file\.)/.test(failpoint)) strikes.push({ kind: 'trap', failpoint, action: 'throw' })
      const nth = repeated[failpoint]
      if (nth !== undefined) strikes.push({ kind: 'trap', failpoint, action: 'kill', nth })
      for (const strike of strikes) await interrupted(lab, tally, name, [strike], 'resume')
    }
  }
}

/** Kills at random instants, until the time is up; sometimes the program that took over, too. */
export async function random(lab: Lab, tally: Tally, left: () => number): Promise<void> {
  const names = ['upsert', ...otherRules, 'insert', 'insert-update', 'dry-run', 'apply-after-drift', 'cancel', 'undo', 'undo-everything', 'undo-of-undo', 'bulk']
  for (let run = 0; left() > 0 || run < names.length; run++) {
    const kills = Array.from({ length: 1 + Math.floor(Math.random() * 4) }, (_, i): Interruption => ({ kind: 'kill', after: Math.random() / (1 + i / 2) }))
    await interrupted(lab, tally, names[run % names.length] ?? 'upsert', kills, run % 3 === 2 ? 'worker' : 'resume')
  }
}

/** The whole app is killed and started again, and PostgreSQL under the app, the worker and the command: on embedded servers. */
export async function whole(lab: Lab, tally: Tally, left: () => number): Promise<void> {
  for (let run = 0; left() > 0 || run < 6; run++) {
    const kill = (victim: 'program' | 'postmaster'): Interruption => ({ kind: 'kill', after: Math.random() * 0.9, victim })
    const [driver, ...kills]: [DriverName, ...Interruption[]] = run % 3 === 0 ? ['app', kill('program'), kill('program'), kill('program')]
      : run % 3 === 1 ? ['resume', kill('postmaster'), kill('postmaster')] : ['app', kill('program'), kill('postmaster')]
    await interrupted(lab, tally, run % 2 === 0 ? 'upsert' : 'insert', kills, driver)
  }
}

async function interrupted(lab: Lab, tally: Tally, name: string, interruptions: Interruption[], driver: DriverName): Promise<void> {
  const report = await interruptedRun(lab, await lab.prepare(scenarioNamed(name, size)), { interruptions, driver, env: { LONGSHORE_APPLY_CONNECTIONS: String(1 + Math.floor(Math.random() * 2)), ...(Math.random() < 0.5 ? readByTwo : {}) } })
  tally.run(`${name}, ${driver}, ${JSON.stringify(interruptions)}`, report.problems, report.kills, report.inside)
  tally.reached(report.reached, report.problems.length > 0)
}

/** Stalled attempts that are replaced write nothing, wherever they stall. */
export async function stalls(lab: Lab, tally: Tally): Promise<void> {
  const places: [string, string, number?][] = [
    ['upsert', 'stage.before-rows-commit'], ['upsert', 'stage.before-checkpoint'], ['upsert', 'plan.before-commit'], ['upsert', 'plan.after-commit'], ['upsert', 'apply.after-writer'],
    ['upsert', 'apply.before-commit', 3], ['upsert', 'apply.after-commit', 3], ['upsert', 'results.before-rename'], ['upsert', 'results.before-record'], ['upsert', 'import.before-close'],
    ['undo', 'undo.before-writer'], ['undo', 'undo.before-plan'], ['undo', 'undo.before-commit', 3], ['undo', 'undo.after-commit', 3], ['undo', 'undo.before-close'],
  ]
  for (const [name, failpoint, nth] of places) {
    const { reached, problems } = await stalledRun(lab, await lab.prepare(scenarioNamed(name, size)), failpoint, { ...(nth === undefined ? {} : { nth }), env: { LONGSHORE_APPLY_CONNECTIONS: '1' } })
    tally.run(`${name} stalled at ${failpoint}`, reached ? problems : ['the failpoint was not reached'])
  }
}

/** Neither the size of chunks nor the number of connections or readers nor a pause changes the end. */
export async function settings(lab: Lab, tally: Tally): Promise<void> {
  for (const name of ['upsert', 'insert', 'undo', ...otherRules]) {
    const prepared = await lab.prepare(scenarioNamed(name, size))
    for (const rows of ['1', '7', '1000', '10000000']) for (const connections of ['1', '2']) {
      tally.run(`${name} in chunks of ${rows} over ${connections}`, await settingsRun(lab, prepared, { LONGSHORE_CHUNK_ROWS: rows, LONGSHORE_APPLY_CONNECTIONS: connections }))
    }
    if (name !== 'undo') tally.run(`${name} read by two`, await settingsRun(lab, prepared, readByTwo))
    const { paused, problems } = await pausedRun(lab, prepared, name === 'undo' ? 'undo.after-commit' : 'apply.after-commit', 3)
    tally.run(`${name} paused`, paused === 0 ? [...problems, 'it was never paused'] : problems)
  }
}

/** An import that was cancelled midway accounts for every row and can be taken back. */
export async function cancels(lab: Lab, tally: Tally): Promise<void> {
  const places: [string, number?][] = [['stage.before-checkpoint'], ['stage.after-checkpoint'], ['plan.after-commit'], ['apply.after-writer'], ['apply.after-commit', 2], ['apply.after-commit', 9], ['results.before-record']]
  // a wish that comes when everything is applied comes too late for a job that is alive
  for (const name of ['upsert', 'insert']) for (const [failpoint, nth] of places) for (const killed of failpoint.startsWith('results.') ? [true] : [true, false]) {
    const { reached, problems } = await cancelledRun(lab, await lab.prepare(scenarioNamed(name, size)), failpoint, { killed, ...(nth === undefined ? {} : { nth }) })
    tally.run(`${name} cancelled at ${failpoint}${killed ? ' after a kill' : ''}`, reached ? problems : ['the failpoint was not reached'], killed ? 1 : 0, killed ? 1 : 0)
  }
}
