import { utils, write } from '@e965/xlsx'
import { describe, expect, test } from 'vitest'
import { readAll } from '../read-all.testing.ts'

type Value = string | number | null

const sheet = (bookType: 'xlsx' | 'biff8' | 'xlml') => (rows: readonly Value[][]): Buffer =>
  Buffer.from(write({ SheetNames: ['List'], Sheets: { List: utils.aoa_to_sheet(rows.map((row) => [...row])) } }, { type: 'buffer', bookType }) as Uint8Array)
const page = (rows: readonly Value[][]): string => `<html><body><table>${rows.map((row) => `<tr>${Array.from({ length: 4 }, (_, i) => `<td>${row[i] ?? ''}</td>`).join('')}</tr>`).join('')}</table></body></html>`

const kinds: [string, string, (rows: readonly Value[][]) => Buffer | string][] = [
  ['XLSX', 'list.xlsx', sheet('xlsx')], ['XLS', 'list.xls', sheet('biff8')], ['an XML spreadsheet', 'list.xml', sheet('xlml')], ['a web page', 'list.html', page],
]
const table = (rows: number, below: Value[][]): Value[][] => [
  ['Open deals'], [null], ['Deal', 'Stage', 'Amount', 'Owner'], ...Array.from({ length: rows }, (_, i): Value[] => [`Pier ${i}`, 'Won', 12 + i, 'Mara Lund']), ...below,
]

describe.each(kinds)('totals below the table of %s', (_, name, write) => {
  test.each([3, 199, 400, 2_000, 6_000])('are told of once, below %i rows', async (rows) => {
    const { layout, warnings, rows: read } = await readAll(write(table(rows, [['Summe', null, 1_212, null]])), {}, name)
    expect(layout.columns).toEqual(['Deal', 'Stage', 'Amount', 'Owner'])
    expect(read).toHaveLength(rows + 1)
    expect(warnings.filter(({ code }) => code === 'layout.totals').map(({ message }) => message)).toEqual([expect.stringContaining('"Summe, 1212"')])
  })

  test.each([3, 400])('are not seen where the last of %i rows is one like the others', async (rows) => {
    const { warnings } = await readAll(write(table(rows, [])), {}, name)
    expect(warnings.map(({ code }) => code)).not.toContain('layout.totals')
  })
})
