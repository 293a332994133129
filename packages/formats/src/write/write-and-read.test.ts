import { read as readWorkbook, utils } from '@e965/xlsx'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readAll } from '../read-all.testing.ts'
import type { ColumnKind } from './column-kind.ts'
import { parquetWriter } from './parquet-writer.ts'
import type { RowWriter } from './row-writer.ts'
import { xlsxWriter } from './xlsx-writer.ts'

type Row = (string | null)[]

async function write(writer: RowWriter, columns: string[], rows: Row[], batch = 3): Promise<Buffer> {
  const pieces = [await writer.start(columns)]
  for (let at = 0; at < rows.length; at += batch) pieces.push(await writer.rows(rows.slice(at, at + batch)))
  pieces.push(await writer.end())
  return Buffer.concat(pieces.map((piece) => Buffer.from(piece as Uint8Array)))
}

const odd = ['=1+1', '+46 8 123', '@x', '00123', '1E5', '123456789012345678', ' padded ', 'one\ntwo', 'tab\there', '_x0041_', '__x000D_', 'a & b < c > "d"', '😀', 'true', '2024-05-31', '\u00A0', ']]>', '\'quoted', 'é\u0301']
const text = fc.oneof(fc.constantFrom(...odd), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), fc.string({ minLength: 1, maxLength: 10 }))
// A text of blanks alone makes an empty row, and NUL and U+FFFE can be in no workbook: those have cases of their own.
const cell = fc.option(text.filter((value) => value.trim() !== '' && !/[\0-\x08\x0B-\x1F\uFFFE\uFFFF]/.test(value)))
const table = fc.integer({ min: 1, max: 6 }).chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }).filter((row) => row.some((value) => value !== null)), { minLength: 1, maxLength: 12 }).map((rows) => ({ width, rows })))
const header = (width: number) => Array.from({ length: width }, (_, i) => `Name ${i + 1}`)

describe('an Excel workbook that we write', () => {
  test('is read back equal by us and by another reader', async () => {
    await fc.assert(fc.asyncProperty(table, async ({ width, rows }) => {
      const bytes = await write(xlsxWriter(), header(width), rows)
      const ours = await readAll(bytes, { headerRow: 1 }, 'export.xlsx')
      expect(ours.layout.columns).toEqual(header(width))
      expect(ours.rows.map(({ cells }) => cells)).toEqual(rows)
      const book = readWorkbook(bytes, { type: 'buffer', raw: true })
      const theirs = utils.sheet_to_json<Row>(book.Sheets['Export'] ?? {}, { header: 1, raw: true, defval: null, blankrows: false })
      expect(theirs.slice(1).map((row) => header(width).map((_, i) => row[i] ?? null))).toEqual(rows)
    }), { numRuns: 150 })
  })

  test('keeps numbers, truth and dates as such where their kind is known', async () => {
    const kinds: ColumnKind[] = [{ kind: 'integer' }, { kind: 'decimal', scale: 2 }, { kind: 'boolean' }, { kind: 'date' }, { kind: 'date-time' }, { kind: 'text' }]
    const rows: Row[] = [['42', '-12.5', 'true', '2024-05-31', '2024-05-31T10:30:15Z', '042'], ['12345678901234567890', '0.1', 'false', '1850-01-01', '1969-12-31T23:59:59.500Z', '=1']]
    const bytes = await write(xlsxWriter({ kinds }), header(6), rows)
    expect((await readAll(bytes, {}, 'export.xlsx')).rows.map(({ cells }) => cells)).toEqual([['42', '-12.5', 'true', '2024-05-31', '2024-05-31T10:30:15', '042'], ['12345678901234567890', '0.1', 'false', '1850-01-01', '1969-12-31T23:59:59.500', '=1']])
    const sheet = readWorkbook(bytes, { type: 'buffer' }).Sheets['Export'] ?? {}
    expect(['A2', 'B2', 'C2', 'F2', 'A3', 'D3', 'F3'].map((name) => (sheet[name] as { t: string }).t)).toEqual(['n', 'n', 'b', 's', 's', 's', 's'])
    expect(sheet['F3']).not.toHaveProperty('f')
  })

  test('goes on in another sheet, below the same header, where one is full', async () => {
    const rows = Array.from({ length: 7 }, (_, i): Row => [`row ${i}`])
    const bytes = await write(xlsxWriter({ maxRowsPerSheet: 4 }), ['Name'], rows, 5)
    const book = readWorkbook(bytes, { type: 'buffer' })
    const sheets = book.SheetNames.map((name) => utils.sheet_to_json<Row>(book.Sheets[name] ?? {}, { header: 1 }).flat())
    expect(sheets.map(([first]) => first)).toEqual(sheets.map(() => 'Name'))
    expect(sheets.flatMap((cells) => cells.slice(1))).toEqual(rows.flat())
  })

  test('shows characters that no workbook holds, and refuses a cell that is too long', async () => {
    const bytes = await write(xlsxWriter(), ['Name'], [['a\uD800b\uFFFEc\x07d\re']])
    expect((await readAll(bytes, {}, 'export.xlsx')).rows[0]?.cells).toEqual(['a\uFFFDb\uFFFDc\x07d\re'])
    await expect(write(xlsxWriter(), ['Name'], [['x'.repeat(32_768)]])).rejects.toMatchObject({ code: 'export.cell-too-long' })
  })

  test('is a workbook when there are no rows', async () => {
    expect((await readAll(await write(xlsxWriter(), ['Name', 'Email'], []), {}, 'export.xlsx')).layout.columns).toEqual(['Name', 'Email'])
  })
})

