import { z } from 'zod'
import { closest } from '../issues/closest.ts'
import { Fault } from '../issues/fault.ts'
import type { RowRanges } from '../ports/row-ranges.ts'

/** Cells that one edit may set: what a person pastes, or a corrected report brings. */
export const mostEditedCells = 50_000
const longestValue = 1_048_576

/** Number of a column of the file, from 1. */
const column = z.int().min(1)
const text = z.string().max(longestValue)
const filled = text.refine((one) => one.trim() !== '', { error: 'a text that is not blank' })

const editSchema = z.strictObject({
  kind: z.literal('edit'),
  /** `seen`: what stood there when the person began to type; where something else stands now, the edit is refused. */
  cells: z.array(z.strictObject({ row: z.int().min(1), column, value: text, seen: text.optional() })).min(1).max(mostEditedCells),
})

/**
 * A correction of an import's rows, as data: it says what to do and not what came of it, so that it can be carried out again, and left out
 * again, in any company. Texts are compared without blanks around them.
 */
export const fixSchema = z.discriminatedUnion('kind', [
  /** Cells by hand. */
  editSchema,
  /** Every cell of the column that holds this text gets another. */
  z.strictObject({ kind: z.literal('map-value'), column, from: filled, to: text }),
  z.strictObject({ kind: z.literal('treat-as-empty'), column, value: filled }),
  /** Replaces a part of the column's texts wherever it stands. Letter case counts. */
  z.strictObject({ kind: z.literal('replace'), column, find: text.min(1), with: text }),
  /** The column's cell of each of the rows that the fix is about. */
  z.strictObject({ kind: z.literal('fill'), column, value: text }),
  /** Which comes first in the column's dates. */
  z.strictObject({ kind: z.literal('read-dates'), column, dates: z.enum(['dmy', 'mdy', 'ymd']) }),
  /** The rows that the fix is about end as *excluded*. */
  z.strictObject({ kind: z.literal('leave-out') }),
]).meta({ id: 'Fix' })

export type Fix = z.output<typeof fixSchema>
export type FixKind = Fix['kind']
export const fixKinds = fixSchema.options.map((option) => option.shape.kind.value) as FixKind[]

/** A fix as a job keeps it. Their numbers are the order in which they are carried out. */
export interface StoredFix {
  number: number
  fix: Fix
  /** The rows that it is about, settled when it was made; null for those that a text decides. */
  rows: RowRanges | null
}

/** Whether somebody has to say which rows the fix is about. */
export function isAboutRows(kind: FixKind): boolean {
  return kind === 'fill' || kind === 'leave-out'
}

/** The fix in a document; a Fault `fix.invalid` with its path where it is none. `columns`: how many the file has. */
export function parseFix(document: unknown, columns: number): Fix {
  const parsed = fixSchema.safeParse(document)
  if (!parsed.success) {
    const kind: unknown = typeof document === 'object' && document !== null ? Reflect.get(document, 'kind') : undefined
    const known = fixKinds.find((one) => one === kind)
    if (known === undefined) {
      const nearest = typeof kind === 'string' ? closest(kind, fixKinds) : null
      throw new Fault('fix.invalid', `A fix has a kind: ${fixKinds.join(', ')}. ${nearest === null ? `Found ${JSON.stringify(kind) ?? 'nothing'}.` : `Did you mean "${nearest}"?`}`, { path: 'kind' })
    }
    const [first] = parsed.error.issues
    const path = first?.path.join('.') ?? ''
    throw new Fault('fix.invalid', `${path === '' ? `The fix "${known}"` : `"${path}" of the fix "${known}"`}: ${first?.message ?? 'not valid'}.`, { path })
  }
  const fix = parsed.data
  const beyond = columnsOfFix(fix).find((one) => one > columns)
  if (beyond !== undefined) throw new Fault('fix.invalid', `The file has ${columns} columns; there is no column ${beyond}.`, { path: 'column' })
  return fix
}

/** The columns that a fix changes, from 1; none for one that leaves rows out. */
export function columnsOfFix(fix: Fix): number[] {
  if (fix.kind === 'leave-out') return []
  return fix.kind === 'edit' ? [...new Set(fix.cells.map((cell) => cell.column))] : [fix.column]
}
