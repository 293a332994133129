import { expect, it } from 'vitest'
import type { JobAnswer } from '@longshore/contract'
import { failedShare, groupsOf, healthJobs, scaleOf } from './import-health.ts'

const job = (number: number, source: string, rows: number, failed: number, change: Partial<JobAnswer> = {}): JobAnswer => ({
  job: number, kind: 'import', state: 'done', object: 'contacts', operation: 'insert', source, dryRun: false, rows, counts: { created: rows - failed, updated: 0, deleted: 0, skipped: 0, flagged: 0, failed, excluded: 0 }, replanned: 0, warnings: 0, related: {}, seconds: 1,
  rowsPerSecond: 1, startedBy: null, startedByName: null, sourceBytes: null, startAt: null, queuePosition: null, interrupted: false, figures: 'results', createdAt: `2026-01-${String(number).padStart(2, '0')}T00:00:00Z`, finishedAt: null, savedMapping: null, undoes: null, undoneBy: null, trialOf: null, error: null, ...change,
})

it('counts imports that were carried out, and nothing else', () => {
  expect(healthJobs([job(4, 'a', 10, 1), job(3, 'a', 10, 1, { state: 'planned', dryRun: true }), job(2, 'a', 0, 0), job(1, 'a', 5, 0, { kind: 'undo' })]).map((one) => one.job)).toEqual([4])
})

it('sets the latest import of a kind beside those before it, and the worst kind first', () => {
  const groups = groupsOf([job(4, 'a.csv', 100, 30), job(3, 'b.csv', 10, 0), job(2, 'a.csv', 100, 2), job(1, 'b.csv', 10, 0)], ({ source }) => source ?? '')
  expect(groups.map(({ name, imports, rows, failed, trend }) => [name, imports, rows, failed, trend])).toEqual([['a.csv', 2, 200, 32, 'worse'], ['b.csv', 2, 20, 0, 'same']])
})

it('ends the scale of shares at the next round part', () => {
  expect([0, 0.004, 0.035, 0.05, 0.3, 0.51, 1].map(scaleOf)).toEqual([0.02, 0.02, 0.05, 0.05, 0.5, 1, 1])
  expect([failedShare(job(1, 'a.csv', 200, 7)), failedShare(job(2, 'a.csv', 0, 0))]).toEqual([0.035, 0])
})
