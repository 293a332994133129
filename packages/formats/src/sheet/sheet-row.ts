import type { RawRow, ReadFault } from '@longshore/core'

/** A row of a sheet that holds cells, before columns are known. */
export interface SheetRow {
  /** As the spreadsheet shows it, from 1. */
  row: number
  /** By position; null where nothing is. Ends with the last filled cell. */
  cells: (string | null)[]
  /** Filled cells beyond the widest table that is read (`maxColumns`), the first `maxFarCells` of them. */
  far: { position: number; text: string }[]
  faults: ReadFault[]
  hidden: boolean
}

/** Of cells that no table has room for these are kept to be shown; the others are known to be there. */
export const maxFarCells = 20

/** Rows that hold nothing but blanks have a number, and are not given. */
export function isEmptyRow({ cells, far, faults }: SheetRow): boolean {
  return far.length === 0 && faults.length === 0 && cells.every((cell) => cell === null || cell.trim() === '')
}

/** The row as wide as the header. Filled cells beyond it are a fault: what they belong to is unknown. */
export function rawSheetRow({ row, cells, far, faults }: SheetRow, columns: number): RawRow {
  const surplus = [...cells.splice(columns), ...far.map(({ text }) => text)]
  while (cells.length < columns) cells.push(null)
  const result: RawRow = { row, cells }
  const filled = surplus.filter((cell) => cell !== null && cell.trim() !== '')
  const inColumns = faults.filter(({ position }) => position === null || position < columns)
  if (filled.length > 0) {
    result.surplus = surplus.slice(0, surplus.findLastIndex((cell) => cell !== null && cell.trim() !== '') + 1).map((cell) => cell ?? '')
    inColumns.push({ code: 'read.too-many-cells', position: null, line: row, character: null, found: String(columns + result.surplus.length), expected: String(columns) })
  }
  if (inColumns.length > 0) result.faults = inColumns
  return result
}

/** The name of a cell as a spreadsheet shows it: position 0 of row 5 is A5. */
export function cellName(row: number, position: number): string {
  let name = ''
  for (let n = position + 1; n > 0; n = Math.floor((n - 1) / 26)) name = String.fromCharCode(65 + (n - 1) % 26) + name
  return name + String(row)
}

/** Position of the column that a cell's name begins with, from 0; -1 when it names none. */
export function columnOfCell(name: string): number {
  let position = 0
  let i = 0
  for (; i < name.length; i += 1) {
    const letter = name.charCodeAt(i) & 0xdf
    if (letter < 65 || letter > 90) break
    position = position * 26 + letter - 64
    if (position > 1_000_000) return -1
  }
  return i === 0 ? -1 : position - 1
}
