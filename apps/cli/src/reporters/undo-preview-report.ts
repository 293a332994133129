import type { UndoPreview } from '@longshore/server'
import { nextSteps } from '../messages/next-steps.ts'
import { count, counted } from './quantity.ts'
import { visible } from './visible.ts'

/** Kept records that a report shows; --json has up to 1 000. */
const shownKept = 20
const keptFor: Record<string, string> = { 'edited-since': 'edited since the import', 'referred-to-since': 'other records refer to it', 'already-gone': 'gone already' }

/** What an undo would do, for people. `everything`: also with what was edited since. */
export function undoPreviewReport(preview: UndoPreview, everything: boolean): string {
  const width = Math.max(6, count(Math.max(preview.binned, preview.restored, preview.revived, preview.keptCount)).length)
  const line = (number: number, words: string) => `  ${count(number).padStart(width)} ${words}`
  const lines = [
    `Undo of job ${preview.job} (${visible(preview.object)}) would do this`,
    line(preview.binned, 'records move to the bin'),
    line(preview.restored, 'records get their former values back'),
    line(preview.revived, 'deleted records come back'),
    line(preview.keptCount, 'records stay as they are, at least in part'),
  ]
  const related = Object.entries(preview.related).filter(([, number]) => number > 0)
  if (related.length > 0) lines.push(`  Along with them, of other objects: ${related.map(([object, number]) => `${count(number)} ${visible(object)}`).join(', ')}.`)
  if (preview.kept.length > 0) {
    lines.push('', 'What stays, and why')
    for (const kept of preview.kept.slice(0, shownKept)) {
      const fields = kept.fields.length > 0 ? ` (${kept.fields.map((field) => visible(field, 40)).join(', ')})` : ''
      const called = kept.name === null ? visible(kept.record) : `${visible(kept.name, 80)} (${visible(kept.record)})`
      const row = kept.row === null ? '' : `, from row ${count(kept.row)}`
      lines.push(`  ${visible(kept.object)} ${called}${row}${fields}: ${keptFor[kept.reason] ?? visible(kept.reason, 200)}`)
    }
    const rest = preview.keptCount - Math.min(shownKept, preview.kept.length)
    if (rest > 0) lines.push(`  and ${counted(rest, 'more record')}.`)
    if (!everything) lines.push(`  ${nextSteps.undoEverything(preview.job)}`)
  }
  lines.push('', nextSteps.undoNow(preview.job))
  return `${lines.join('\n')}\n`
}
