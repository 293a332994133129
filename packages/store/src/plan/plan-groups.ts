import { groupPlanner } from '@longshore/core'
import type { GroupRow, KnownRecord, PlannedRow } from '@longshore/core'
import { columnOf } from '../objects/column.ts'
import { canonicalInstant, canonicalValue } from '../objects/canonical-value.ts'
import { keyColumn } from '../match/key-columns.ts'
import { copyLines } from '../postgres/copy-lines.ts'
import type { Transaction } from '../postgres/database.ts'
import { quoteIdentifier } from '../postgres/quote.ts'
import { arrayField, bigintArrayField, field, stagedCells } from '../stage/copy-text.ts'
import { needsValues } from './find-groups.ts'
import { severalMatchesLine } from './match-issues.ts'
import { names, outcomeNumber, reasonNumber, type PlanContext } from './plan-context.ts'
import { referenceKey } from './reference-key.ts'
import { referenceGroups, source, wholeSource } from './resolve-references.ts'

/** Rows fetched and planned at a time. */
const fetchRows = 2_000

interface RowOfGroup { anchor: string; row: string; create_errors: number; cells: (string | null)[] | null; keys: (string | null)[] | null; refs: (string | null)[]; defaulted: number[] | null }
interface RecordOfGroup { anchor: string; id: string; values: (string | null)[]; keys: (string | null)[]; refs: (string | null)[]; updated_at: string; as_of: string | null }

/**
 * Plans the rows of `pg_temp.grp` by core's `groupPlanner`, group after group, into `pg_temp.grouped`. Rows come with the records that
 * they reach, both ordered by anchor, and are merged here; memory holds one fetch of each and the records of one group.
 */
export async function planGroups(tx: Transaction, plan: PlanContext): Promise<void> {
  await tx.query(`CREATE TEMPORARY TABLE grouped (row_number bigint PRIMARY KEY, anchor bigint NOT NULL, action smallint NOT NULL, reason smallint NOT NULL,
    record bigint, turn smallint NOT NULL, refs bigint[], after text[], keys bigint[], diff jsonb, bound boolean NOT NULL DEFAULT false) ON COMMIT DROP`)
  const rows = await openRows(tx, plan)
  const records = await openRecords(tx, plan)
  let lines: string[] = []
  let issues: string[] = []
  const flush = async (): Promise<void> => {
    await copyLines(tx, 'COPY pg_temp.grouped (row_number, anchor, action, reason, record, turn, refs, after, keys, diff) FROM STDIN', lines)
    await copyLines(tx, `COPY ${names(plan.attempt).table('_issue')} FROM STDIN`, issues)
    lines = []
    issues = []
  }
  let anchor: string | null = null
  let planRow = groupPlanner(plan.rules, [])
  for (;;) {
    const item = await rows.next()
    if (item === null) break
    if (item.anchor !== anchor) {
      anchor = item.anchor
      planRow = groupPlanner(plan.rules, (await records.take(anchor)).map(knownRecord))
    }
    const row = groupRow(item)
    const planned = planRow(row)
    lines.push(plannedLine(anchor, planned))
    if (planned.rivals) issues.push(severalMatchesLine(plan, planned, row.cells))
    if (lines.length >= fetchRows) await flush()
  }
  await flush()
  await tx.query('CLOSE group_rows; CLOSE group_records')
  // only rows that write to one record one after the other have to stay in one chunk; whoever is skipped or alone needs no anchor
  await tx.query(`UPDATE pg_temp.grouped SET bound = true WHERE action IN (${outcomeNumber('created')}, ${outcomeNumber('updated')})
    AND anchor IN (SELECT anchor FROM pg_temp.grouped WHERE turn > 0)`)
  await tx.query('ANALYZE pg_temp.grouped')
}

