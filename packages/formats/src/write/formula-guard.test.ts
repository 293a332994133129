import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeFormula, encodeFormula } from './formula-guard.ts'

test.each([
  ['=1+1', '\'=1+1'], ['@SUM(A1)', '\'@SUM(A1)'], ['+1+1', '\'+1+1'], ['-2+3', '\'-2+3'], ['\tx', '\'\tx'], ['\rx', '\'\rx'], ['\nx', '\'\nx'], ['\0x', '\'\0x'],
  ['|x', '\'|x'], ['%x', '\'%x'], ['＝1', '\'＝1'], ['＋1', '\'＋1'], ['－x', '\'－x'], ['＠x', '\'＠x'], ['-', '\'-'], ['+', '\'+'], ['-x', '\'-x'],
  ['\'=1', '\'\'=1'], ['\'\'=1', '\'\'\'=1'], ['+1e5', '+1e5'], ['-1.5E-3', '-1.5E-3'], ['+1e', '\'+1e'], ['=5', '\'=5'],
  ['-12,50', '-12,50'], ['+46 (8) 123-45/67', '+46 (8) 123-45/67'], ['-1 000.00', '-1 000.00'],
  ['a=1', 'a=1'], ['\'t Hooft', '\'t Hooft'], ['', ''], [' =1', ' =1'], ['12', '12'],
])('encodes %j as %j', (text, encoded) => {
  expect(encodeFormula(text)).toBe(encoded)
  expect(decodeFormula(encoded)).toBe(text)
})

const text = fc.array(fc.constantFrom('\'', '=', '+', '-', '@', '\t', '\r', '\n', '\0', '|', '%', '＝', '1', '2', '.', 'e', ' ', '(', 'x'), { maxLength: 8 }).map((parts) => parts.join(''))

test('gives back every text', () => {
  fc.assert(fc.property(text, (cell) => { expect(decodeFormula(encodeFormula(cell))).toBe(cell) }), { numRuns: 20_000 })
})

test('leaves nothing but numbers to begin with a sign that a spreadsheet runs', () => {
  fc.assert(fc.property(text, (cell) => {
    const encoded = encodeFormula(cell)
    if (/^[=@\t\r\n\0|%＝]/.test(encoded)) throw new Error(`runs: ${JSON.stringify(encoded)}`)
    if (/^[+-]/.test(encoded)) expect(encoded).toMatch(/^[+-][0-9 ().,/e+-]*$/)
  }), { numRuns: 20_000 })
})
