import { assumingCheck, fileContext, questionSentence } from '@longshore/core'
import type { ColumnProfile, Mapping, RawRow, SourceLayout } from '@longshore/core'
import type { Workspace } from '../../open-workspace.ts'
import { momentOfJob } from './create-import.ts'
import { settleCheck } from './settle-check.ts'
import { settleMapping } from './settle-mapping.ts'
import type { Wanted } from './settle-mapping.ts'

/** The check of an import over the first rows of its file: what it makes of a row, and what these rows show of how each column is read. */
export interface OpeningCheck extends Pick<ReturnType<typeof assumingCheck>, 'check' | 'opening'> { mapping: Mapping }

/** Characters that are looked at here, beside what others ask: a stranger's rows of 16 million took 15 s. */
const mostCharacters = 512 * 1024

/** The rows that fit, in their order; the check of the whole file, which has a process of its own, takes all. */
export function rowsToLookAt(rows: readonly RawRow[]): RawRow[] {
  let left = mostCharacters
  return rows.filter(({ cells }) => {
    const length = cells.reduce((sum, cell) => sum + (cell?.length ?? 0), 0)
    if (length > left) return false
    left -= length
    return true
  })
}

/** Matching decides nothing about a cell, and a criterion that cannot be served yet is no reason to show nothing: the definition is to ask for none. */
export async function openingCheck(workspace: Workspace, wanted: Wanted, layout: SourceLayout, profiles: readonly ColumnProfile[], rows: RawRow[]): Promise<OpeningCheck> {
  const { catalog, object, definition, mapping, keys } = await settleMapping(workspace, wanted, layout.columns, profiles)
  const { settings } = await settleCheck(workspace, { catalog, object, definition }, layout, momentOfJob())
  return { mapping, ...assumingCheck({ catalog, definition, mapping, keys, settings }, fileContext(layout, settings), [rows]) }
}

/** Why the check stops at a column (from 0) until somebody says how it is read; null: these rows give no reason to. */
export function openAt({ mapping, opening }: OpeningCheck, column: number, header: string): string | null {
  const [open = null] = opening.flatMap(({ target, question }) => (mapping.targets[target]?.column !== column || question === null ? [] : [questionSentence(header, question)]))
  return open
}
