import { groupPlanner } from '@longshore/core'
import type { GroupRow, KnownRecord, PlannedRow } from '@longshore/core'
import { columnOf } from '../objects/column.ts'
import { canonicalInstant, canonicalValue } from '../objects/canonical-value.ts'
import { keyColumn } from '../match/key-columns.ts'
import { copyLines } from '../postgres/copy-lines.ts'
import type { Transaction } from '../postgres/database.ts'
import { quoteIdentifier } from '../postgres/quote.ts'
import { arrayField, bigintArrayField, cellSeparator, field } from '../stage/copy-text.ts'
import { needsCells, needsValues } from './find-groups.ts'
import { clearGroupIssues, groupIssueLines } from './match-issues.ts'
import { names, outcomeNumber, reasonNumber, type PlanContext } from './plan-context.ts'
import { referenceKey } from './reference-key.ts'
import { keyAt, source, wholeSource } from './narrow-rows.ts'

/** Rows fetched and planned at a time. */
const fetchRows = 2_000

// Lists come as one text and are split here: the driver's reading of an array took longer than the planning.
interface RowOfGroup { anchor: string; row: string; create_errors: number; cells: string | null; keys: string | null; refs: string; defaulted: string | null }
interface RecordOfGroup {
  anchor: string; id: string; values: string; keys: string; refs: string
  deleted_by: number | null; created_at: string | null; updated_at: string; as_of: string | null; born_as_of: string | null; fields_as_of: Record<string, string> | null
  unmapped: Record<string, string | null> | null
}

/**
 * Plans the rows of `pg_temp.grp` by core's `groupPlanner`, group after group, into `pg_temp.grouped`. Rows come with the records that
 * they reach, both ordered by anchor, and are merged here; memory holds one fetch of each and the records of one group.
 */
export async function planGroups(tx: Transaction, plan: PlanContext): Promise<void> {
  await tx.query(`CREATE TEMPORARY TABLE grouped (row_number bigint PRIMARY KEY, anchor bigint NOT NULL, action smallint NOT NULL, reason smallint NOT NULL,
    record bigint, turn smallint NOT NULL, refs bigint[], merged text[], keys bigint[], before jsonb, after jsonb, rivals jsonb, bound boolean NOT NULL DEFAULT false) ON COMMIT DROP`)
  await clearGroupIssues(tx, plan)
  const inTurn = oneAfterTheOther()
  const rowCursor = await openRows(tx, plan)
  const recordCursor = await openRecords(tx, plan)
  const rows = groupReader<RowOfGroup>(tx, rowCursor, inTurn)
  const records = groupReader<RecordOfGroup>(tx, recordCursor, inTurn)
  let lines: string[] = []
  let issues: string[] = []
  const flush = async (): Promise<void> => {
    await inTurn(() => copyLines(tx, 'COPY pg_temp.grouped (row_number, anchor, action, reason, record, turn, refs, merged, keys, before, after, rivals) FROM STDIN', lines))
    await inTurn(() => copyLines(tx, `COPY ${names(plan.attempt).table('_issue')} FROM STDIN`, issues))
    lines = []
    issues = []
  }
  let anchor: string | null = null
  const counts = { targets: plan.rules.targets.length, keys: plan.rules.keys.length, refs: plan.rules.links.length }
  let planRow = groupPlanner(plan.rules, [])
  for (;;) {
    const item = await rows.next()
    if (item === null) break
    if (item.anchor !== anchor) {
      anchor = item.anchor
      planRow = groupPlanner(plan.rules, (await records.take(anchor)).map((record) => knownRecord(record, counts)))
    }
    const row = groupRow(item, counts)
    const planned = planRow(row)
    lines.push(plannedLine(anchor, planned))
    issues.push(...groupIssueLines(plan, planned, row.cells))
    if (lines.length >= fetchRows) await flush()
  }
  await flush()
  await inTurn(() => tx.query('CLOSE group_rows; CLOSE group_records'))
  // only rows that write to one record one after the other have to stay in one chunk; whoever is skipped or alone needs no anchor
  await tx.query(`UPDATE pg_temp.grouped SET bound = true WHERE action IN (${outcomeNumber('created')}, ${outcomeNumber('flagged')}, ${outcomeNumber('updated')})
    AND anchor IN (SELECT anchor FROM pg_temp.grouped WHERE turn > 0)`)
  await tx.query('ANALYZE pg_temp.grouped (row_number, anchor, action, record)') // of lists and JSON it would take statistics for more than a second
}

