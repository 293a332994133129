import { expect, it, test } from 'vitest'
import { expectedOf } from './expected.ts'
import { strategies } from './strategies.ts'

const met = { none: 70, one: 20, several: 3 }

test.each(strategies.map((name) => [name]))('%s accounts for every row that has no error', (name) => {
  for (const several of ['fail', 'oldest', 'newest', 'flag'] as const) expect(Object.values(expectedOf(name, several, met)).reduce((sum, rows) => sum + rows, 0)).toBe(93)
})

it('says what each strategy does with rows that meet records', () => {
  expect(expectedOf('skip', 'fail', met)).toEqual({ skipped: 23, created: 70 })
  expect(expectedOf('create', 'fail', met)).toEqual({ beside: 23, created: 70 })
  expect(expectedOf('add-or-update', 'fail', met)).toEqual({ updated: 20, failed: 3, created: 70 })
  expect(expectedOf('add-or-update', 'oldest', met)).toEqual({ updated: 23, created: 70 })
  expect(expectedOf('update-only', 'newest', met)).toEqual({ updated: 23, failed: 70 })
  expect(expectedOf('delete', 'fail', met)).toEqual({ deleted: 20, failed: 73 })
})
