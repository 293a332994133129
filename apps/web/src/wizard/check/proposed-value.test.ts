import { expect, it } from 'vitest'
import { proposedValue } from './proposed-value.ts'

it('proposes the nearest option in the column that feeds the field, and nowhere else', () => {
  const unknown = [{ column: 'Source', field: 'lead_source', value: 'Trade Shwo', count: 2, nearest: 'Trade Show' }, { column: 'Source', field: 'lead_source', value: 'zzz', count: 1, nearest: null }]
  const shape = { targets: [{ path: 'last_name', label: 'Last name', column: 1 }, { path: 'lead_source', label: 'Lead source', column: 2 }] }
  const of = (cells: string[], column: number) => proposedValue(unknown, shape, { cells }, column)
  expect([of(['X', ' Trade Shwo'], 1), of(['Trade Shwo', 'Web'], 0), of(['X', 'zzz'], 1), of(['X', 'Trade Show'], 1)]).toEqual(['Trade Show', null, null, null])
})
