import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeList, encodeList } from './list-literal.ts'
import { joinList, splitList } from './split-list.ts'

const literals: [string[], string][] = [
  [[], '{}'],
  [['a', 'b c'], '{"a","b c"}'],
  [['say "hi"', 'back\\slash'], '{"say \\"hi\\"","back\\\\slash"}'],
  [['NULL', '', '{}', ','], '{"NULL","","{}",","}'],
  [['two\nlines'], '{"two\nlines"}'],
]
test.each(literals)('writes %j as %j and reads it back', (elements, literal) => {
  expect(encodeList(elements)).toBe(literal)
  expect(decodeList(literal)).toEqual(elements)
})

test('reads literals as PostgreSQL prints them, quoted only where they must be', () => {
  expect(decodeList('{red,"light green",NULL,"NULL"}')).toEqual(['red', 'light green', 'NULL'])
})

test('reads back any list it wrote', () => {
  fc.assert(fc.property(fc.array(fc.string({ unit: 'binary' })), (elements) => {
    expect(decodeList(encodeList(elements))).toEqual(elements)
  }))
})

test('takes a joined list apart into the same values', () => {
  const value = fc.string({ unit: fc.constantFrom(...'ab;|,"[] \\'), minLength: 1, maxLength: 6 }).map((text) => text.trim()).filter((text) => text !== '')
  fc.assert(fc.property(fc.uniqueArray(value, { selector: (text) => text.toLowerCase() }), (values) => {
    expect(splitList(joinList(values), new Map())).toEqual(values)
  }), { numRuns: 2000 })
})
