import type { PlanPreview } from '@longshore/server'
import { count } from './quantity.ts'
import { visible } from './visible.ts'

/** Rows and diffs that a report shows, out of those that a plan keeps (20 each). */
const shownRows = 5
const shownDiffs = 10

/** The first rows as they will stand, and what the first updates change from and to. */
export function planReport(preview: PlanPreview): string[] {
  const lines: string[] = []
  if (preview.firstRows.length > 0) {
    lines.push('The first rows as they will stand')
    for (const row of preview.firstRows.slice(0, shownRows)) {
      lines.push(`  row ${count(row.row)}, ${visible(row.outcome)}${row.record === null ? '' : `, record ${visible(row.record)}`}`)
      for (const [field, value] of Object.entries(row.values)) if (value !== null && value !== '') lines.push(`    ${visible(field)}: ${visible(value, 80)}`)
    }
  }
  if (preview.diffs.length > 0) {
    if (lines.length > 0) lines.push('')
    lines.push('What changes on existing records')
    for (const diff of preview.diffs.slice(0, shownDiffs)) {
      lines.push(`  row ${count(diff.row)}, record ${visible(diff.record)}`)
      for (const [field, { from, to }] of Object.entries(diff.fields)) lines.push(`    ${visible(field)}: ${shown(from)} → ${shown(to)}`)
    }
  }
  return lines
}

function shown(value: string | null): string {
  return value === null || value === '' ? '(empty)' : visible(value, 60)
}
