import { countRanges } from '../ports/row-ranges.ts'
import type { StoredFix } from './fix.ts'

const longestShown = 40

const orders = { dmy: 'day first', mdy: 'month first', ymd: 'year first' } as const

/** A fix in words, as a list of changes shows it. `columns` are the file's headers. */
export function describeFix({ fix, rows }: Pick<StoredFix, 'fix' | 'rows'>, columns: readonly string[]): string {
  const named = (column: number): string => `"${columns[column - 1] || `#${column}`}"`
  const about = rows === null ? '' : countOf(countRanges(rows), 'row')
  switch (fix.kind) {
    case 'edit': {
      const [first] = fix.cells
      return fix.cells.length === 1 && first ? `Change ${named(first.column)} of row ${first.row} to ${shown(first.value)}` : `Change ${countOf(fix.cells.length, 'cell')}`
    }
    case 'map-value': return `Change ${shown(fix.from)} to ${shown(fix.to)} everywhere in ${named(fix.column)}`
    case 'treat-as-empty': return `Treat ${shown(fix.value)} as empty in ${named(fix.column)}`
    case 'replace': return `Replace ${shown(fix.find)} by ${shown(fix.with)} in ${named(fix.column)}`
    case 'fill': return `Fill ${named(fix.column)} of ${about} with ${shown(fix.value)}`
    case 'read-dates': return `Read dates of ${named(fix.column)} ${orders[fix.dates]}`
    case 'leave-out': return `Leave ${about} out`
  }
}

function shown(text: string): string {
  if (text === '') return 'nothing'
  return `"${text.length > longestShown ? `${text.slice(0, longestShown - 1)}…` : text}"`
}

function countOf(count: number, word: string): string {
  return `${count.toLocaleString('en-US')} ${word}${count === 1 ? '' : 's'}`
}
