import { Fault } from '@longshore/core/fault'
import type { RawRow, ReadSettings } from '@longshore/core'

/** Characters in a cell and in a row, at most, as Bulk API 2.0 takes them. */
const maxCell = 131_072
const maxRow = 400_000
/** What stands for "set this field to nothing". An empty cell leaves the field alone. */
export const salesforceNull = '#N/A'

/** The settings of the dialect: UTF-8, double quotes, doubled inside, the header first. The delimiter is one of six, given or found. */
export function salesforceSettings(settings: ReadSettings): ReadSettings {
  const { encoding, quote, escape, headerRow } = settings
  for (const [path, given, only] of [['encoding', encoding?.toLowerCase().replace('utf8', 'utf-8'), 'utf-8'], ['quote', quote, '"'], ['escape', escape, 'doubled'], ['headerRow', headerRow, 1]] as const) {
    if (given !== undefined && given !== only) throw new Fault('file.settings', `By Salesforce's rules "${path}" is ${only}; found ${given}. Leave it out, or leave the dialect out.`, { path: `source.${path}` })
  }
  return { ...settings, encoding: 'utf-8', quote: '"', escape: 'doubled', headerRow: 1 }
}

/** A row by Salesforce's rules: `#N/A` is no value (null), an empty cell stays '', and their limits hold. */
export function salesforceRow(raw: RawRow, line: number): RawRow {
  const faults = [...raw.faults ?? []]
  let length = 0
  const cells = raw.cells.map((cell, position) => {
    if (cell === null) return null
    length += cell.length
    if (cell.length > maxCell) faults.push({ code: 'read.cell-too-large', position, line, character: null, found: `${cell.length} characters`, expected: `${maxCell} characters` })
    return cell === salesforceNull ? null : cell
  })
  if (length > maxRow) faults.push({ code: 'read.row-too-large', position: null, line, character: null, found: `${length} characters`, expected: `${maxRow} characters` })
  return { ...raw, cells, ...(faults.length > 0 ? { faults } : {}) }
}
