import { describe, expect, it } from 'vitest'
import type { Transform } from '../definition/import.ts'
import { compileTransforms, transformOf } from './compile-transforms.ts'

const map = (values: Record<string, string>, otherwise: 'keep' | 'blank' = 'keep'): Transform => ({ kind: 'value-map', values, otherwise })
const cases: [transforms: Transform[], text: string, result: string][] = [
  [[{ kind: 'case', to: 'lower' }], 'ADA@Example.com', 'ada@example.com'],
  [[{ kind: 'case', to: 'upper' }], 'straße', 'STRASSE'],
  [[{ kind: 'case', to: 'title' }], "MARY-JANE O'NEILL", "Mary-Jane O'Neill"],
  [[{ kind: 'case', to: 'title' }], 'élodie DUPONT', 'Élodie Dupont'],
  [[map({ Tradeshow: 'Trade Show' })], 'Tradeshow', 'Trade Show'],
  [[map({ Tradeshow: 'Trade Show' })], 'TRADESHOW', 'Trade Show'],
  [[map({ a: 'exact', A: 'other' })], 'A', 'other'],
  [[map({ a: 'b' })], 'c', 'c'],
  [[map({ a: 'b' }, 'blank')], 'c', ''],
  [[map({ '': 'Web' })], '', 'Web'],
  [[map({ a: 'b' })], '__proto__', '__proto__'],
  [[map({ a: 'b' })], 'constructor', 'constructor'],
  [[{ kind: 'replace', find: '--', with: '-' }], 'a--b--c', 'a-b-c'],
  [[{ kind: 'date', format: 'DD.MM.YYYY' }], '31.12.2025', '2025-12-31'],
  [[{ kind: 'date', format: 'M/D/YY' }], '3/4/80', '1980-03-04'],
  [[{ kind: 'date', format: 'D/M/YY' }], '3/4/25', '2025-04-03'],
  [[{ kind: 'date', format: 'YYYYMMDD HH:mm' }], '20251231 9:05', '2025-12-31T09:05:00'],
  [[{ kind: 'date', format: 'DD.MM.YYYY' }], 'next week', 'next week'],
  [[{ kind: 'date', format: '(DD.MM.YYYY)' }], '(01.02.2025)', '2025-02-01'],
  [[{ kind: 'number', decimal: ',' }], '1.234.567,89', '1234567.89'],
  [[{ kind: 'number', decimal: ',' }], '€ 1 234,5', '€ 1234.5'],
  [[{ kind: 'number', decimal: '.' }], "-1'234.50", '-1234.50'],
  [[{ kind: 'number', decimal: ',' }], '12,34,56', '12,34,56'],
  [[map({ a: ' b ' }), { kind: 'case', to: 'upper' }], 'a', 'B'],
]

describe('compileTransforms', () => {
  it.each(cases)('%j turns %j into %j', (transforms, text, result) => {
    expect(compileTransforms(transforms)?.(text)).toBe(result)
  })

  it.each([
    [0, false, 'Berlin'], [1, false, 'BE'], [2, true, '10115; Germany'], [4, true, ''],
  ] as const)('part %i (the last: %s) of a split text is %j', (index, last, part) => {
    expect(transformOf({ part: { by: ';', index, last }, transforms: [] })?.('Berlin; BE ;10115; Germany')).toBe(part)
  })

  it('is nothing at all where there is nothing to do', () => {
    expect(compileTransforms([{ kind: 'trim' }])).toBeNull()
  })
})
