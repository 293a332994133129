import { basename } from 'node:path'
import { outcomes, sampleSize, sumOf } from '@longshore/core'
import type { Reason } from '@longshore/core'
import type { IssueGroup, JobSummary, LeftOutColumn } from '@longshore/server'
import { outcomeWords, skipReasons } from '../messages/outcomes.ts'
import { nextSteps } from '../messages/next-steps.ts'
import { planReport } from './plan-report.ts'
import { bytes, count, counted, duration } from './quantity.ts'
import { visible } from './visible.ts'

/** Groups of issues that a report shows; the error report has them all. */
const shownGroups = 10
/** Unknown values that a report shows. */
const shownValues = 10
/** Columns that are named as left out. */
const shownColumns = 12

/** What happened to every row of a job, for people. Ends with a line break. */
export function jobReport(summary: JobSummary): string {
  const sections = [heading(summary), tally(summary), reading(summary), problems(summary.issues ?? summary.preview?.issues ?? []), unknown(summary)]
  if (summary.preview && summary.state === 'planned') sections.push(planReport(summary.preview))
  sections.push(resultFiles(summary), nextStep(summary))
  return `${sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n')).join('\n\n')}\n`
}

function heading(summary: JobSummary): string[] {
  const what = summary.kind === 'undo'
    ? `undo of job ${summary.undoes ?? '?'} (${visible(summary.object)})`
    : summary.kind === 'edit' ? `${visible(summary.operation)} of ${visible(summary.object)}`
    : `${visible(summary.operation)} into ${visible(summary.object)}${summary.source === null ? '' : ` from ${visible(basename(summary.source))}${summary.sourceBytes === null ? '' : ` (${bytes(summary.sourceBytes)})`}`}`
  const speed = summary.rowsPerSecond > 0 ? `, ${count(summary.rowsPerSecond)} rows/s` : ''
  const took = summary.seconds > 0 ? ` (${duration(summary.seconds)}${speed})` : ''
  const lines = [`Job ${summary.job}: ${what}: ${summary.interrupted ? 'interrupted, for its process is gone' : summary.state}${took}`]
  if (summary.startedByName !== null) lines.push(`Started by ${visible(summary.startedByName)} at ${summary.createdAt.slice(0, 16).replace('T', ' ')} UTC${summary.finishedAt === null ? '' : `, ended at ${summary.finishedAt.slice(0, 16).replace('T', ' ')}`}.`)
  if (summary.state === 'queued' && summary.startAt !== null) lines.push(`It begins at ${summary.startAt}, while a worker runs; longshore resume ${summary.job} begins it now.`)
  if (summary.queuePosition !== null) lines.push(`It waits for other imports to end: place ${summary.queuePosition} in the queue.`)
  for (const { job, by, state } of summary.colleagues ?? []) lines.push(`Note: ${visible(by)} imports ${visible(summary.object)}, too (job ${job}, ${state}).`)
  if (summary.error) lines.push(`It could not go on: ${visible(summary.error.message, 1000)}`)
  return lines
}

/** Rows that are skipped, told apart by their reasons where those are known of all of them. */
function skippedWords({ kind, figures, counts, skippedFor = {} }: JobSummary): string {
  const known = Object.entries(skippedFor)
  const words = outcomeWords('skipped', kind, figures)
  if (kind !== 'import' || known.reduce((sum, [, rows]) => sum + rows, 0) !== counts.skipped) return words
  return `${words.split(':')[0] ?? ''}: ${known.map(([reason, rows]) => `${known.length > 1 ? `${count(rows)} ` : ''}${skipReasons[reason as Reason] ?? reason}`).join(', ')}`
}

