import { expect, test } from 'vitest'
import { differences, digestOf, type Dump } from './digest.ts'

const dump = (parts: Record<string, string[]>): Dump => new Map(Object.entries(parts))

test('the digest does not depend on the order of the parts', () => {
  expect(digestOf(dump({ a: ['1'], b: ['2'] }))).toBe(digestOf(dump({ b: ['2'], a: ['1'] })))
})

test.each([
  ['a line changes', { a: ['1', '3'], b: [] }], ['a line is missing', { a: ['1'], b: [] }], ['a line comes twice', { a: ['1', '2', '2'], b: [] }],
  ['lines change places', { a: ['2', '1'], b: [] }], ['a line moves to another part', { a: ['1'], b: ['2'] }], ['a part is missing', { a: ['1', '2'] }],
])('the digest changes when %s, and the difference is told', (_what, parts) => {
  const expected = dump({ a: ['1', '2'], b: [] })
  expect(digestOf(dump(parts))).not.toBe(digestOf(expected))
  expect(differences(expected, dump(parts))).not.toEqual([])
})

test('equal dumps have no differences', () => {
  expect(differences(dump({ a: ['1'] }), dump({ a: ['1'] }))).toEqual([])
})
