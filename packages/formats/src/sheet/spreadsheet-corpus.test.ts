import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Fault } from '@longshore/core'
import { describe, expect, test } from 'vitest'
import { detectLayout, readRows } from '../formats.ts'
import { memorySource } from '../memory-source.ts'
import { openXls } from '../xls/open-xls.ts'
import { surveySheet } from '../xls/survey-sheet.ts'
import { xlsRows } from '../xls/xls-rows.ts'
import { sheetRows } from '../xlsx/sheet-rows.ts'
import { StringTable } from '../xlsx/string-table.ts'
import { openWorkbook } from '../xlsx/workbook.ts'
import type { SheetRow } from './sheet-row.ts'

const folder = join(import.meta.dirname, '../../../../../shared/corpora/spreadsheets')
const present = existsSync(folder)
const absent = present ? '' : ' (skipped: the files are not on this machine)'

type Value = string | number | boolean | null | { date: string } | { time: string } | { duration_seconds: number } | { error: string }
interface Expected { error?: string; sheets?: { name: string; state: string; rows: Value[][] }[] }
interface Read { name: string; hidden: boolean; rows: SheetRow[] }

async function allSheets(bytes: Buffer): Promise<Read[]> {
  const source = memorySource(bytes, 1_000)
  const sheets: Read[] = []
  if (bytes[0] === 0x50) {
    const workbook = await openWorkbook(source, 'The workbook')
    for (const sheet of workbook.sheets) {
      const rows: SheetRow[] = []
      for await (const piece of sheetRows(workbook, sheet, new StringTable(workbook.archive, workbook.strings, workbook.what))) rows.push(...piece)
      sheets.push({ name: sheet.name, hidden: sheet.hidden, rows })
    }
  } else {
    const book = await openXls(source, 'The workbook')
    for (const sheet of book.sheets) {
      const rows: SheetRow[] = []
      for await (const piece of xlsRows(book, sheet, (await surveySheet(book, sheet)).ordered)) rows.push(...piece)
      sheets.push({ name: sheet.name, hidden: sheet.hidden, rows })
    }
  }
  return sheets
}

/** Whether our text says what the value is. */
function same(text: string | null, value: Value): boolean {
  if (value === null || value === '') return text === null
  if (text === null) return false
  if (typeof value === 'string') return text === value
  if (typeof value === 'boolean') return text === String(value)
  if (typeof value === 'number') return Math.abs((text.endsWith('%') ? Number(text.slice(0, -1)) / 100 : Number(text)) - value) <= Math.abs(value) * 1e-14
  if ('error' in value) return text === value.error
  if ('time' in value) return text === value.time
  // The reader that made the answers cannot tell durations in .xls from days of 1900 or 1904; the format of the cell can.
  if ('date' in value && /^\d+:\d\d:\d\d$/.test(text)) {
    return [Date.UTC(1899, 11, 31), Date.UTC(1904, 0, 1)].some((zero) => seconds(text) === (Date.parse(`${value.date}Z`) - zero) / 1000)
  }
  if ('date' in value) return text === value.date || `${text}T00:00:00` === value.date || (/^(?:1899|1900-01-0)/.test(value.date) && value.date.endsWith(`T${text}`))
  return seconds(text) === value.duration_seconds
}

function seconds(text: string): number {
  return text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
}

describe.skipIf(!present)(`workbooks of other programs${absent}`, () => {
  const files = present ? ['calamine', 'own'].flatMap((part) => readdirSync(join(folder, part)).filter((name) => /\.xlsx?$/.test(name)).map((name) => `${part}/${name}`)) : []
  test.each(files)('reads every cell of %s', async (name) => {
    const bytes = readFileSync(join(folder, name))
    const expected = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Expected
    if (expected.error !== undefined) {
      if (name.endsWith('too_small.xls')) return // text, whatever its name: a matter of delimited text
      await expect(detectLayout(memorySource(bytes), { fileName: name })).rejects.toMatchObject({ code: 'file.password' })
      return
    }
    const sheets = await allSheets(bytes)
    expect(sheets.map((sheet) => sheet.name)).toEqual(expected.sheets?.map((sheet) => sheet.name))
    const different: string[] = []
    expected.sheets?.forEach(({ name: sheet, state, rows }, i) => {
      expect(sheets[i]?.hidden).toBe(state !== 'visible')
      const found = new Map(sheets[i]?.rows.map((row) => [row.row, row]))
      const last = Math.max(rows.length, ...found.keys())
      for (let row = 1; row <= last; row += 1) {
        const cells = found.get(row)?.cells ?? []
        const wanted = rows[row - 1] ?? []
        for (let position = 0; position < Math.max(cells.length, wanted.length); position += 1) {
          const text = cells[position] ?? null
          if (!same(text, wanted[position] ?? null)) different.push(`${sheet} row ${row} column ${position + 1}: ${JSON.stringify(text)} for ${JSON.stringify(wanted[position] ?? null)}`)
        }
      }
    })
    expect(different).toEqual([])
  })
})

describe.skipIf(!present)(`workbooks that were made to do harm${absent}`, () => {
  const readable = ['huge-dimension.xlsx', 'last-cell-far-away.xlsx', 'path-traversal.xlsx', 'plain-good.xlsx', 'prefix-and-absolute-targets.xlsx', 'proto-header.xlsx']
  const files = present ? readdirSync(join(folder, 'hostile')).filter((name) => /\.xlsx?$/.test(name) && !/^(?:csv|html|xml2003)-named|^empty/.test(name)) : []
  test.each(files)('reads or refuses %s in words', async (name) => {
    const source = memorySource(readFileSync(join(folder, 'hostile', name)), 1_000)
    let rows = 0
    try {
      const layout = await detectLayout(source, { fileName: name })
      for await (const batch of readRows(source, layout)) rows += batch.length
    } catch (error) {
      expect(error).toBeInstanceOf(Fault)
      expect(readable).not.toContain(name)
      expect((error as Fault).message).toMatch(/^"[^"]+" /)
      return
    }
    expect(readable).toContain(name)
    expect(rows).toBe(name === 'proto-header.xlsx' ? 0 : name === 'last-cell-far-away.xlsx' ? 2 : 1)
  })
})
