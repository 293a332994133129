import type { MergedTarget, RowKey } from '@longshore/core'
import { recordIdRule } from '@longshore/core'
import { keyColumn } from '../match/key-columns.ts'
import { canonicalInstant } from '../objects/canonical-value.ts'
import { columnOf } from '../objects/column.ts'
import type { Transaction } from '../postgres/database.ts'
import { quoteIdentifier, quoteLiteral } from '../postgres/quote.ts'
import { stagedCells } from '../stage/copy-text.ts'
import { changeMark, markedTargets } from './change-mark.ts'
import { mergeSql, type MergeSql, type MergedField } from './merge-sql.ts'

// A lone update meets exactly one record, which no other row meets. What it leaves there follows from its staged row and the record, so its
// plan keeps only which record that is, and a mark of what changes (docs/decisions/0037). Whoever wants the values has them merged here.

/** What a lone row leaves of its record, as SQL over a staged row `s`, a record `o` and `layers`. */
export interface LoneMerge {
  /** Joined after `s` and `o`. */
  layers: string
  fields: MergedField[]
  /** Whether anything changes. */
  changes: string
  /** What the record holds afterwards: values by target position, and keys by position. */
  merged: string
  keys: string[]
  /** The fields that change as history keeps them, jsonb. */
  before: string
  after: string
  /** See `changeMark`. */
  mark: string
  /** Whether only core can plan the row: a text would grow too long, or a key is made of parts of both. */
  forCore: string
}

/** Null where a mapping has a step that only core carries out. `moment`: of the job, canonical. */
export function loneMerge({ targets, keys, effectiveAt: moment }: { targets: readonly MergedTarget[]; keys: readonly RowKey[]; effectiveAt: string }): LoneMerge | null {
  const merge = mergeSql(targets)
  const own = merge && keysAfterwards(merge, keys)
  if (!merge || !own) return null
  const merged = `ARRAY[${targets.map((_, at) => merge.fields.find((field) => field.at === at)?.merged ?? 'NULL').join(', ')}]::text[]`
  const at = quoteLiteral(moment)
  return {
    layers: [`CROSS JOIN LATERAL (SELECT ${stagedCells('s.cells')} AS cells OFFSET 0) c`, ...merge.layers].join('\n'),
    fields: merge.fields, changes: merge.fields.map(({ changed }) => changed).join(' OR ') || 'false',
    merged, keys: own.map(({ after }) => after), mark: loneMark(targets, merge),
    before: changedFields(merge, 'old', at, canonicalInstant('o.updated_at')), after: changedFields(merge, 'incoming', at, at),
    forCore: [`(${merge.tooLong})`, ...own.map(({ mixed }) => `(${mixed})`)].join(' OR '),
  }
}

/** The mark of a row whose values are not kept. It changes no link: a job that may has no lone rows. */
function loneMark(targets: readonly MergedTarget[], { fields }: MergeSql): string {
  return changeMark(markedTargets(targets).flatMap((at) => fields.filter((field) => field.at === at)).map(({ changed, old, incoming }) => ({ from: `CASE WHEN ${changed} THEN ${old} END`, to: `CASE WHEN ${changed} THEN ${incoming} END` })))
}

/** One side of the fields that change. The moment stays where it is that of the job already. */
function changedFields(merge: MergeSql, side: 'old' | 'incoming', at: string, moment: string): string {
  return `jsonb_object(CASE WHEN o.updated_at <> ${at}::timestamptz THEN ARRAY['updated_at', ${moment}] ELSE '{}'::text[] END${
    merge.fields.map((field) => ` || CASE WHEN ${field.changed} THEN ARRAY[${quoteLiteral(field.name)}, ${field[side]}] END`).join('')})`
}

/**
 * Keys of the record afterwards, as SQL: its own where nothing that they are made of changed, and the row's where all of it is the row's. `mixed`:
 * whether it is neither; only core can hash such a key. Null: so it is for every row.
 */
function keysAfterwards(merge: MergeSql, keys: readonly RowKey[]): { after: string; mixed: string }[] | null {
  const afterwards: { after: string; mixed: string }[] = []
  for (const [k, key] of keys.entries()) {
    if (key.rule === recordIdRule) { afterwards.push({ after: 'o.id', mixed: 'false' }); continue }
    const parts = partsOf(merge, key)
    if (parts === null) return null
    const changed = parts.map((part) => part.changed).join(' OR ')
    const own = key.rule > 0 ? `o.${quoteIdentifier(keyColumn({ id: key.rule }))}` : 'NULL::bigint'
    afterwards.push({
      after: `CASE WHEN ${changed} THEN s.keys[${k + 1}] ELSE ${own} END`,
      mixed: `(${changed}) AND (${parts.map(({ at, merged }) => `c.cells[${at + 1}] IS DISTINCT FROM ${merged}`).join(' OR ')})`,
    })
  }
  return afterwards
}

function partsOf(merge: MergeSql, { targets }: RowKey): MergedField[] | null {
  const parts = targets.flatMap((at) => merge.fields.find((field) => field.at === at) ?? [])
  return parts.length === targets.length && parts.length > 0 ? parts : null
}

/** What looking at a plan needs to know of its job. */
export interface PlanLook { job: number; object: string; targets: readonly MergedTarget[]; effectiveAt: string }

/**
 * SQL, joined laterally to a planned row `p`: before, after and merged as `w`. Those of a lone row are worked out from what its record holds
 * now, or read from its history once it is applied.
 */
export async function plannedValues(tx: Transaction, schema: string, look: PlanLook): Promise<string> {
  const { object, targets, effectiveAt } = look
  const kept = 'SELECT p.before, p.after, p.merged WHERE p.mark IS NULL'
  const lone = loneMerge({ targets, keys: [], effectiveAt })
  const values = lone === null || !await hasColumns(tx, schema, look) ? '' : `
    UNION ALL SELECT h.before, h.after, NULL FROM ${schema}._change h WHERE p.mark IS NOT NULL AND h.job = p.job AND h.row_number = p.row_number AND h.kind = 'update'
    UNION ALL SELECT ${lone.before}, ${lone.after}, ${lone.merged} FROM ${schema}._staged s JOIN ${schema}.${quoteIdentifier(object)} o ON o.id = p.record ${lone.layers}
      WHERE p.mark IS NOT NULL AND s.job = p.job AND s.row_number = p.row_number`
  return `LEFT JOIN LATERAL (${kept}${values} LIMIT 1) w ON true`
}

/** Fields that an import makes itself have no column before it is applied; then it has no lone rows either. */
async function hasColumns(tx: Transaction, schema: string, { object, targets }: PlanLook): Promise<boolean> {
  const { rows } = await tx.query<{ name: string }>('SELECT attname AS name FROM pg_catalog.pg_attribute WHERE attrelid = $1::regclass AND NOT attisdropped', [`${schema}.${quoteIdentifier(object)}`])
  const there = new Set(rows.map(({ name }) => name))
  return targets.every(({ reference, field }) => reference !== null || there.has(columnOf(field) ?? 'id'))
}
