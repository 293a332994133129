import { expect, it, test } from 'vitest'
import { expectedOf } from './expected.ts'
import type { Strategy } from './decide.ts'

const met = { none: 70, one: 20, several: 3 }
const by = (operation: Strategy['operation'], onDuplicate: Strategy['onDuplicate'], onSeveral: Strategy['onSeveral']): Strategy => ({ operation, onDuplicate, onSeveral })

test.each([['insert', 'skip'], ['insert', 'flag'], ['insert', 'create'], ['insert', 'update'], ['insert', 'update-if-newer'], ['upsert', 'skip'], ['update', 'skip'], ['delete', 'skip'], ['hard-delete', 'skip']] as const)('%s with %s accounts for every row that has no error', (operation, onDuplicate) => {
  for (const several of ['fail', 'oldest', 'newest', 'flag'] as const) expect(Object.values(expectedOf(by(operation, onDuplicate, several), met)).reduce((sum, rows) => sum + rows, 0)).toBe(93)
})

it('says what each strategy does with rows that meet records', () => {
  expect(expectedOf(by('insert', 'skip', 'fail'), met)).toEqual({ skipped: 23, created: 70 })
  expect(expectedOf(by('insert', 'create', 'fail'), met)).toEqual({ beside: 23, created: 70 })
  expect(expectedOf(by('upsert', 'skip', 'fail'), met)).toEqual({ updated: 20, failed: 3, created: 70 })
  expect(expectedOf(by('upsert', 'skip', 'oldest'), met)).toEqual({ updated: 23, created: 70 })
  expect(expectedOf(by('upsert', 'skip', 'flag'), met)).toEqual({ updated: 20, flagged: 3, created: 70 })
  expect(expectedOf(by('update', 'skip', 'newest'), met)).toEqual({ updated: 23, failed: 70 })
  expect(expectedOf(by('delete', 'skip', 'fail'), met)).toEqual({ deleted: 20, failed: 73 })
})
