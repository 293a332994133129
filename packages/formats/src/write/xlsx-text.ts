import { Fault } from '@longshore/core/fault'
import { cellName } from '../sheet/sheet-row.ts'

/** The most that a spreadsheet program takes into one cell. */
export const maxXlsxCell = 32_767

/**
 * Text as a workbook can hold it: an underscore that would be taken for an escape is one itself, characters that XML lacks are shown as �.
 * A cell is given the type of text, so a spreadsheet never runs it: no apostrophe is needed. Throws a Fault where the text is too long.
 */
export function xlsxText(text: string, row: number, position: number): string {
  if (text.length > maxXlsxCell) {
    throw new Fault('export.cell-too-long', `The workbook cannot be written: cell ${cellName(row, position)} would hold ${text.length} characters, and a spreadsheet takes ${maxXlsxCell}. Write CSV, JSON or Parquet instead, or leave the column out.`)
  }
  return text.toWellFormed().replaceAll(/[\uFFFE\uFFFF]/g, '\uFFFD').replaceAll(/_(?=x[0-9a-fA-F]{4}_)/g, '_x005F_').replaceAll(/[\0-\x08\x0B\x0C\x0E-\x1F]/g, (c) => `_x${c.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}_`).replaceAll('\r', '_x000D_')
}
