import { describe, expect, it } from 'vitest'
import { noCounts } from '@longshore/core'
import type { JobSummary } from '@longshore/server'
import { exitCodeOf } from './exit-code.ts'
import { importSummary, undoSummary } from './testing/summaries.ts'

const good = { ...noCounts(), created: 3, skipped: 2, flagged: 1, excluded: 1 }
const cases: [string, JobSummary, number][] = [
  ['all rows good', importSummary({ counts: good }), 0],
  ['no rows at all', importSummary({ rows: 0, counts: noCounts() }), 0],
  ['one row failed', importSummary({ counts: { ...good, failed: 1 } }), 1],
  ['every row failed', importSummary({ counts: { ...noCounts(), failed: 9 } }), 1],
  ['a plan without faults', importSummary({ state: 'planned', counts: good }), 0],
  ['a plan in which a row will fail', importSummary({ state: 'planned', counts: { ...good, failed: 1 } }), 1],
  ['cancelled', importSummary({ state: 'cancelled', counts: good }), 1],
  ['stopped by Ctrl-C', importSummary({ state: 'paused', counts: good }), 1],
  ['a job that broke before it wrote', importSummary({ state: 'failed', counts: { ...noCounts(), failed: 3 } }), 2],
  ['a job that broke after it wrote', importSummary({ state: 'failed', counts: good }), 1],
  ['an undo that took all back', undoSummary(), 0],
  ['an undo that kept a field', undoSummary({ kept: 1 }), 1],
  ['an undo of a job whose rows had been skipped', undoSummary({ kept: 0, counts: { ...noCounts(), deleted: 1, skipped: 1 } }), 0],
  ['an undo that does not say what it kept but skipped a record', undoSummary({ kept: undefined as never, counts: { ...noCounts(), skipped: 1 } }), 1],
]

describe('exit code', () => {
  it.each(cases)('%s', (_name, summary, expected) => {
    expect(exitCodeOf(summary)).toBe(expected)
  })
})