async function openRows(tx: Transaction, plan: PlanContext) {
  const values = needsValues(plan)
  const own = plan.rules.keys.length
  const refs = plan.references.map((reference) => `(SELECT r.record::text FROM pg_temp.${reference.table} r WHERE r.key = ${referenceKey(plan, reference)})`)
  for (const [{ table = '' } = {}] of referenceGroups(plan)) await tx.query(`CREATE INDEX ON pg_temp.${table} (key)`)
  await tx.query(`DECLARE group_rows NO SCROLL CURSOR FOR
    SELECT g.anchor, s.row_number AS row, s.create_errors, ${values ? stagedCells('s.cells') : 'NULL::text[]'} AS cells, s.keys[1:${own}]::text[] AS keys,
      ARRAY[${refs.join(', ')}]::text[] AS refs, ${values ? 's.defaulted' : 'NULL::smallint[] AS defaulted'}
    FROM pg_temp.grp g JOIN ${values ? wholeSource(plan) : source} ON s.row_number = g.row_number ORDER BY g.anchor, s.row_number`, [plan.attempt.job])
  return groupReader<RowOfGroup>(tx, 'group_rows')
}

async function openRecords(tx: Transaction, plan: PlanContext) {
  const { table } = names(plan.attempt)
  const object = plan.mapping.object
  const values = plan.mapping.targets.map((target) => {
    const column = target.reference === null ? columnOf(target.field) : null
    return column === null || !needsValues(plan) ? 'NULL::text' : canonicalValue(target.field, `o.${quoteIdentifier(column)}`)
  })
  const keys = plan.rules.keys.map((key) => (key.rule > 0 ? `o.${quoteIdentifier(keyColumn({ id: key.rule }))}::text` : 'NULL::text'))
  const refs = plan.references.map(({ field: reference }) => `o.${quoteIdentifier(reference.name)}::text`)
  await tx.query(`DECLARE group_records NO SCROLL CURSOR FOR
    SELECT h.anchor, o.id::text AS id, ARRAY[${values.join(', ')}]::text[] AS values, ARRAY[${keys.join(', ')}]::text[] AS keys,
      ARRAY[${refs.join(', ')}]::text[] AS refs, ${canonicalInstant('o.updated_at')} AS updated_at, ${canonicalInstant('o.as_of')} AS as_of
    FROM (SELECT DISTINCT g.anchor, h.record FROM pg_temp.hit h JOIN pg_temp.grp g ON g.row_number = h.row_number) h
    JOIN ${table(object.name)} o ON o.id = h.record ORDER BY h.anchor, o.id`)
  return groupReader<RecordOfGroup>(tx, 'group_records')
}

/** Reads a cursor ordered by anchor. */
function groupReader<Item extends { anchor: string }>(tx: Transaction, cursor: string) {
  let buffer: Item[] = []
  let at = 0
  let ended = false
  const peek = async (): Promise<Item | null> => {
    if (at === buffer.length && !ended) {
      buffer = (await tx.query<Item>(`FETCH ${fetchRows} FROM ${cursor}`)).rows
      at = 0
      ended = buffer.length < fetchRows
    }
    return buffer[at] ?? null
  }
  return {
    async next(): Promise<Item | null> {
      const item = await peek()
      if (item !== null) at++
      return item
    },
    /** Everything of `anchor`; the cursor holds no anchor that the other one skips. */
    async take(anchor: string): Promise<Item[]> {
      const items: Item[] = []
      for (let item = await peek(); item !== null && item.anchor === anchor; item = await peek()) { items.push(item); at++ }
      return items
    },
  }
}

function groupRow(row: RowOfGroup): GroupRow {
  return {
    row: Number(row.row), createErrors: row.create_errors, cells: row.cells ?? [], keys: (row.keys ?? []).map(bigint), refs: row.refs.map(bigint),
    defaulted: row.defaulted && row.defaulted.length > 0 ? new Set(row.defaulted) : null,
  }
}

function knownRecord(record: RecordOfGroup): KnownRecord {
  return { id: BigInt(record.id), values: record.values, keys: record.keys.map(bigint), refs: record.refs.map(bigint), updatedAt: record.updated_at, asOf: record.as_of }
}

function bigint(text: string | null): bigint | null {
  return text === null ? null : BigInt(text)
}

function plannedLine(anchor: string, row: PlannedRow): string {
  return `${row.row}\t${anchor}\t${outcomeNumber(row.action)}\t${reasonNumber(row.reason)}\t${row.record ?? '\\N'}\t${row.turn}\t${bigintArrayField(row.refs)}\t${
    arrayField(row.after)}\t${bigintArrayField(row.keys)}\t${row.diff === null ? '\\N' : field(JSON.stringify(row.diff))}\n`
}
