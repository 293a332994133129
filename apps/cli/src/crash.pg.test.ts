import { interruptedRun, openLab, scenarioNamed, sharedPlaces, stalledRun } from '@longshore/server/crash'
import type { Interruption, Lab, RunReport } from '@longshore/server/crash'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'

// A short set of what `npm run test:crash` does at length. Times are shares of what the job takes undisturbed, so a slow machine is no trouble.
vi.setConfig({ testTimeout: 240_000 })
const size = 300
let lab: Lab
beforeAll(async () => { lab = openLab(await sharedPlaces()) })
afterAll(() => lab.close())

async function interrupted(scenario: string, interruptions: Interruption[], options: { driver?: 'worker'; bug?: string } = {}): Promise<RunReport> {
  return interruptedRun(lab, await lab.prepare(scenarioNamed(scenario, size)), {
    interruptions, ...(options.driver ? { driver: options.driver } : {}), env: { LONGSHORE_APPLY_CONNECTIONS: '1', ...(options.bug ? { LONGSHORE_SEEDED_BUG: options.bug } : {}) },
  })
}
const kill = (after: number): Interruption => ({ kind: 'kill', after })
const trap = (failpoint: string, nth = 1): Interruption => ({ kind: 'trap', failpoint, action: 'kill', nth })

describe('a job that is killed and taken up again ends as one that nothing disturbed', { concurrent: false }, () => {
  let inside = 0
  afterAll(() => { console.log(`kills inside a running job: ${inside}`) })

  test.each<[string, string, Interruption[], 'worker'?]>([
    ['an import, by kills at any time', 'upsert', [kill(0.1), kill(0.35), kill(0.2), kill(0.5)]],
    ['an import, by kills of the worker that took over', 'upsert', [kill(0.3), kill(0.2), kill(0.3)], 'worker'],
    ['an undo, by kills at any time', 'undo', [kill(0.2), kill(0.4), kill(0.3)]],
    ['an import, on both sides of a commit and a rename', 'upsert', [trap('stage.after-checkpoint'), trap('plan.before-commit'), trap('apply.before-commit', 3), trap('apply.after-commit', 4), trap('results.after-rename')]],
    ['a plan that is made again because others wrote', 'apply-after-drift', [trap('apply.after-writer'), trap('plan.after-commit'), trap('apply.after-commit', 2)]],
    ['values by their age, appended texts, and records behind references', 'merge-rules', [trap('backup.before-record'), trap('apply.after-commit', 3), trap('related.before-commit'), trap('related.after-commit')]],
    ['rows that refer to rows of their file', 'companies', [trap('apply.before-commit', 3), trap('apply.after-commit', 2)]],
  ])('%s', async (_what, scenario, interruptions, driver) => {
    const report = await interrupted(scenario, interruptions, driver ? { driver } : {})
    inside += report.inside
    expect(report.problems).toEqual([])
    expect(report.reached).toEqual(interruptions.flatMap((one) => (one.kind === 'trap' ? [one.failpoint] : [])))
  })

  test('most of the kills hit a job that was running', () => {
    expect(inside).toBeGreaterThanOrEqual(9)
  })
})

test('an attempt that stalls inside a transaction and is replaced writes nothing, and says so', async () => {
  const prepared = await lab.prepare(scenarioNamed('upsert', size))
  expect(await stalledRun(lab, prepared, 'apply.before-commit', { nth: 3, env: { LONGSHORE_APPLY_CONNECTIONS: '1' } })).toEqual({ reached: true, problems: [] })
})

describe('these tests can fail', () => {
  test('a checkpoint outside of the transaction is noticed', async () => {
    expect((await interrupted('upsert', [trap('apply.after-commit', 2)], { bug: 'checkpoint-outside-transaction' })).problems).not.toEqual([])
  })

  test('counters that are kept in memory are noticed', async () => {
    expect((await interrupted('upsert', [trap('apply.after-commit', 3)], { bug: 'counters-in-memory' })).problems).not.toEqual([])
  })
})
