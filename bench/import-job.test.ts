import { expect, test } from 'vitest'
import { differences } from './import-job.ts'

const list = { rows: 100, contacts: 93, accounts: 40, truth: { rows: 100, bad: { email: 1, date: 1, picklist: 1, required: 1, number: 1 }, duplicates: 2 } }
const right = { state: 'done', rows: 100, created: 93, updated: 0, deleted: 0, skipped: 2, flagged: 0, failed: 5, excluded: 0, related: { accounts: 40 }, seconds: 1 }

test('accepts an import that did what the list holds', () => {
  expect(differences(right, list)).toEqual([])
})

const wrong: [string, object][] = [
  ['a job that did not end', { state: 'paused' }], ['a lost row', { created: 92 }], ['bad rows let in', { created: 94, failed: 4 }],
  ['duplicates let in', { created: 94, skipped: 1 }], ['accounts made twice', { related: { accounts: 41 } }], ['rows not read', { rows: 99 }],
]
test.each(wrong)('refuses %s', (_what, change) => {
  expect(differences({ ...right, ...change }, list)).not.toEqual([])
})
