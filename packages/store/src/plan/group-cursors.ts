import type { GroupRow, KnownRecord } from '@longshore/core'
import { keyColumn } from '../match/key-columns.ts'
import { canonicalInstant, canonicalValue } from '../objects/canonical-value.ts'
import { columnOf } from '../objects/column.ts'
import type { Transaction } from '../postgres/database.ts'
import { quoteIdentifier } from '../postgres/quote.ts'
import { cellSeparator } from '../stage/copy-text.ts'
import { dataAges } from './data-ages.ts'
import { needsCells, needsValues } from './find-groups.ts'
import { keyAt, source, wholeSource } from './narrow-rows.ts'
import { names, type PlanContext } from './plan-context.ts'
import { referenceKey } from './reference-key.ts'

// Lists come as one text and are split here: the driver's reading of an array took longer than the planning.
export interface RowOfGroup { anchor: string; row: string; create_errors: number; cells: string | null; keys: string | null; refs: string; defaulted: string | null }
export interface RecordOfGroup {
  anchor: string; id: string; values: string; keys: string; refs: string
  deleted_by: number | null; created_at: string | null; updated_at: string; as_of: string | null; born_as_of: string | null; fields_as_of: Record<string, string> | null
  unmapped: Record<string, string | null> | null
}

/** Opens a cursor over the rows of `pg_temp.grp`, by group and row number; returns its name. */
export async function openGroupRows(tx: Transaction, plan: PlanContext): Promise<string> {
  const cells = needsCells(plan)
  const keys = plan.rules.keys.map((_, k) => keyAt(k))
  const refs = plan.rules.links.map(({ through }, i) => (through === null ? 'NULL::text' : `to_${i + 1}.record::text`))
  const named = plan.references.map((reference) => `LEFT JOIN pg_temp.${reference.table} to_${reference.slot} ON to_${reference.slot}.key = ${referenceKey(plan, reference)}`)
  await tx.query(`DECLARE group_rows NO SCROLL CURSOR FOR
    SELECT g.anchor, s.row_number AS row, s.create_errors, ${cells ? 's.cells' : 'NULL::text'} AS cells, array_to_string(ARRAY[${keys.join(', ')}]::bigint[], ',', '') AS keys,
      array_to_string(ARRAY[${refs.join(', ')}]::text[], ',', '') AS refs, ${cells ? `array_to_string(s.defaulted, ',')` : 'NULL::text'} AS defaulted
    FROM pg_temp.grp g JOIN ${cells ? wholeSource(plan) : source} ON s.row_number = g.row_number ${named.join('\n')} ORDER BY g.anchor, s.row_number`, [plan.attempt.job])
  return 'group_rows'
}

/** The same over the records that they reach, by group and id. */
export async function openGroupRecords(tx: Transaction, plan: PlanContext): Promise<string> {
  const { table } = names(plan.attempt)
  const object = plan.mapping.object
  const values = plan.mapping.targets.map((target) => {
    const column = target.reference === null && !plan.pendingFields?.has(target.field.name) ? columnOf(target.field) : null
    return column === null || !needsValues(plan) ? 'NULL::text' : canonicalValue(target.field, `o.${quoteIdentifier(column)}`)
  })
  const looksAtBirth = ['oldest', 'newest'].includes(plan.rules.onSeveral) || plan.rules.checks.some(({ fields }) => fields.includes('created_at'))
  const keys = plan.rules.keys.map((key) => (key.rule !== 0 ? `o.${quoteIdentifier(keyColumn({ id: key.rule }))}::text` : 'NULL::text'))
  const refs = plan.rules.links.map(({ field: name, object: into, several }) => (several ? `CASE WHEN o.${quoteIdentifier(`${name}_object`)} = '${into}' THEN o.${quoteIdentifier(name)}::text END` : `o.${quoteIdentifier(name)}::text`))
  await tx.query(`DECLARE group_records NO SCROLL CURSOR FOR
    SELECT h.anchor, o.id::text AS id, array_to_string(ARRAY[${values.join(', ')}]::text[], E'\\x1f', '') AS values, array_to_string(ARRAY[${keys.join(', ')}]::text[], ',', '') AS keys,
      array_to_string(ARRAY[${refs.join(', ')}]::text[], ',', '') AS refs, ${plan.definition.restoreBinned ? 'CASE WHEN o.deleted_at IS NOT NULL THEN coalesce(o.deleted_job, 0) END' : 'NULL::integer'} AS deleted_by, ${looksAtBirth ? canonicalInstant('o.created_at') : 'NULL::text'} AS created_at, ${canonicalInstant('o.updated_at')} AS updated_at,
      ${plan.rules.modifiedAt < 0 ? 'NULL::text' : canonicalInstant('o.as_of')} AS as_of, ${agesOf(plan)}, ${unmappedOf(plan)}
    FROM (SELECT DISTINCT g.anchor, h.record FROM pg_temp.hit h JOIN pg_temp.grp g ON g.row_number = h.row_number) h
    JOIN ${table(object.name)} o ON o.id = h.record ORDER BY h.anchor, o.id`)
  return 'group_records'
}

