import { changeIssues } from './entries/changes.ts'
import { matchIssues } from './entries/match.ts'
import { readIssues } from './entries/reading.ts'
import { rowIssues } from './entries/row.ts'
import { typeIssues } from './entries/types.ts'
import type { IssueEntry } from './entries/issue-entry.ts'
import type { Issue } from './issue.ts'

export type { IssueEntry } from './entries/issue-entry.ts'

/** Every issue that can be raised about a row or a cell, by code. Families of codes stand in one file each under `entries/`. */
export const issueRegistry = { ...readIssues, ...typeIssues, ...rowIssues, ...matchIssues, ...changeIssues } as const

export type IssueCode = keyof typeof issueRegistry

/** Where an issue lies and what stood there. */
export interface IssuePlace {
  /** As a spreadsheet counts: the header is row 1. */
  row: number
  /** The column's header as the file has it; null for the whole row, or where no column feeds the field. */
  column: string | null
  /** Path of the field; null for the whole row. */
  field: string | null
  value: string | null
  /** Counts only when the row creates a record. */
  onCreate?: boolean
}

/** Longest value that an issue carries, in characters. */
export const longestIssueValue = 255

/**
 * An issue with its message in full. `params` fill the placeholders of the code's message; a placeholder that nobody fills is left out.
 * The value is cut to 255 characters and control characters are made visible, so that a message is always one line of text.
 */
export function makeIssue(code: IssueCode, place: IssuePlace, params: Readonly<Record<string, string>> = {}): Issue {
  const entry: IssueEntry = issueRegistry[code]
  const value = place.value === null ? null : visible(place.value)
  const words: Record<string, string> = { where: whereOf(place), value: value ?? '', field: place.field ?? '' }
  for (const name of Object.keys(params)) words[name] = visible(params[name] ?? '')
  const message = fill(`${entry.message} ${entry.next}`, words)
  const issue: Issue = { code, severity: entry.severity, row: place.row, column: place.column, field: place.field, value, message }
  return place.onCreate ? { ...issue, onCreate: true } : issue
}

/** The same words of a value that somebody gave one field by hand: there is no row to name. */
export function sayOfField({ code, params }: { code: IssueCode; params: Readonly<Record<string, string>> }, field: { name: string; label: string }, value: string): string {
  const { message, next }: IssueEntry = issueRegistry[code]
  const words: Record<string, string> = { where: `"${visible(field.label)}"`, value: visible(value), field: field.name }
  for (const name of Object.keys(params)) words[name] = visible(params[name] ?? '')
  return fill(`${message} ${next}`, words)
}

function whereOf({ row, column, field }: IssuePlace): string {
  if (column !== null) return `row ${row}, column "${visible(column)}"`
  return field !== null ? `row ${row}, field ${field}` : `row ${row}`
}

function fill(template: string, words: Readonly<Record<string, string>>): string {
  return template.replace(/\{([a-z]+)\}/g, (_, name: string) => (Object.hasOwn(words, name) ? words[name] ?? '' : ''))
}

/** Control characters as their pictures (␀), broken halves of characters as �, and no more than 255 characters. */
function visible(text: string): string {
  const cut = text.length > longestIssueValue ? `${text.slice(0, longestIssueValue - 1)}…` : text
  return cut.toWellFormed().replace(/[\0-\x1f\x7f]/g, (c) => (c === '\x7f' ? '␡' : String.fromCharCode(0x2400 + c.charCodeAt(0))))
}