/** Every outcome that occurred, right-aligned under the number of rows they add up to. */
function tally(summary: JobSummary): string[] {
  const planned = summary.figures === 'planned'
  const noun = summary.kind === 'import' ? 'row' : 'record'
  const width = Math.max(6, count(summary.rows).length)
  const line = (number: number, words: string) => `  ${count(number).padStart(width)} ${words}`
  const lines = [line(summary.rows, summary.rows === 1 ? noun : `${noun}s`)]
  for (const outcome of outcomes) {
    const number = summary.counts[outcome]
    if (number > 0) lines.push(line(number, outcome === 'skipped' ? skippedWords(summary) : outcomeWords(outcome, summary.kind, summary.figures)))
  }
  const rest = summary.figures === 'so-far' ? summary.rows - sumOf(summary.counts) : 0
  if (rest > 0) lines.push(line(rest, 'not done yet'))
  if (summary.replanned > 0) lines.push(line(summary.replanned, `of these do something else than the dry run showed, because records had changed since: longshore rows ${summary.job} --filter replanned`))
  if (summary.restored !== undefined && summary.restored > 0) lines.push(line(summary.restored, `of these ${planned ? 'will come' : 'came'} back from the bin`))
  const related = Object.entries(summary.related).filter(([, number]) => number > 0)
  if (related.length > 0) {
    const parts = related.map(([object, number]) => `${count(number)} in ${visible(object)}`).join(', ')
    lines.push(summary.kind === 'undo' ? `  Along with them: ${parts}.` : `  For their references${planned ? ' it will make' : ''}: ${parts}.`)
  }
  const changed = Object.entries(summary.relatedChanged ?? {}).filter(([, number]) => number > 0)
  if (changed.length > 0) lines.push(`  Existing records that rows refer to${planned ? ' it will change' : ', changed'}: ${changed.map(([object, number]) => `${count(number)} ${visible(object)}`).join(', ')}.`)
  if (summary.warnings > 0) lines.push(`  ${counted(summary.warnings, 'warning')}; these rows went on.`)
  if (summary.kept !== undefined && summary.kept > 0) lines.push(`  ${counted(summary.kept, 'record')} kept, at least in part, because someone changed them since.${summary.undoes === null || summary.state !== 'done' ? '' : ` ${nextSteps.undoRest(summary.job, summary.undoes)}`}`)
  if (summary.fieldsLeft !== undefined && summary.fieldsLeft.length > 0) lines.push(`  Fields that the import made stay: ${summary.fieldsLeft.map((name) => visible(name)).join(', ')}. "longshore schema --apply" removes them.`)
  return lines
}

/** How the file was taken, where a person might have expected otherwise. */
function reading({ leftOut = [], readingWarnings = [], definition, kind }: JobSummary): string[] {
  const lines = readingWarnings.map((warning) => `  ${visible(warning, 300)}`)
  lines.push(...columnsLeftOut(leftOut))
  if (kind === 'import' && isUnmatched(definition)) lines.push('  Duplicates were not looked for: say how records are found with --match, for example --match email.')
  return lines.length === 0 ? [] : ['How the file was taken', ...lines]
}

/** Columns that somebody may miss: none that were left out by hand, and none in which no value was found. */
function columnsLeftOut(columns: readonly LeftOutColumn[]): string[] {
  const missed = columns.filter(({ byHand, values }) => !byHand && values !== 0)
  const named = ({ header, position, values }: LeftOutColumn): string =>
    `${header === '' ? '' : `"${visible(header, 40)}" `}(#${position}${values === null ? '' : `, ${values >= sampleSize ? `${count(sampleSize)} values or more` : counted(values, 'value')}`})`
  const counting = missed.some(({ values }) => values !== null) ? ' (values as counted in a sample)' : ''
  const unsure = missed.filter(({ suggested }) => suggested !== null)
  const lines = unsure.slice(0, shownColumns).map((column) => `  Left out, because it is not sure${counting}: ${named(column)} would be ${visible(column.suggested ?? '')}. Confirm with --map "${column.flagName}=${visible(column.suggested ?? '')}".`)
  if (unsure.length > shownColumns) lines.push(`  and ${unsure.length - shownColumns} more that are not sure; longshore map shows all.`)
  const homeless = missed.filter(({ suggested }) => suggested === null)
  if (homeless.length > 0) {
    lines.push(`  Left out, because no field that is still free takes them${counting}: ${homeless.slice(0, shownColumns).map(named).join(', ')}${homeless.length > shownColumns ? ` and ${homeless.length - shownColumns} more` : ''}. Give one a field with --map "Header=field".`)
  }
  return lines
}

