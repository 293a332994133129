import { describe, expect, test } from 'vitest'
import { readAll } from '../read-all.testing.ts'
import { encode } from '../text/testing/encode.ts'

const cell = (text: string, type = 'String', more = ''): string => `<Cell${more}><Data ss:Type="${type}">${text}</Data></Cell>`
const header = `<Row>${cell('Name')}${cell('Born')}${cell('Score')}</Row>`
const sheet = (rows: string, name = 'People', options = ''): string => `<Worksheet ss:Name="${name}"><Table>${rows}</Table>${options}</Worksheet>`
const workbook = (sheets: string, declaration = '<?xml version="1.0"?>'): string => `${declaration}\n<?mso-application progid="Excel.Sheet"?>\n`
  + `<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel">${sheets}</Workbook>`
const hidden = '<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions>'

describe('reading XML spreadsheets of Excel 2003', () => {
  test('gives texts, numbers, dates and truth values as they are meant', async () => {
    const rows = `${header}<Row>${cell('Mara &amp; Co')}${cell('1980-04-03T00:00:00.000', 'DateTime')}${cell('12.50', 'Number')}</Row>`
      + `<Row ss:Index="5">${cell('Olle')}${cell('2024-05-31T10:30:00.000', 'DateTime')}${cell('1', 'Boolean')}</Row><Row>${cell('far', 'String', ' ss:Index="3"')}</Row>`
      + `<Row>${cell('Zoë')}<Cell/>${cell('#N/A', 'Error')}</Row>`
    for (const pieceBytes of [1, 13, Infinity]) {
      const read = await readAll(workbook(sheet(rows)), {}, 'report.xls', pieceBytes)
      expect(read.layout).toMatchObject({ format: 'xml-spreadsheet', sheet: 'People', headerRow: 1, columns: ['Name', 'Born', 'Score'] })
      expect(read.rows.map((row) => [row.row, ...row.cells])).toEqual([
        [2, 'Mara & Co', '1980-04-03', '12.5'], [5, 'Olle', '2024-05-31T10:30:00', 'true'], [6, null, null, 'far'], [7, 'Zoë', null, '#N/A'],
      ])
      expect(read.rows.flatMap((row) => (row.faults ?? []).map((fault) => [row.row, fault.position, fault.code]))).toEqual([[7, 2, 'read.error-value']])
    }
  })

  test('shows numbers by their style, or that of their row', async () => {
    const styles = '<Styles><Style ss:ID="zip"><NumberFormat ss:Format="00000"/></Style><Style ss:ID="share"><NumberFormat ss:Format="Percent"/></Style><Style ss:ID="bold" ss:Parent="zip"><Font/></Style><Style ss:ID="money"><NumberFormat ss:Format="Currency"/></Style></Styles>'
    const number = (text: string, style = '') => cell(text, 'Number', style === '' ? '' : ` ss:StyleID="${style}"`)
    const rows = `${header}<Row>${number('123', 'zip')}${number('0.125', 'share')}${number('7', 'money')}</Row><Row ss:StyleID="bold">${number('42')}${number('1', 'share')}${cell('Z')}</Row>`
    expect((await readAll(workbook(styles + sheet(rows)))).rows.map((row) => row.cells)).toEqual([['00123', '12.5%', '7'], ['00042', '100%', 'Z']])
  })

  test('chooses the first visible sheet with rows, and another one when told', async () => {
    const all = workbook(sheet(`${header}<Row>${cell('Secret')}</Row>`, 'Old', hidden) + sheet('', 'Empty') + sheet(`${header}<Row>${cell('Mara')}</Row>`, 'New'))
    const { layout, rows } = await readAll(all)
    expect(layout).toMatchObject({ sheet: 'New', sheets: [{ name: 'Old', hidden: true }, { name: 'New', hidden: false }] })
    expect(layout.warnings.map(({ code }) => code)).toContain('layout.hidden-sheets')
    expect(rows.map((row) => row.cells[0])).toEqual(['Mara'])
    expect((await readAll(all, { sheet: 'Old' })).rows.map((row) => row.cells[0])).toEqual(['Secret'])
  })

  test('reads the encoding that the declaration names', async () => {
    const bytes = encode(workbook(sheet(`${header}<Row>${cell('Jörg')}</Row>`), '<?xml version="1.0" encoding="windows-1252"?>'), 'windows-1252')
    expect((await readAll(bytes)).rows.map((row) => row.cells[0])).toEqual(['Jörg'])
  })

  test.each<[string, string, RegExp]>([
    ['a document type', workbook(sheet(header)).replace('?>\n<?mso', '?>\n<!DOCTYPE x [<!ENTITY a "b">]>\n<?mso'), /DOCTYPE/],
    ['a document that ends in the middle', workbook(sheet(header)).slice(0, -30), /ends before it is complete/],
    ['a cell with two values', workbook(sheet(`${header}<Row>${cell('Mara').replace('</Cell>', '<Data ss:Type="String">York</Data></Cell>')}</Row>`)), /cell A2, the cell holds two values/],
    ['a workbook without cells', workbook(sheet('')), /empty/],
  ])('refuses %s', async (_, content, words) => {
    await expect(readAll(content, {}, 'report.xls')).rejects.toThrow(words)
  })
})
