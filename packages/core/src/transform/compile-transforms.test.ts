import { describe, expect, it } from 'vitest'
import type { Transform } from '../definition/import.ts'
import { compileTransforms } from './compile-transforms.ts'

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
  [[map({ a: ' b ' }), { kind: 'case', to: 'upper' }], 'a', 'B'],
]

describe('compileTransforms', () => {
  it.each(cases)('%j turns %j into %j', (transforms, text, result) => {
    expect(compileTransforms(transforms)?.(text)).toBe(result)
  })

  it('is nothing at all where there is nothing to do', () => {
    expect(compileTransforms([{ kind: 'trim' }])).toBeNull()
  })
})
