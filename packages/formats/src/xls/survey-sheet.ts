import type { ColumnRange } from '../sheet/choose-sheet.ts'
import { cellName } from '../sheet/sheet-row.ts'
import { recordTypes as types } from './biff-records.ts'
import type { XlsBook, XlsSheet } from './open-xls.ts'
import { SheetRecords } from './sheet-records.ts'

/** What shows only when a sheet was gone through: merged cells stand behind the rows. */
export interface SheetSurvey {
  /** As `A1:C1`. */
  merged: string[]
  /** Columns that the sheet hides. */
  hidden: ColumnRange[]
  /** Whether rows come in their order. */
  ordered: boolean
}

const maxMerged = 10_000
const cellTypes = new Set<number>([...types.number, types.integer, types.rk, types.mulRk, types.labelSst, ...types.label, ...types.boolErr, ...types.formula])

/** Goes through the records of a sheet without reading its cells. */
export async function surveySheet(book: XlsBook, sheet: XlsSheet): Promise<SheetSurvey> {
  const survey: SheetSurvey = { merged: [], hidden: [], ordered: true }
  const records = new SheetRecords(book, sheet)
  let last = 0
  do {
    for (let record = records.take(); record !== null; record = records.take()) {
      const { type, bytes } = record
      if (type === types.mergeCells) addMerged(bytes, survey.merged)
      else if (type === types.columns) addHidden(bytes, survey.hidden)
      else if (bytes.length >= 2 && cellTypes.has(type)) {
        const row = bytes.readUInt16LE(0)
        if (row < last) survey.ordered = false
        last = row
      }
    }
  } while (await records.fill())
  return survey
}

function addHidden(bytes: Buffer, hidden: ColumnRange[]): void {
  if (bytes.length >= 10 && (bytes.readUInt16LE(8) & 1) !== 0 && hidden.length < maxMerged) hidden.push({ first: bytes.readUInt16LE(0), last: bytes.readUInt16LE(2) })
}

function addMerged(bytes: Buffer, merged: string[]): void {
  for (let at = 2; at + 8 <= bytes.length && merged.length < maxMerged; at += 8) {
    merged.push(`${cellName(bytes.readUInt16LE(at) + 1, bytes.readUInt16LE(at + 4))}:${cellName(bytes.readUInt16LE(at + 2) + 1, bytes.readUInt16LE(at + 6))}`)
  }
}
