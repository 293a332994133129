import { expect, it } from 'vitest'
import type { ColumnProposal } from '@longshore/contract'
import { mappedColumns, undecided, withChoice, withSuggestions } from './column-state.ts'

const proposal = (position: number, field: string | null, applied = true): ColumnProposal => ({ position, header: `H${position}`, field, confidence: applied ? 1 : 0.9, reason: '', applied, samples: [], filled: 1, distinct: 1, open: null })
const states = (proposals: ColumnProposal[], choices: Parameters<typeof mappedColumns>[1] = []) => mappedColumns(proposals, choices).map(({ field, state }) => `${field} ${state}`)

it('uses what is sure, asks about what is likely, and leaves out what is neither', () => {
  expect(states([proposal(0, 'email'), proposal(1, 'phone', false), proposal(2, null, false)])).toEqual(['email mapped', 'null ask', 'null skip'])
})

it('asks how a column is read that the check would stop at, and uses it all the same', () => {
  const born = { ...proposal(0, 'birthdate'), open: 'Its dates contradict each other.' }
  expect(states([born])).toEqual(['birthdate ask'])
  expect(undecided(mappedColumns([born], []))).toEqual([])
  expect(states([born], [{ position: 1, field: 'birthdate' }])).toEqual(['birthdate ask'])
  expect(states([born], [{ position: 1, dates: 'dmy' }])).toEqual(['birthdate mapped'])
  expect(states([born], [{ position: 1, field: 'created_at' }])).toEqual(['created_at mapped'])
  expect(states([born], [{ position: 1, field: null }])).toEqual(['null skip'])
})

it('takes a choice before every proposal', () => {
  expect(states([proposal(0, 'email'), proposal(1, 'phone', false)], [{ position: 1, field: null }, { position: 2, field: 'mobile_phone' }])).toEqual(['null skip', 'mobile_phone mapped'])
})

it('shows a field that two columns feed at both of them', () => {
  expect(states([proposal(0, 'email'), proposal(1, 'email', false)], [{ position: 2, field: 'email' }])).toEqual(['email clash', 'email clash'])
})

it('takes a column that is joined to another one out of the clash', () => {
  expect(states([proposal(0, 'email'), proposal(1, 'email', false)], [{ position: 1, field: 'email', combine: { with: [2], separator: ' ' } }])).toEqual(['email mapped', 'null skip'])
})

it('forgets a choice that says nothing any more', () => {
  expect(withChoice([{ position: 2, default: 'x' }], { position: 2, header: 'A' }, { default: '' })).toEqual([])
  expect(withChoice([], { position: 3, header: 'B' }, { field: null })).toEqual([{ position: 3, field: null }])
})

it('finds what was said of a column by its header, where its place is not said', () => {
  expect(states([proposal(0, 'phone'), proposal(1, 'email')], [{ header: 'H1', field: 'title' }])).toEqual(['phone mapped', 'title mapped'])
  expect(withChoice([{ header: 'H1', field: 'title' }], { position: 2, header: 'H1' }, { field: null })).toEqual([{ header: 'H1', position: 2, field: null }])
})

it('takes a column that becomes a field of its own, or is cut into several, for mapped', () => {
  expect(mappedColumns([proposal(0, null), proposal(1, 'email')], [{ position: 1, create: { kind: 'number' } }, { position: 2, field: null, split: { by: ',', into: ['mailing_city', null] } }]).map(({ becomes, state }) => `${becomes} ${state}`)).toEqual(['new mapped', 'split mapped'])
})

it('keeps the suggestion of a column that was left out, and drops it once another field is chosen', () => {
  expect(mappedColumns([proposal(0, 'email', false), proposal(1, 'phone', false), proposal(2, 'title')], [{ position: 1, field: null }, { position: 2, field: 'mobile_phone' }, { position: 3, field: null }]).map(({ suggested }) => suggested)).toEqual(['email', null, null])
})

it('suggests nothing again for a column that somebody left out on purpose', () => {
  expect(mappedColumns([proposal(0, 'email', false), proposal(1, 'phone', false)], [{ position: 1, field: null }, { position: 2, field: null }], new Set([1])).map(({ suggested }) => suggested)).toEqual(['email', null])
})

it('takes all suggestions at once, but no field twice', () => {
  const columns = mappedColumns([proposal(0, 'email'), proposal(1, 'email', false), proposal(2, 'phone', false), proposal(3, 'phone', false), proposal(4, 'title', false)], [{ position: 5, field: null }])
  expect(withSuggestions(columns, [{ position: 5, field: null }])).toEqual([{ position: 3, field: 'phone' }, { position: 5, field: null }])
})

it('leaves moments that Longshore keeps itself to a choice of their own', () => {
  const columns = mappedColumns([proposal(0, 'created_at', false), proposal(1, 'updated_at', false), proposal(2, 'phone', false)], [])
  expect(columns.map(({ state }) => state)).toEqual(['ask', 'ask', 'ask'])
  expect(withSuggestions(columns, [])).toEqual([{ position: 3, field: 'phone' }])
})

it('asks about no column without values', () => {
  const columns = mappedColumns([proposal(0, 'email', false), { ...proposal(1, 'phone', false), filled: 0 }, proposal(2, null, false), { ...proposal(3, 'title', false), filled: null }], [])
  expect(undecided(columns).map((column) => column.proposal.position)).toEqual([0, 3])
})
