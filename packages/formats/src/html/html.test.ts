import { describe, expect, test } from 'vitest'
import { readAll } from '../read-all.testing.ts'
import { encode } from '../text/testing/encode.ts'

const page = (table: string): string => `<html><head><title>Export</title><style>td { color: red }</style></head><body>${table}</body></html>`

/** name, table, columns, rows as [row number, ...cells] */
const tables: [string, string, string[], (string | number | null)[][]][] = [
  ['a plain table', '<table><tr><th>Name<th>City<tr><td>Mara<td>York<tr><td>Olle<td>Bergen</table>', ['Name', 'City'], [[2, 'Mara', 'York'], [3, 'Olle', 'Bergen']]],
  ['a table whose header is no th', '<table><tr><td>Name</td><td>E-mail</td></tr><tr><td>Mara</td><td>m@example.com</td></tr></table>', ['Name', 'E-mail'], [[2, 'Mara', 'm@example.com']]],
  ['entities and blanks', '<table><tr><th>Name</th><th>Note</th></tr><tr><td>\n  M&aring;ra &amp;  Co&nbsp;</td><td>&nbsp;</td></tr><tr><td>a &lt;b&gt;</td><td>&#x41;&#20013;</td></tr></table>',
    ['Name', 'Note'], [[2, 'Måra & Co ', ''], [3, 'a <b>', 'A中']]],
  ['line ends and markup inside cells', '<table><tr><th>Name</th><th>Street</th></tr><tr><td><b>Ma</b>ra</td><td>High St 1<br>Floor 2<p>Back</p></td></tr></table>', ['Name', 'Street'], [[2, 'Mara', 'High St 1\nFloor 2\nBack']]],
  ['a cell over rows and one over columns', '<table><tr><th>Group</th><th>Name</th><th>City</th></tr><tr><td rowspan="2">A</td><td>Mara</td><td>York</td></tr><tr><td>Olle</td><td>Bergen</td></tr><tr><td colspan=2>none</td><td>Oslo</td></tr></table>',
    ['Group', 'Name', 'City'], [[2, 'A', 'Mara', 'York'], [3, 'A', 'Olle', 'Bergen'], [4, 'none', '', 'Oslo']]],
  ['a table inside a table that only lays out', '<table><tr><td>Menu</td><td><table><tr><th>Name</th><th>City</th></tr><tr><td>Mara</td><td>York</td></tr></table></td></tr></table>', ['Name', 'City'], [[2, 'Mara', 'York']]],
  ['titles above the header', '<table><tr><td colspan="3">Customers</td></tr><tr><th>Name</th><th>City</th><th>Phone</th></tr><tr><td>Mara</td><td>York</td><td>017</td></tr></table>', ['Name', 'City', 'Phone'], [[3, 'Mara', 'York', '017']]],
  ['scripts and comments as nothing', '<table><tr><th>Name</th><th>City</th></tr><!-- <tr><td>x</td></tr> --><tr><td>Mara<script>alert("<td>")</script></td><td>York</td></tr></table>', ['Name', 'City'], [[2, 'Mara', 'York']]],
  ['an address that damage made part of an end tag', '<table><tr><th>Name</th><th>Mail</th></tr><tr><td>Mara</tdmara@example.com&amp;</td><td>x</td></tr></table>', ['Name', 'Mail'], [[2, 'Mara</tdmara@example.com&amp;<>', 'x']]],
  ['addresses in brackets that nobody escaped', '<table><tr><th>Name</th><th>Mail</th></tr><tr><td>Mara</td><td>Mara Lind <mara@example.com></td></tr><tr><td>Olle</td><td><olle@example.com></td></tr></table>', ['Name', 'Mail'], [[2, 'Mara', 'Mara Lind <mara@example.com>'], [3, 'Olle', '<olle@example.com>']]],
  ['columns called like properties of objects', '<table><tr><th>__proto__</th><th>constructor</th></tr><tr><td>a</td><td>b</td></tr></table>', ['__proto__', 'constructor'], [[2, 'a', 'b']]],
]

