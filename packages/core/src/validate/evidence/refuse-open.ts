import { Fault } from '../../issues/fault.ts'
import type { ColumnFinding, ColumnQuestion } from './column-finding.ts'

const flags: Record<ColumnQuestion['about'], string> = { dates: 'date-order', decimal: 'decimal', months: 'month-language' }

/**
 * Throws the Fault `column-ambiguous` or `column-mixed` for the first column that only a person can decide, with both readings, the flag
 * that decides it, and the other columns in question. Nothing has been planned then.
 */
export function refuseOpenColumns(findings: readonly ColumnFinding[]): void {
  const open = findings.flatMap(({ header, target, question }) => (question === null ? [] : [{ header, target, question }]))
  const [first, ...more] = open
  if (!first) return
  const { header, question } = first
  const others = more.length === 0 ? '' : ` The same has to be said of ${more.map((column) => `"${column.header}" (--${flags[column.question.about]})`).join(', ')}.`
  throw new Fault(`column-${question.kind}`, `${questionSentence(header, question)} ${remedy(header, question)}${others} Nothing was imported.`, { path: 'columns' })
}

/** Why only a person can decide how the column is read, without what to do about it. */
export function questionSentence(header: string, question: ColumnQuestion): string {
  return question.kind === 'mixed' ? mixed(header, question) : ambiguous(header, question)
}

const subjects: Record<ColumnQuestion['about'], string> = { dates: 'dates', decimal: 'numbers', months: 'names of months' }

function ambiguous(header: string, { about, readings }: ColumnQuestion): string {
  const example = readings[0]?.example ?? ''
  return `The ${subjects[about]} in the column "${header}" can be read in ${readings.length === 2 ? 'two' : 'several'} ways, and nothing in the file decides: "${example}" is ${readings.map(({ means, value }) => `${means} (${value})`).join(' or ')}.`
}

function mixed(header: string, { about, readings }: ColumnQuestion): string {
  const kinds = readings.map(({ value, example, rows, count }) => `${count} only as ${value} ("${example}" in ${count === 1 ? 'row' : 'rows'} ${rows.join(', ')}${count > rows.length ? ', …' : ''})`)
  return `The ${subjects[about]} in the column "${header}" contradict each other: ${kinds.join(', ')}.`
}

function remedy(header: string, { about, kind, readings }: ColumnQuestion): string {
  const flag = `--${flags[about]} "${header}=${readings.map(({ value }) => value).join('|')}"`
  return kind === 'mixed' ? `Correct the file, or say which is right with ${flag}; the other rows then fail by themselves.` : `Say which is right with ${flag}.`
}