async function openRows(tx: Transaction, plan: PlanContext): Promise<string> {
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

async function openRecords(tx: Transaction, plan: PlanContext): Promise<string> {
  const { table } = names(plan.attempt)
  const object = plan.mapping.object
  const values = plan.mapping.targets.map((target) => {
    const column = target.reference === null && !plan.pendingFields?.has(target.field.name) ? columnOf(target.field) : null
    return column === null || !needsValues(plan) ? 'NULL::text' : canonicalValue(target.field, `o.${quoteIdentifier(column)}`)
  })
  const looksAtBirth = ['oldest', 'newest'].includes(plan.rules.onSeveral) || plan.rules.checks.some(({ fields }) => fields.includes('created_at'))
  const keys = plan.rules.keys.map((key) => (key.rule > 0 ? `o.${quoteIdentifier(keyColumn({ id: key.rule }))}::text` : 'NULL::text'))
  const refs = plan.rules.links.map(({ field: name, object: into, several }) => (several ? `CASE WHEN o.${quoteIdentifier(`${name}_object`)} = '${into}' THEN o.${quoteIdentifier(name)}::text END` : `o.${quoteIdentifier(name)}::text`))
  await tx.query(`DECLARE group_records NO SCROLL CURSOR FOR
    SELECT h.anchor, o.id::text AS id, array_to_string(ARRAY[${values.join(', ')}]::text[], E'\\x1f', '') AS values, array_to_string(ARRAY[${keys.join(', ')}]::text[], ',', '') AS keys,
      array_to_string(ARRAY[${refs.join(', ')}]::text[], ',', '') AS refs, ${plan.definition.restoreBinned ? 'CASE WHEN o.deleted_at IS NOT NULL THEN coalesce(o.deleted_job, 0) END' : 'NULL::integer'} AS deleted_by, ${looksAtBirth ? canonicalInstant('o.created_at') : 'NULL::text'} AS created_at, ${canonicalInstant('o.updated_at')} AS updated_at,
      ${plan.rules.modifiedAt < 0 ? 'NULL::text' : canonicalInstant('o.as_of')} AS as_of, ${agesOf(plan)}, ${unmappedOf(plan)}
    FROM (SELECT DISTINCT g.anchor, h.record FROM pg_temp.hit h JOIN pg_temp.grp g ON g.row_number = h.row_number) h
    JOIN ${table(object.name)} o ON o.id = h.record ORDER BY h.anchor, o.id`)
  return 'group_records'
}

/**
 * SQL for the age of a record's data field by field: of each field the age that its last change brought, of all others the age that the
 * record was made with. What an undo took back counts as if it had not been. Only looked up where a merge rule asks for it.
 */
function agesOf(plan: PlanContext): string {
  const asOf = canonicalInstant('o.as_of')
  if (!plan.rules.targets.some((target) => target.merge === 'if-newer')) return 'NULL::text AS born_as_of, NULL::jsonb AS fields_as_of'
  const stands = `h.object = '${plan.mapping.object.name}' AND h.record = o.id AND h.kind = 'update' AND NOT EXISTS (
    SELECT 1 FROM longshore.job j WHERE j.organization = ${plan.attempt.organization.id} AND j.number = h.job AND (j.state IN ('undone', 'undoing') OR j.undoes IS NOT NULL))`
  const history = names(plan.attempt).table('_change')
  return `coalesce((SELECT ${canonicalInstant("(h.before ->> 'as_of')::timestamptz")} FROM ${history} h WHERE ${stands} AND h.before ? 'as_of' ORDER BY h.id LIMIT 1),
      CASE WHEN NOT EXISTS (SELECT 1 FROM ${history} h WHERE ${stands} AND h.before ? 'as_of') THEN ${asOf} END) AS born_as_of,
    (SELECT jsonb_object_agg(f.name, f.as_of) FROM (SELECT DISTINCT ON (name) name, ${canonicalInstant('h.as_of')} AS as_of
      FROM ${history} h CROSS JOIN LATERAL jsonb_object_keys(h.after) name WHERE ${stands} AND h.as_of IS NOT NULL ORDER BY name, h.id DESC) f) AS fields_as_of`
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

type InTurn = <T>(statement: () => Promise<T>) => Promise<T>

/** A connection takes one statement at a time: each is sent when the one before has its answer. */
function oneAfterTheOther(): InTurn {
  let last: Promise<unknown> = Promise.resolve()
  return (statement) => {
    const next = last.then(statement)
    last = next.catch(() => undefined)
    return next
  }
}

/** Reads a cursor ordered by anchor. */
function groupReader<Item extends { anchor: string }>(tx: Transaction, cursor: string, inTurn: InTurn) {
  let buffer: Item[] = []
  let at = 0
  let ended = false
  // one fetch ahead: PostgreSQL looks for the next rows while these are planned
  const fetch = (): Promise<Item[]> => {
    const fetched = inTurn(() => tx.query<Item>(`FETCH ${fetchRows} FROM ${cursor}`)).then(({ rows }) => rows)
    fetched.catch(() => undefined) // whoever waits for it hears of it
    return fetched
  }
  let ahead: Promise<Item[]> | null = fetch()
  const peek = async (): Promise<Item | null> => {
    if (at === buffer.length && !ended) {
      buffer = await (ahead ?? fetch())
      at = 0
      ended = buffer.length < fetchRows
      ahead = ended ? null : fetch()
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

interface Counts { targets: number; keys: number; refs: number }

function groupRow(row: RowOfGroup, counts: Counts): GroupRow {
  return {
    row: Number(row.row), createErrors: row.create_errors, cells: row.cells === null ? [] : split(row.cells, cellSeparator, counts.targets), keys: split(row.keys, ',', counts.keys).map(bigint),
    refs: split(row.refs, ',', counts.refs).map(bigint), defaulted: row.defaulted ? new Set(row.defaulted.split(',').map(Number)) : null,
  }
}

function knownRecord(record: RecordOfGroup, counts: Counts): KnownRecord {
  return {
    id: BigInt(record.id), values: split(record.values, cellSeparator, counts.targets), keys: split(record.keys, ',', counts.keys).map(bigint), refs: split(record.refs, ',', counts.refs).map(bigint),
    deletedBy: record.deleted_by, createdAt: record.created_at ?? '', updatedAt: record.updated_at, asOf: record.as_of,
    bornAsOf: record.born_as_of, unmapped: record.unmapped ?? {}, fieldsAsOf: record.fields_as_of ?? {},
  }
}

/** A list that came as one text, empty where null; no canonical value is empty. */
function split(text: string | null, separator: string, length: number): (string | null)[] {
  if (length === 0) return []
  if (text === null) return new Array<string | null>(length).fill(null)
  const parts: (string | null)[] = text.split(separator)
  for (let i = 0; i < parts.length; i++) if (parts[i] === '') parts[i] = null
  return parts
}

function bigint(text: string | null): bigint | null {
  return text === null ? null : BigInt(text)
}

function plannedLine(anchor: string, row: PlannedRow): string {
  return `${row.row}\t${anchor}\t${outcomeNumber(row.action)}\t${reasonNumber(row.reason)}\t${row.record ?? '\\N'}\t${row.turn}\t${bigintArrayField(row.refs)}\t${
    arrayField(row.after)}\t${bigintArrayField(row.keys)}\t${side(row.diff, 'from')}\t${side(row.diff, 'to')}\t${
    row.action === 'flagged' && row.rivals ? field(JSON.stringify({ criterion: row.rivals.criterion, ids: row.rivals.ids.map(String) })) : '\\N'}\n`
}

/** One side of what an update changes, as history keeps it. */
function side(diff: PlannedRow['diff'], of: 'from' | 'to'): string {
  if (diff === null) return '\\N'
  return field(`{${Object.entries(diff).map(([name, values]) => `${JSON.stringify(name)}:${JSON.stringify(values[of])}`).join(',')}}`)
}
