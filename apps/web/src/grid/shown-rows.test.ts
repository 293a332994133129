import { expect, it, vi } from 'vitest'
import { shownRows } from './shown-rows.ts'
import { WindowSource } from './window-source.ts'

it('makes the same of a row for as long as it is the same, and anew once it changed', async () => {
  const source = new WindowSource<{ name: string }>(() => Promise.resolve([{ name: 'Ada' }, { name: 'Bo' }]))
  const rows = shownRows(source, ({ name }) => ({ label: name, cells: [] }))
  expect(rows.row(0)).toBeUndefined()
  rows.want(0, 1)
  await vi.waitFor(() => expect(rows.row(1)).toBeDefined())
  expect(rows.row(1)).toBe(rows.row(1))
  const [first, second] = [rows.row(0), rows.row(1)]
  source.change(1, (row) => ({ ...row, name: 'Bob' }))
  expect(rows.row(0)).toBe(first)
  expect(rows.row(1)).not.toBe(second)
  expect(rows.row(1)?.label).toBe('Bob')
})
