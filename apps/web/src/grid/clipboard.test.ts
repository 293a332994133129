import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { parseClipboard, printClipboard } from './clipboard.ts'

const cases: [string, string, string[][]][] = [
  ['cells and rows', 'a\tb\r\nc\td\r\n', [['a', 'b'], ['c', 'd']]],
  ['empty cells', '\tb\n\t', [['', 'b'], ['', '']]],
  ['a line end inside a quoted cell', '"one\ntwo"\tb', [['one\ntwo', 'b']]],
  ['doubled quotes inside a quoted cell', '"say ""hi"""', [['say "hi"']]],
  ['a quote that opens nothing', '5" pipe\t"loose', [['5" pipe', '"loose']]],
  ['an empty row between others', 'a\n\nb', [['a'], [''], ['b']]],
  ['one cell', 'x', [['x']]],
  ['nothing', '', []],
]
test.each(cases)('reads %s', (_what, text, rows) => {
  expect(parseClipboard(text)).toEqual(rows)
})

it('reads back what it prints', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', '\t', '\n', '\r', 'ü', ' '), maxLength: 6 })
  const rows = fc.integer({ min: 2, max: 4 }).chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 4 }))
  fc.assert(fc.property(rows, (given) => { expect(parseClipboard(printClipboard(given))).toEqual(given) }), { seed: 11, numRuns: 500 })
})
