import { Fault } from '@longshore/core/fault'
import type { LayoutWarning } from '@longshore/core'

/** The sheet that a setting names: by its name, else by its letters in any case, else by its number from 1. */
export function namedSheet<Sheet extends { name: string }>(sheets: readonly Sheet[], wanted: string, what: string): Sheet {
  const found = sheets.find(({ name }) => name === wanted) ?? sheets.find(({ name }) => name.toLowerCase() === wanted.trim().toLowerCase())
    ?? (/^\d+$/.test(wanted.trim()) ? sheets[Number(wanted) - 1] : undefined)
  if (found === undefined) {
    throw new Fault('file.no-sheet', `${what} has no sheet ${JSON.stringify(wanted.slice(0, 60))}. It has ${listed(sheets.map(({ name }) => name))}. Name one of them, or give its number.`, { path: 'source.sheet' })
  }
  return found
}

/** Says which of several sheets is read, and which are hidden or hold no cells. */
export function sheetWarnings(chosen: { name: string }, sheets: readonly { name: string; hidden: boolean }[], others: readonly string[], byHand: boolean): LayoutWarning[] {
  const warnings: LayoutWarning[] = []
  const visible = sheets.filter(({ name, hidden }) => !hidden && name !== chosen.name)
  if (!byHand && visible.length > 0) {
    warnings.push({ code: 'layout.several-sheets', message: `The workbook has ${sheets.length} sheets. "${chosen.name}" is read, the first one that holds a table; choose another by name or number if it is ${listed(visible.map(({ name }) => name))}.` })
  }
  const hidden = sheets.filter((sheet) => sheet.hidden && sheet.name !== chosen.name)
  if (hidden.length > 0) warnings.push({ code: 'layout.hidden-sheets', message: `The workbook hides ${listed(hidden.map(({ name }) => name))}. What is hidden is not read unless it is chosen by name.` })
  if (sheets.some((sheet) => sheet.hidden && sheet.name === chosen.name)) warnings.push({ code: 'layout.hidden-sheet', message: `The sheet "${chosen.name}" that is read is hidden in the workbook.` })
  if (others.length > 0) warnings.push({ code: 'layout.other-sheets', message: `${listed(others)} hold${others.length === 1 ? 's' : ''} a chart, a dialog or a macro instead of cells, and cannot be read.` })
  return warnings
}

/** Columns of a sheet by position, both inclusive. */
export interface ColumnRange { first: number; last: number }

/** Names the columns of the table that its sheet hides. They are read: whoever hides columns means them for programs at times, ids above all. */
export function hiddenColumns(columns: readonly string[], hidden: readonly ColumnRange[], sheet: string): LayoutWarning[] {
  const names = columns.flatMap((name, position) => hidden.some(({ first, last }) => position >= first && position <= last) ? [name.trim() === '' ? `column ${position + 1}` : name] : [])
  if (names.length === 0) return []
  return [{ code: 'layout.hidden-columns', message: `The sheet "${sheet}" hides ${names.length === 1 ? 'the column' : `${names.length} columns:`} ${listed(names)}. ${names.length === 1 ? 'It is' : 'They are'} read like the others; leave out what is not meant.` }]
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 8).map((name) => `"${name.slice(0, 40)}"`)
  return `${shown.join(', ')}${names.length > shown.length ? ` and ${names.length - shown.length} more` : ''}`
}