function isUnmatched(definition: unknown): boolean {
  return typeof definition === 'object' && definition !== null && 'match' in definition && Array.isArray(definition.match) && definition.match.length === 0
}

function problems(groups: readonly IssueGroup[]): string[] {
  if (groups.length === 0) return []
  const lines = ['What was found']
  for (const group of groups.slice(0, shownGroups)) {
    const where = [group.row === undefined ? null : `row ${count(group.row)}`, group.column === null ? null : `column "${visible(group.column, 40)}"`]
    const many = group.count > 1 ? ` (${counted(group.count, 'time')}; the first:)` : ''
    const place = where.filter((part) => part !== null).join(', ')
    lines.push(`  ${group.severity}${place === '' ? '' : `, ${place}`}${many} ${visible(group.example, 300)}`)
  }
  const rest = groups.length - shownGroups
  if (rest > 0) lines.push(`  and ${counted(rest, 'more kind')} of issue; the error report lists every one.`)
  return lines
}

/** Values that are no option, to be decided once for all rows. */
function unknown({ unknownValues: values = [] }: JobSummary): string[] {
  if (values.length === 0) return []
  const lines = values.slice(0, shownValues).map(({ column, value, count: times, nearest }) =>
    `  ${counted(times, 'row')}: --map-value "${visible(column, 40)}:${visible(value, 60)}=${visible(nearest ?? '', 60)}"${nearest === null ? ` with ${/[;|]/.test(value) ? 'options for the whole list, joined by ";"' : 'an option'}, or nothing for an empty cell` : ''}`)
  const rest = values.length - shownValues
  return ['Values that are no option; each can be decided for all rows, and is remembered', ...lines, ...rest > 0 ? [`  and ${counted(rest, 'more value')}.`] : []]
}

function resultFiles(summary: JobSummary): string[] {
  if (summary.results.length === 0) return []
  const lines = ['Result files', ...summary.results.map((file) => `  ${visible(file, 500)}`)]
  if (summary.counts.failed > 0) lines.push(`  ${nextSteps.results}`)
  return lines
}

/** Whether records were made or changed that rows only refer to. */
function changedOthers({ related, relatedChanged = {} }: JobSummary): boolean {
  return [...Object.values(related), ...Object.values(relatedChanged)].some((records) => records > 0)
}

function nextStep(summary: JobSummary): string[] {
  const { job, state } = summary
  if (state === 'planned') return [nextSteps.apply(job)]
  if (state === 'paused' || summary.interrupted) return [nextSteps.resume(job)]
  if (state === 'undone') return summary.undoneBy === null ? [] : [`It was undone by job ${summary.undoneBy}. ${nextSteps.undoTheUndo(summary.undoneBy)}`]
  const { created, updated, deleted, flagged } = summary.counts
  const changed = created + updated + deleted + flagged
  if (state !== 'done' && state !== 'cancelled' && state !== 'failed') return []
  if (changed === 0 && !changedOthers(summary)) return summary.kind === 'undo' ? [] : ['Nothing was changed, so there is nothing to take back.']
  const lines = state === 'failed' ? [nextSteps.resume(job)] : []
  if (summary.kind === 'undo') return [...lines, nextSteps.undoTheUndo(job)]
  // the sample of a first start has them already
  const all = summary.kind === 'edit' || summary.results.some((file) => /results\.[a-z]+$/.test(file)) ? [] : [nextSteps.allRows(job)]
  return [...lines, ...all, nextSteps.undo(job)]
}
