import { expect, it } from 'vitest'
import { skippedFacts } from './skipped-facts.ts'

const counts = { created: 0, updated: 0, deleted: 0, skipped: 191, flagged: 0, failed: 0, excluded: 0 }

it('tells rows that are there already, twice in the file, or without a change apart', () => {
  expect(skippedFacts({ kind: 'import', figures: 'planned', counts, skippedFor: { 'duplicate-in-store': 189, 'duplicate-in-file': 1, 'nothing-to-change': 1 } })).toEqual(['Will be skipped: 189 rows whose record is there already, 1 row that repeats another of the file, 1 row with nothing to change'])
  expect(skippedFacts({ kind: 'import', figures: 'results', counts, skippedFor: { older: 191 } })).toEqual(['Skipped: 191 rows that are no newer than their record'])
})

it('says nothing where the reasons are not known of all rows', () => {
  expect(skippedFacts({ kind: 'import', figures: 'results', counts, skippedFor: {} })).toEqual([])
  expect(skippedFacts({ kind: 'import', figures: 'results', counts: { ...counts, skipped: 0 }, skippedFor: {} })).toEqual([])
})
