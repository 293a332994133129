import { seededBugs } from '@longshore/core'
import type { SeededBug } from '@longshore/core'
import { interruptedRun, scenarioNamed, stalledRun } from '@longshore/server/crash'
import type { Interruption, Lab } from '@longshore/server/crash'
import type { Tally } from './tally.ts'

const size = 600

/** What finds each seeded bug: a run that is in order without it. */
const proofs: Record<SeededBug, (lab: Lab) => Promise<string[]>> = {
  'checkpoint-outside-transaction': (lab) => run(lab, 'checkpoint-outside-transaction', 'upsert', { kind: 'trap', failpoint: 'apply.after-commit', action: 'kill', nth: 2 }),
  'no-fence-check': async (lab) => (await stalledRun(lab, await lab.prepare(scenarioNamed('upsert', size)), 'apply.after-commit', { nth: 2, env: { LONGSHORE_SEEDED_BUG: 'no-fence-check', LONGSHORE_APPLY_CONNECTIONS: '1' } })).problems,
  'outcome-on-conflict-ignored': (lab) => run(lab, 'outcome-on-conflict-ignored', 'upsert'),
  'counters-in-memory': (lab) => run(lab, 'counters-in-memory', 'upsert', { kind: 'trap', failpoint: 'apply.after-commit', action: 'kill', nth: 3 }),
  'before-image-after-update': (lab) => run(lab, 'before-image-after-update', 'upsert'),
  'undo-blind-to-later-edits': (lab) => run(lab, 'undo-blind-to-later-edits', 'undo'),
  'record-ids-from-clock': (lab) => run(lab, 'record-ids-from-clock', 'upsert', { kind: 'trap', failpoint: 'plan.before-commit', action: 'kill' }),
  'results-renamed-before-written': (lab) => run(lab, 'results-renamed-before-written', 'upsert', { kind: 'trap', failpoint: 'results.renamed-unwritten', action: 'kill' }),
}

async function run(lab: Lab, bug: SeededBug, scenario: string, ...interruptions: Interruption[]): Promise<string[]> {
  return (await interruptedRun(lab, await lab.prepare(scenarioNamed(scenario, size)), { interruptions, env: { LONGSHORE_SEEDED_BUG: bug, LONGSHORE_APPLY_CONNECTIONS: '1' } })).problems
}

/** Builds each seeded bug in and expects to notice. */
export async function prove(lab: Lab, tally: Tally): Promise<void> {
  for (const bug of seededBugs) {
    const problems = await proofs[bug](lab)
    console.log(`${bug.padEnd(34)}${problems.length > 0 ? `noticed: ${problems[0]?.slice(0, 110)}` : 'NOT NOTICED'}`)
    tally.run(`the seeded bug ${bug}`, problems.length > 0 ? [] : ['nobody noticed it'])
  }
}