/** Ages are only looked up where a merge rule asks for them. */
function agesOf(plan: PlanContext): string {
  return plan.rules.targets.some((target) => target.merge === 'if-newer') ? dataAges(plan.attempt, plan.mapping.object.name) : 'NULL::text AS born_as_of, NULL::jsonb AS fields_as_of'
}

/** SQL for the fields that a rule of the object looks at and no column fills. */
function unmappedOf(plan: PlanContext): string {
  const { object, targets } = plan.mapping
  const wanted = [...new Set(plan.rules.checks.flatMap(({ fields }) => fields))].filter((name) => name !== 'created_at' && !targets.some((target) => target.path === name) && !plan.rules.links.some(({ field: linked }) => linked === name))
  const pairs = wanted.flatMap((name) => {
    const one = object.fields.find((each) => each.name === name)
    const column = one ? columnOf(one) : null
    return one && column !== null ? [`'${name}', ${canonicalValue(one, `o.${quoteIdentifier(column)}`)}`] : []
  })
  return `${pairs.length === 0 ? 'NULL::jsonb' : `jsonb_build_object(${pairs.join(', ')})`} AS unmapped`
}

/** How long the lists of a row and a record are. */
export interface Counts { targets: number; keys: number; refs: number }

export function groupRow(row: RowOfGroup, counts: Counts): GroupRow {
  return {
    row: Number(row.row), createErrors: row.create_errors, cells: row.cells === null ? [] : splitList(row.cells, cellSeparator, counts.targets), keys: splitList(row.keys, ',', counts.keys).map(bigint),
    refs: splitList(row.refs, ',', counts.refs).map(bigint), defaulted: row.defaulted ? new Set(row.defaulted.split(',').map(Number)) : null,
  }
}

export function knownRecord(record: RecordOfGroup, counts: Counts): KnownRecord {
  return {
    id: BigInt(record.id), values: splitList(record.values, cellSeparator, counts.targets), keys: splitList(record.keys, ',', counts.keys).map(bigint), refs: splitList(record.refs, ',', counts.refs).map(bigint),
    deletedBy: record.deleted_by, createdAt: record.created_at ?? '', updatedAt: record.updated_at, asOf: record.as_of,
    bornAsOf: record.born_as_of, unmapped: record.unmapped ?? {}, fieldsAsOf: record.fields_as_of ?? {},
  }
}

/** A list that came as one text, empty where null; no canonical value is empty. */
export function splitList(text: string | null, separator: string, length: number): (string | null)[] {
  if (length === 0) return []
  if (text === null) return new Array<string | null>(length).fill(null)
  const parts: (string | null)[] = text.split(separator)
  for (let i = 0; i < parts.length; i++) if (parts[i] === '') parts[i] = null
  return parts
}

function bigint(text: string | null): bigint | null {
  return text === null ? null : BigInt(text)
}
