import { expect, test } from 'vitest'
import { fieldType } from '../fields/field-type.ts'
import { encodeList } from '../fields/list-literal.ts'
import { rowContext } from '../fields/row-context.ts'
import { fieldKinds } from '../schema/field.ts'
import { standardCatalog } from '../schema/standard/standard-catalog.ts'
import { parseSelection } from './parse-selection.ts'
import { compilePrint } from './print-cells.ts'

const selection = parseSelection({ catalog: standardCatalog(), object: 'contacts', fields: ['last_name', 'tags'], where: [] })

/** Lists, and the one text that stands for each in a file without lists. */
const lists: [string[], string][] = [
  [['VIP'], 'VIP'], [['VIP', 'two words'], 'VIP; two words'], [['a;b', 'c'], '["a;b","c"]'], [['a, b'], '["a, b"]'], [['say "hi"', 'back\\slash'], 'say "hi"; back\\slash'],
  [[], '[]'], [['NULL', '{}'], 'NULL; {}'],
]

test.each(lists)('prints the list %j as a text that an import takes apart again', (values, text) => {
  const canonical = encodeList(values)
  expect(compilePrint(selection, 'text')([['x', canonical], ['y', null]])).toEqual([['x', text], ['y', null]])
  const field = selection.columns[1]?.value
  if (field?.kind !== 'field') throw new Error('tags is no field')
  expect(fieldType('tags').parse(text, field.field, rowContext(null))).toBe(canonical)
})

test('keeps lists for formats that have them', () => {
  expect(compilePrint(selection, 'array')([['x', encodeList(['a;b', 'c'])], ['y', null], ['z', '{}']])).toEqual([['x', ['a;b', 'c']], ['y', null], ['z', []]])
})

test('leaves out only the printing of kinds whose canonical text is what a file shows', () => {
  const sample = '{"a","b"}'
  for (const kind of fieldKinds) {
    const field = { name: 'f', label: 'F', kind }
    const [[cell] = []] = compilePrint({ ...selection, columns: [{ path: 'f', reference: null, object: selection.object, value: { kind: 'field', field } }] }, 'text')([[sample]])
    expect([kind, cell]).toEqual([kind, fieldType(kind).print(sample, field)])
  }
})
