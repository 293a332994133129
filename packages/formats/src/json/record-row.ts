import type { RawRow, ReadFault } from '@longshore/core'
import { maxCellCharacters, maxRowCharacters } from '../limits.ts'
import { pathName } from '../nested/columns.ts'
import type { NestedColumns } from '../nested/columns.ts'
import { badByteMark } from '../text/decode-utf8.ts'
import type { ScannedRecord } from './list-scanner.ts'
import { JsonError, parseRecord } from './parse-record.ts'

/** Late keys of one row that are named; more are counted. */
const namedKeys = 20

/** Makes a row of the text of a record; with `lists` that of a list, whose values stand in the order of the columns. Whatever is wrong with it is a fault of the row; nothing is thrown. */
export function recordRow({ text, line, tooLarge }: ScannedRecord, row: number, columns: NestedColumns, lists = false): RawRow {
  const cells = new Array<string | null>(columns.size).fill(null)
  const faults: ReadFault[] = []
  const fault = (code: ReadFault['code'], position: number | null, found: string, expected?: string) => {
    faults.push({ code, position, line, character: null, found, ...(expected === undefined ? {} : { expected }) })
  }
  const result: RawRow = { row, cells }
  if (tooLarge) {
    fault('read.row-too-large', null, `more than ${maxRowCharacters} characters`, `${maxRowCharacters} characters`)
    return { ...result, faults }
  }
  const halfCode = text.includes(badByteMark) ? 'read.bad-encoding' : 'read.lone-surrogate'
  const seen = new Set<number>()
  const surplus: string[] = []
  let lateKeys = 0
  let late = ''
  try {
    const isRecord = parseRecord(text, (path, value) => {
      const position = columns.position(path)
      if (position === undefined) {
        if (value === null || value === '') return
        lateKeys += 1
        if (lateKeys <= namedKeys) surplus.push(value.length > maxCellCharacters ? value.slice(0, 255) : value)
        if (lateKeys === 1) late = pathName(path)
        return
      }
      if (seen.has(position)) fault('read.duplicate-key', position, `"${pathName(path).slice(0, 100)}"`)
      seen.add(position)
      cells[position] = mended(value, position, halfCode, fault)
    }, lists)
    if (!isRecord) fault('read.not-an-object', null, text.trim().slice(0, 60))
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    cells.fill(null)
    faults.length = 0
    faults.push({ ...placeOf(text, line, error.at), code: 'read.bad-json', position: null, found: error.message })
    return { ...result, faults }
  }
  if (lateKeys > 0) {
    if (lists) fault('read.too-many-cells', null, String(columns.size + lateKeys), String(columns.size))
    else fault('read.late-key', null, `"${late.slice(0, 100)}"${lateKeys > 1 ? ` and ${lateKeys - 1} more` : ''}`)
    result.surplus = surplus
  }
  if (faults.length > 0) result.faults = faults
  return result
}

function mended(value: string | null, position: number, halfCode: ReadFault['code'], fault: (code: ReadFault['code'], position: number, found: string, expected?: string) => void): string | null {
  if (value === null) return null
  let text = value
  if (text.length > maxCellCharacters) {
    fault('read.cell-too-large', position, `${text.length} characters`, `${maxCellCharacters} characters`)
    text = text.slice(0, 255)
  }
  if (text.includes('\0')) {
    fault('read.nul-byte', position, String(text.split('\0').length - 1))
    text = text.replaceAll('\0', '')
  }
  if (!text.isWellFormed()) {
    text = text.toWellFormed()
    fault(halfCode, position, text.slice(0, 60))
  }
  return text
}

function placeOf(text: string, line: number, at: number): { line: number; character: number } {
  const before = text.slice(0, at).split('\n')
  return { line: line + before.length - 1, character: (before.at(-1)?.length ?? 0) + 1 }
}
