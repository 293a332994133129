import { Fault, readingSentence } from '@longshore/core'
import type { CheckedRow, ImportDefinition, Mapping, RawRow } from '@longshore/core'
import type { Workspace } from '../../open-workspace.ts'
import { wantedObject } from '../import/create-import.ts'
import { openAt, openingCheck, rowsToLookAt } from '../import/opening-check.ts'
import { firstRows, profilesOf, sampledRows } from '../uploads/look-at-file.ts'
import type { FileInStore } from '../uploads/look-at-file.ts'

/** Cells that are shown. */
const shownCells = 5

export interface ColumnSample { row: number; before: string | null; after: { field: string; value: string | null }[]; issues: string[] }
/** `looked`: how many of the first rows were checked; `failing`: in how many of them the column has an error; `reading`: how these rows are read and why, in sentences; `open`: why the check stops until somebody says how the column is read. */
export interface ColumnSamples { looked: number; failing: number; reading: string[]; open: string | null; samples: ColumnSample[] }

/** What the check makes of some cells of a column: the first ones, an empty one, the longest, one that fails. It is the check itself, over the first rows of the file. */
export async function columnSamples(workspace: Workspace, given: ImportDefinition, file: FileInStore, column: number): Promise<ColumnSamples> {
  const wanted = await wantedObject(workspace, { ...given, match: [], operation: 'insert' })
  const { layout, profiles } = await profilesOf(workspace, file)
  const header = layout.columns[column - 1]
  if (header === undefined) throw new Fault('fix.invalid', `The file has ${layout.columns.length} columns; there is no column ${column}.`, { path: 'column' })
  const raw = rowsToLookAt((await firstRows(workspace, file, sampledRows)).rows)
  const begun = await openingCheck(workspace, wanted, layout, profiles, raw)
  const { check, opening, mapping } = begun
  const all = raw.map((one) => sampleOf(one, check(one), mapping, column - 1))
  const reading = opening.filter(({ target }) => mapping.targets[target]?.column === column - 1).map(readingSentence).filter((sentence) => sentence !== null)
  return { looked: all.length, failing: all.filter(({ error }) => error).length, reading, open: openAt(begun, column - 1, header), samples: chosen(all).map(({ row, before, after, issues }) => ({ row, before, after, issues })) }
}

interface Looked extends ColumnSample { error: boolean }

function sampleOf(raw: RawRow, row: CheckedRow, mapping: Mapping, column: number): Looked {
  const fed = mapping.targets.flatMap((target, position) => (target.column === column || target.nameFrom?.column === column) && target.onlyFor === undefined ? [{ path: target.path, position }] : [])
  const issues = row.issues.filter((issue) => fed.some(({ path }) => path === issue.field))
  return {
    row: raw.row, before: raw.cells[column] ?? null, after: fed.map(({ path, position }) => ({ field: path, value: row.cells[position] ?? null })),
    issues: issues.map(({ message }) => message), error: issues.some(({ severity }) => severity === 'error'),
  }
}

/** The first with each of these, in the order of the rows: an error, a blank, the longest text; then the first different ones. */
function chosen(all: readonly Looked[]): Looked[] {
  const length = ({ before }: Looked): number => before?.trim().length ?? 0
  const longest = all.reduce<Looked | undefined>((most, one) => most === undefined || length(one) > length(most) ? one : most, undefined)
  const picked = new Set([all.find(({ error }) => error), all.find((one) => length(one) === 0), longest].filter((one) => one !== undefined))
  const seen = new Set([...picked].map(({ before }) => before))
  for (const one of all) {
    if (picked.size >= shownCells) break
    if (seen.has(one.before)) continue
    seen.add(one.before)
    picked.add(one)
  }
  return [...picked].sort((a, b) => a.row - b.row)
}
