import type { Problem } from '../fields/problem.ts'
import type { Issue } from '../issues/issue.ts'
import { readIssue } from '../issues/read-issue.ts'
import { makeIssue } from '../issues/registry.ts'
import type { Mapping } from '../map/mapping.ts'
import type { RawRow, ReadFault } from '../ports/row.ts'
import type { CheckedRow } from './checked-row.ts'

/** Adds an issue to a row and counts it. */
export function addIssue(row: CheckedRow, issue: Issue): void {
  row.issues.push(issue)
  if (issue.severity !== 'error') return
  if (issue.onCreate) row.createErrors++
  else row.errors++
}

export function addProblem(row: CheckedRow, problem: Problem, step: { header: string | null; path: string }, value: string): void {
  addIssue(row, makeIssue(problem.code, { row: row.row, column: step.header, field: step.path, value }, problem.params))
}

/** Of a cell that feeds nothing these harm nothing: a sheet often has a column of look-ups beside those that are imported. */
const harmlessUnmapped: ReadonlySet<ReadFault['code']> = new Set(['read.error-value', 'read.no-result'])

/** Adds what the reader found wrong in the row. `headers` and `paths` are by column position; the path of a column that feeds nothing is null. */
export function addReadFaults(row: CheckedRow, raw: RawRow, faults: readonly ReadFault[], headers: readonly string[], paths: readonly (string | null)[]): void {
  for (const fault of faults) {
    const { code, position } = fault
    if (position !== null && paths[position] === null && harmlessUnmapped.has(code)) continue
    addIssue(row, readIssue(raw, fault, headers, position === null ? null : paths[position] ?? null))
  }
}

/** Whether the reader refused the cell already: what is left of it is nothing that another message could be about. */
export function alreadyRefused(faults: readonly ReadFault[] | undefined, column: number): boolean {
  return faults !== undefined && faults.some((fault) => fault.position === column)
}

/** Headers by column position, and the path that each feeds (null for unmapped columns). */
export function columnsOf(mapping: Mapping): { headers: string[]; paths: (string | null)[] } {
  const headers: string[] = []
  const paths: (string | null)[] = []
  for (const { position, header } of mapping.unmapped) {
    headers[position] = header
    paths[position] = null
  }
  for (const { column, header, nameFrom, path, onlyFor, reference } of mapping.targets) {
    if (nameFrom) headers[nameFrom.column] = nameFrom.header
    if (column === null) continue
    headers[column] = header ?? ''
    paths[column] = onlyFor === undefined ? path : reference?.name ?? path
  }
  return { headers, paths }
}
