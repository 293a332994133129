import type { SelectedPath, Selection } from '@longshore/core'
import { sqlType } from '../objects/column.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'
import { canonicalRows } from '../select/canonical-rows.ts'
import { countStatement, pageStatement, type SelectStatement } from '../select/select-statement.ts'

/** Where a page ends: the sort's value of its last record (null: none) and its id. */
export interface RecordCursor { value: string | null; id: string }

export interface RecordOrder { path: SelectedPath; descending: boolean }

/** One record of a list: its id, and the values of the selection's columns. */
export interface ListedRecord { id: string; values: (string | null)[] }

/** Counting stops here: nobody reads further, and a table of millions would be read for each page. */
const countedAtMost = 10_000

/** A page of the selection in the order asked for, then by id; records without a value come last. `end`: where it ends, null when it is the last. */
export async function listRecords(tx: Transaction, organization: Organization, selection: Selection, { order, after, limit }: { order: RecordOrder; after: RecordCursor | null; limit: number }): Promise<{ records: ListedRecord[]; end: RecordCursor | null }> {
  const statement = pageStatement(organization, selection, { ...order, type: typeOf(order.path) }, after, limit + 1)
  const { rows } = await tx.query<{ id: string; sorted: string | null; cells: (string | null)[] }>(statement.text, statement.values)
  const page = rows.slice(0, limit)
  const cells = page.map((row) => row.cells)
  canonicalRows(selection)(cells)
  const last = page.at(-1)
  return { records: page.map(({ id }, i) => ({ id, values: cells[i] ?? [] })), end: rows.length > limit && last ? { value: last.sorted, id: last.id } : null }
}

/** What counts the records of a selection: the same for selections that have the same records. */
export function recordsToCount(organization: Organization, selection: Selection): SelectStatement {
  return countStatement(organization, selection, countedAtMost + 1)
}

/** How many records there are; `exact` is false where there are more than are counted. */
export async function countRecords(tx: Transaction, statement: SelectStatement): Promise<{ records: number; exact: boolean }> {
  const { rows: [row] } = await tx.query<{ count: string }>(statement.text, statement.values)
  const found = Number(row?.count ?? 0)
  return { records: Math.min(found, countedAtMost), exact: found <= countedAtMost }
}

function typeOf({ value }: SelectedPath): string {
  return value.kind === 'field' ? (value.field.kind === 'owner' ? 'text' : sqlType(value.field)) : value.kind === 'id' ? 'bigint' : 'text'
}
