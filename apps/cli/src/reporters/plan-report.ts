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
  const changes: [string, (PlanPreview['diffs'][number] & { object?: string })[]][] = [['What changes on existing records', preview.diffs], ['What changes on records that rows refer to', preview.relatedDiffs]]
  for (const [title, diffs] of changes) {
    if (diffs.length === 0) continue
    if (lines.length > 0) lines.push('')
    lines.push(title)
    for (const diff of diffs.slice(0, shownDiffs)) {
      lines.push(`  row ${count(diff.row)}, ${diff.object === undefined ? '' : `${visible(diff.object)} `}${diff.name === null ? 'record ' : `${shown(diff.name)}, record `}${visible(diff.record)}`)
      for (const [field, { from, to, fromName, toName }] of Object.entries(diff.fields)) lines.push(`    ${visible(field)}: ${shown(fromName ?? from)} → ${shown(toName ?? to)}`)
    }
  }
  return lines
}

function shown(value: string | null): string {
  return value === null || value === '' ? '(empty)' : visible(value, 60)
}