describe('a Parquet file that we write', () => {
  const anyCell = fc.option(fc.oneof(text, fc.constant(''), fc.string({ maxLength: 10 })).map((value) => value.toWellFormed().replaceAll('\0', '')))
  const anyTable = fc.integer({ min: 1, max: 6 }).chain((width) => fc.array(fc.array(anyCell, { minLength: width, maxLength: width }), { maxLength: 12 }).map((rows) => ({ width, rows })))

  test('is read back equal, empty texts and absent values apart', async () => {
    await fc.assert(fc.asyncProperty(anyTable, fc.integer({ min: 1, max: 5 }), async ({ width, rows }, rowGroupRows) => {
      const ours = await readAll(await write(parquetWriter({ rowGroupRows }), header(width), rows))
      expect(ours.layout).toMatchObject({ format: 'parquet', columns: header(width) })
      expect(ours.rows.map(({ cells }) => cells)).toEqual(rows)
    }), { numRuns: 300 })
  })

  test('keeps kinds with all their digits, and refuses a value that is of another', async () => {
    const kinds: ColumnKind[] = [{ kind: 'integer' }, { kind: 'decimal', scale: 4 }, { kind: 'boolean' }, { kind: 'date' }, { kind: 'date-time' }]
    const rows: Row[] = [['123456789012345678', '12345678901234567890.1234', 'true', '2024-05-31', '2024-05-31T10:30:15.5Z'], ['-1', '-0.5', 'false', '1850-01-01', '1969-12-31T23:59:59Z'], [null, null, null, null, null]]
    const { rows: found } = await readAll(await write(parquetWriter({ kinds }), header(5), rows))
    expect(found.map(({ cells }) => cells)).toEqual([rows[0], ['-1', '-0.5000', 'false', '1850-01-01', '1969-12-31T23:59:59Z'], rows[2]])
    for (const [i, wrong] of [[0, '1.5'], [1, '1.23456'], [2, 'yes'], [3, '31.5.2024'], [4, 'x']] as const) {
      await expect(write(parquetWriter({ kinds: [kinds[i] ?? { kind: 'text' }] }), ['a'], [[wrong]])).rejects.toMatchObject({ code: 'export.not-of-kind' })
    }
  })

  test('numbers names that repeat, and keeps odd ones', async () => {
    const columns = ['Email', 'Email', '__proto__', 'a.b', '']
    expect((await readAll(await write(parquetWriter(), columns, [['1', '2', '3', '4', '5']]))).layout.columns).toEqual(['Email', 'Email (2)', '__proto__', 'a.b', ''])
  })
})
