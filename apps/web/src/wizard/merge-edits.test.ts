import { expect, it } from 'vitest'
import type { Definition } from './definition.ts'
import { mergeEdits } from './merge-edits.ts'

const base: Definition = { object: 'contacts', operation: 'insert', source: {}, columns: [{ position: 1, field: 'email' }, { position: 2, field: null }], match: [], onDuplicate: 'skip', onSeveral: 'fail', missingReference: 'error', merge: {} }

it('takes both where two people changed different things', () => {
  expect(mergeEdits(base, { ...base, onDuplicate: 'flag' }, { ...base, match: [['email']] })).toEqual({ definition: { ...base, onDuplicate: 'flag', match: [['email']] }, clashes: [] })
})

it('takes columns one by one', () => {
  const mine = { ...base, columns: [{ position: 1, field: 'email' }, { position: 2, field: 'phone' }] }
  const theirs = { ...base, columns: [{ position: 1, field: null }, { position: 2, field: null }, { position: 3, field: 'title' }] }
  expect(mergeEdits(base, mine, theirs)).toEqual({ definition: { ...base, columns: [{ position: 1, field: null }, { position: 2, field: 'phone' }, { position: 3, field: 'title' }] }, clashes: [] })
})

it('names what both changed, and is silent where they did the same', () => {
  const mine = { ...base, onSeveral: 'oldest' as const, columns: [{ position: 1, field: 'phone' }, { position: 2, field: null }] }
  const theirs = { ...base, onSeveral: 'newest' as const, columns: [{ position: 1, field: 'title' }, { position: 2, field: null }] }
  expect(mergeEdits(base, mine, theirs)).toMatchObject({ clashes: ['onSeveral', 'columns 1'], definition: { onSeveral: 'oldest', columns: [{ field: 'phone' }, { field: null }] } })
  expect(mergeEdits(base, mine, mine).clashes).toEqual([])
})

it('keeps a setting away that I took away', () => {
  expect('savedMapping' in mergeEdits({ ...base, savedMapping: 'Monthly' }, base, { ...base, savedMapping: 'Monthly', match: [['email']] }).definition).toBe(false)
})