describe('reading tables of web pages', () => {
  test.each(tables)('reads %s', async (_, table, columns, expected) => {
    for (const pieceBytes of [1, 7, Infinity]) {
      const { layout, rows } = await readAll(page(table), {}, 'contacts.html', pieceBytes)
      expect(layout).toMatchObject({ format: 'html', encoding: 'utf-8', columns })
      expect(rows.map((row) => [row.row, ...row.cells])).toEqual(expected)
    }
  })

  test('tells of texts in the table that stand outside of its cells', async () => {
    const { rows, warnings } = await readAll(page('<table><caption>Customers</caption><tr><th>Name</th><th>City</th></tr><tr><td>Mara</td><|d>York</td></tr></table>'))
    expect(rows.map((row) => row.cells)).toEqual([['Mara', null]])
    expect(warnings).toMatchObject([{ code: 'layout.outside-cells', message: expect.stringContaining('the first one at row 2') }])
  })

  test('takes the table with the most cells, and another one when told', async () => {
    const two = page('<table><tr><td>Menu</td></tr></table><table><tr><th>Name</th><th>City</th></tr><tr><td>Mara</td><td>York</td></tr></table><table><tr><th>x</th></tr><tr><td>1</td></tr></table>')
    expect((await readAll(two)).layout).toMatchObject({ table: 2, tables: 3, warnings: [{ code: 'layout.several-tables' }] })
    expect((await readAll(two, { sheet: '3' })).rows.map((row) => row.cells)).toEqual([['1']])
    await expect(readAll(two, { sheet: 'Sheet1' })).rejects.toThrow(expect.objectContaining({ code: 'file.no-sheet', path: 'source.sheet' }))
  })

  test('says that a page named .xls is one', async () => {
    const { layout, rows } = await readAll('<table border=1><tr><td>Name</td><td>City</td></tr><tr><td>Mara</td><td>York</td></tr></table>', {}, 'report.xls')
    expect(layout.warnings.map(({ code }) => code)).toContain('layout.other-format')
    expect(rows).toHaveLength(1)
  })

  test('reads the encoding that the page names', async () => {
    const text = '<html><meta http-equiv="Content-Type" content="text/html; charset=windows-1250"><table><tr><th>Imię</th></tr><tr><td>Łukasz</td></tr></table>'
    expect(await readAll(encode(text, 'windows-1250'))).toMatchObject({ layout: { encoding: 'windows-1250', columns: ['Imię'] }, rows: [{ cells: ['Łukasz'] }] })
  })

  test('reads a page in UTF-16', async () => {
    const { layout, rows } = await readAll(encode('\uFEFF<html><table><tr><th>Name</th></tr><tr><td>Zoë</td></tr></table>', 'utf-16le'))
    expect([layout.encoding, rows[0]?.cells]).toEqual(['utf-16le', ['Zoë']])
  })

  test.each<[string, string, string]>([
    ['a page without a table', page('<p>Please sign in</p>'), 'file.empty'],
    ['a page of a million elements inside one another', `<html>${'<div>'.repeat(1_000_000)}`, 'file.damaged'],
    ['one tag that never ends', `<html><table><tr><td title="${'x'.repeat(5_000_000)}`, 'file.damaged'],
  ])('refuses %s', async (_, content, code) => {
    await expect(readAll(content)).rejects.toThrow(expect.objectContaining({ code }))
  })

  test('stays within its bounds when a cell reaches over millions of rows and columns', async () => {
    const { rows } = await readAll(page(`<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr>${'<tr><td colspan="99999999" rowspan="99999999">x</td></tr>'.repeat(3)}</table>`))
    expect(rows.map((row) => row.row)).toEqual([2, 3, 4, 5])
  })

  test('knows a table that was cut out of a page with what stood before it', async () => {
    const { layout, rows } = await readAll('<script>document.write("<table><tr><td>x</table>")</script>\n<h2>List</h2><table><tr><th>Name</th><th>City</th></tr><tr><td>Mara</td><td>York</td></tr></table>')
    expect([layout.format, layout.columns, rows.map(({ cells }) => cells)]).toEqual(['html', ['Name', 'City'], [['Mara', 'York']]])
  })

  test('takes a header that is XML of another kind for what it is', async () => {
    await expect(readAll('<?xml version="1.0"?><contacts><c/></contacts>')).rejects.toThrow(/XML document/)
    expect((await readAll('<?xml version="1.0"?><!DOCTYPE html><html><table><tr><td>Name</td></tr><tr><td>Mara</td></tr></table></html>')).layout.format).toBe('html')
  })
})
