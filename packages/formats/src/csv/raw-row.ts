import type { RawRow, ReadFault } from '@longshore/core'
import type { ParsedRecord } from './record-builder.ts'

/** A record without characters, or one whose cells are all empty or blank. `""` alone on its line is a row of one column. */
export function isEmptyRecord(record: ParsedRecord, columns: number): boolean {
  const cells = record.cells
  const first = cells[0]
  // Nearly every record ends here: its first cell begins with a letter or a digit.
  if (first !== undefined && first.charCodeAt(0) > 32 && first.charCodeAt(0) < 128) return false
  if (record.faults.length > 0 || record.moreCells > 0) return false
  if (record.quoted && columns === 1) return false
  // DOS ended a text with this, and some programs still do.
  if (cells.length === 1 && first === '\x1A' && !record.quoted) return true
  return cells.every(isBlank)
}

/** Makes a row of a record: as many cells as there are columns, and a fault for everything that had to be mended. */
export function rawRow(record: ParsedRecord, row: number, columns: number, encoding: string): RawRow {
  const cells = record.cells
  const result: RawRow = { row, cells }
  if (cells.length === columns && record.faults.length === 0 && !record.suspicious) return result
  const faults = [...record.faults]
  if (record.suspicious) mendCharacters(cells, record.line, encoding, faults)
  const found = cells.length + record.moreCells
  const whole = record.faults.length === 0
  if (found < columns) {
    if (whole) faults.push({ code: 'read.too-few-cells', position: null, line: record.line, character: null, found: String(found), expected: String(columns) })
    for (let i = cells.length; i < columns; i += 1) cells.push('')
  } else if (found > columns) {
    const surplus = cells.splice(columns)
    while (surplus.length > 0 && isBlank(surplus[surplus.length - 1] ?? '')) surplus.pop()
    if (surplus.length > 0 || record.moreCells > 0) {
      if (whole) faults.push({ code: 'read.too-many-cells', position: null, line: record.line, character: null, found: String(found), expected: String(columns) })
      result.surplus = surplus
    }
  }
  if (faults.length > 0) result.faults = faults
  return result
}

/** Takes out NUL characters and shows bad bytes as U+FFFD, with a fault for each cell. */
function mendCharacters(cells: string[], line: number, encoding: string, faults: ReadFault[]): void {
  cells.forEach((cell, position) => {
    let text = cell
    if (text.includes('\0')) {
      faults.push({ code: 'read.nul-byte', position, line, character: text.indexOf('\0') + 1, found: String(text.split('\0').length - 1) })
      text = text.replaceAll('\0', '')
    }
    if (!text.isWellFormed()) {
      text = text.toWellFormed()
      faults.push({ code: 'read.bad-encoding', position, line, character: text.indexOf('\uFFFD') + 1, found: text.slice(0, 60), expected: encoding })
    }
    cells[position] = text
  })
}

function isBlank(cell: string): boolean {
  return cell === '' || cell.trim() === ''
}
