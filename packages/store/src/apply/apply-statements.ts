import { referencePath } from '@longshore/core'
import type { Field, RowKey, Target } from '@longshore/core'
import { keyColumn } from '../match/key-columns.ts'
import { columnOf, sqlType } from '../objects/column.ts'
import { names, outcomeNumber, reasonNumber, type PlanContext, type PlannedReference } from '../plan/plan-context.ts'
import { isPlain, plainRecord } from '../plan/plain-rows.ts'
import { referenceJoins } from '../plan/reference-key.ts'
import { quoteIdentifier } from '../postgres/quote.ts'
import { madeByRow } from '../undo/undo-context.ts'
import { stagedCells } from '../stage/copy-text.ts'

/**
 * The statements that apply one chunk, built once per job from the metadata. `$1` job, `$2` first anchor (inclusive), `$3` last
 * (exclusive), `$4` the moment of the job, `$5` the owner of rows that bring none, `$6` the rows of the chunk's groups that stand
 * beyond its range.
 */
export interface ApplyStatements {
  /** One per reference whose missing records are made. */
  related: string[]
  create: string
  /** Plain rows of the chunk's range and the records that they make for their references. */
  plain: string
  update: string
  /** The same for a chunk in which several rows write to one record: the record takes what the last of them leaves. */
  updateChains: string
  /** History of the updates: records that came back from the bin, then what changed. */
  changes: string[]
  /** Moves records to the bin, or takes them away for good. */
  deletes: string[]
  /** Pairs for the queue for review. */
  reviews: string
  outcomes: string
}

export type ApplyContext = PlanContext

/** The chunk's rows of one table: its range of row numbers, and followers of its groups from further down. */
function inChunk(alias: string, kind: ChunkKind): string {
  const range = `${alias}.row_number >= $2 AND ${alias}.row_number < $3`
  return `${alias}.job = $1 AND ${kind !== 'within' ? `(${range} OR ${alias}.row_number = ANY($6::bigint[]))` : `${range} AND $6::bigint[] IS NOT NULL`}`
}

/** Planned rows `p` of the chunk with their staged rows `s` and cells `c`. OFFSET 0 keeps PostgreSQL from splitting the text once per column. */
function stagedRows(apply: ApplyContext, kind: ChunkKind): string {
  const { table } = names(apply.attempt)
  return `${table('_plan')} p JOIN ${table('_staged')} s ON s.row_number = p.row_number AND ${inChunk('s', kind)}
    CROSS JOIN LATERAL (SELECT ${stagedCells('s.cells')} AS cells OFFSET 0) c`
}

/** Plan rows of the chunk: rows in the range that belong to a group of an earlier chunk are left to that one. */
function planInChunk(apply: ApplyContext, kind: ChunkKind): string {
  const waiting = kind === 'reopened' ? ` AND NOT EXISTS (SELECT 1 FROM ${names(apply.attempt).table('_outcome')} done WHERE done.job = p.job AND done.row_number = p.row_number)` : ''
  return `${inChunk('p', kind)} AND (p.anchor IS NULL OR p.anchor >= $2)${waiting}`
}

/**
 * What a chunk may hold besides the rows of its range: `within` nothing, `followers` rows of its groups from further down, `reopened`
 * also rows that were applied before their neighbours were planned again.
 */
export type ChunkKind = 'within' | 'followers' | 'reopened'

export function applyStatements(apply: ApplyContext, kind: ChunkKind): ApplyStatements {
  return {
    related: apply.definition.missingReference === 'create' ? apply.references.map((reference) => relatedStatement(apply, reference, kind)) : [],
    create: createStatement(apply, kind),
    plain: plainStatement(apply, kind),
    update: updateStatement(apply, kind, false),
    updateChains: updateStatement(apply, kind, true),
    changes: [...(apply.definition.restoreBinned ? [restoresStatement(apply, kind)] : []), changesStatement(apply, kind)],
    deletes: apply.rules.operation === 'hard-delete' ? hardDeleteStatements(apply, kind) : [deleteStatement(apply, kind)],
    reviews: reviewsStatement(apply, kind),
    outcomes: outcomesStatement(apply, kind),
  }
}

function relatedStatement(apply: ApplyContext, reference: PlannedReference, kind: ChunkKind): string {
  const { slot } = reference
  return `${relatedInsert(apply, reference, `p.refs[${slot}]`, 'c.cells')}
    FROM ${stagedRows(apply, kind)}
    WHERE ${planInChunk(apply, kind)} AND (p.makes & ${1 << slot}) <> 0 AND $4::timestamptz IS NOT NULL AND $5::integer IS NOT NULL`
}

/** INSERT … SELECT of the records made for a reference, as far as the columns go. `s` has the keys. */
export function relatedInsert(apply: ApplyContext, { target, through }: PlannedReference, id: string, cells: string): string {
  const keys = apply.keys.map((key, k) => ({ key, k })).filter(({ key }) => key.reference === through && key.rule > 0)
  return insertInto(apply, target.name, [
    ['id', id], ...recordColumns(apply, (t) => referencePath(t) === through, cells),
    ...keys.map(({ key, k }): [string, string] => [keyColumn({ id: key.rule }), `s.keys[${k + 1}]`]),
  ])
}

/** The same of the import's own records; `ref` gives the record of a slot. */
function ownInsert(apply: ApplyContext, id: string, cells: string, ref: (slot: number) => string): string {
  const own = apply.rules.keys.map((key, k) => ({ key, k })).filter(({ key }) => isWritten(key))
  const turns = apply.owners.length > 1 ? `(SELECT a.owner FROM ${names(apply.attempt).table('_assigned')} a WHERE a.job = $1 AND a.row_number = ${madeByRow(id)})` : null
  return insertInto(apply, apply.mapping.object.name, [
    ['id', id], ...recordColumns(apply, (t) => t.reference === null, cells, turns),
    ...linkColumns(apply, (i) => (i < apply.references.length ? ref(i + 1) : 'NULL')),
    ...own.map(({ key, k }): [string, string] => [keyColumn({ id: key.rule }), `s.keys[${k + 1}]`]),
  ])
}

/** A key of values is written with its record; the database keeps one of links itself. */
function isWritten({ rule, targets }: RowKey): boolean {
  return rule > 0 && targets.length > 0
}

function insertInto(apply: ApplyContext, object: string, columns: readonly [string, string][]): string {
  return `INSERT INTO ${names(apply.attempt).table(object)} (${columns.map(([name]) => quoteIdentifier(name)).join(', ')})
    SELECT ${columns.map(([, value]) => value).join(', ')}`
}

/**
 * Plain rows with all that they make, in one statement: each row is read and split once, however many records come of it. Its row count is
 * that of the import's own records.
 */
function plainStatement(apply: ApplyContext, kind: ChunkKind): string {
  const { table } = names(apply.attempt)
  const makes = apply.definition.missingReference === 'create' ? apply.references : []
  const waiting = kind === 'reopened' ? ` AND NOT EXISTS (SELECT 1 FROM ${table('_outcome')} done WHERE done.job = $1 AND done.row_number = s.row_number)` : ''
  const refs = apply.references.map(({ slot }) => `, to_${slot}.record AS ref_${slot}, to_${slot}.makes AS makes_${slot}`)
  return `WITH plain AS MATERIALIZED (
      SELECT ${plainRecord('s')} AS record, c.cells, s.keys${refs.join('')}
      FROM ${table('_staged')} s CROSS JOIN LATERAL (SELECT ${stagedCells('s.cells')} AS cells OFFSET 0) c
      ${referenceJoins(apply, 's', ['$2::bigint', '$3::bigint'])}
      WHERE s.job = $1 AND s.row_number >= $2 AND s.row_number < $3 AND ${isPlain(quoteIdentifier(apply.attempt.organization.schema), 's', ['$2', '$3'])}${waiting}
    )${makes.map((reference) => `, made_${reference.slot} AS (
      ${relatedInsert(apply, reference, `s.ref_${reference.slot}`, 's.cells')} FROM plain s WHERE s.makes_${reference.slot})`).join('')}
    ${ownInsert(apply, 's.record', 's.cells', (slot) => `s.ref_${slot}`)}
    FROM plain s WHERE $4::timestamptz IS NOT NULL AND $5::integer IS NOT NULL AND $6::bigint[] IS NOT NULL`
}

function createStatement(apply: ApplyContext, kind: ChunkKind): string {
  return `${ownInsert(apply, 'p.record', 'c.cells', (slot) => `p.refs[${slot}]`)}
    FROM ${stagedRows(apply, kind)}
    WHERE ${planInChunk(apply, kind)} AND p.action IN (${outcomeNumber('created')}, ${outcomeNumber('flagged')})`
}

/** Columns of a new record with the expressions that fill them from the cells of a staged row. */
function recordColumns(apply: ApplyContext, belongs: (target: Target) => boolean, cells: string, turn: string | null = null): [string, string][] {
  const stored = apply.mapping.targets.map((target, i) => ({ target, i })).filter(({ target }) => belongs(target) && columnOf(target.field) !== null)
  const cell = (name: string): string | null => {
    const found = stored.find(({ target }) => target.field.name === name)
    return found ? typedCell(`${cells}[${found.i + 1}]`, found.target.field) : null
  }
  const orElse = (value: string | null, otherwise: string): string => (value === null ? otherwise : `coalesce(${value}, ${otherwise})`)
  const system: [string, string][] = [
    ['created_at', orElse(cell('created_at'), '$4::timestamptz')],
    ['updated_at', orElse(cell('updated_at'), '$4::timestamptz')],
    ['as_of', cell('updated_at') ?? 'NULL::timestamptz'],
    ['owner', `coalesce(${[cell('owner') ?? [], turn ?? [], '$5::integer'].flat().join(', ')})`],
  ]
  return [
    ...system,
    ...stored.filter(({ target }) => !system.some(([name]) => name === target.field.name))
      .map(({ target, i }): [string, string] => [columnOf(target.field) ?? '', typedCell(`${cells}[${i + 1}]`, target.field)]),
  ]
}

/** The columns of reference fields, filled from the record ids by slot (from 0); of those that may lead to several objects also which one. */
function linkColumns({ rules: { links } }: ApplyContext, id: (slot: number) => string): [string, string][] {
  const fields = new Map(links.map(({ field }) => [field, links.flatMap((slot, i) => (slot.field === field ? [{ ...slot, id: id(i) }] : []))]))
  return [...fields].flatMap(([field, ways]): [string, string][] => {
    const ids: [string, string] = [field, ways.length === 1 ? ways[0]?.id ?? 'NULL' : `coalesce(${ways.map((way) => way.id).join(', ')})`]
    if (!ways.some(({ several }) => several)) return [ids]
    return [ids, [`${field}_object`, `CASE ${ways.filter((way) => way.id !== 'NULL').map((way) => `WHEN ${way.id} IS NOT NULL THEN '${way.object}'`).join(' ')} END`]]
  })
}

function typedCell(cell: string, field: Field): string {
  const type = sqlType(field)
  return type === 'text' ? cell : `${cell}::${type}`
}

/**
 * A planned update holds everything that its record has afterwards, so of several rows for one record the last one is written: one
 * statement, however many rows repeat a key. Only the moments are told where they change, and are looked for.
 */
function updateStatement(apply: ApplyContext, kind: ChunkKind, chains: boolean): string {
  const { table } = names(apply.attempt)
  const sets = apply.mapping.targets.flatMap((target, i): [string, string][] => {
    const column = target.reference === null ? columnOf(target.field) : null
    return column === null || column === 'updated_at' ? [] : [[column, typedCell(`p.merged[${i + 1}]`, target.field)]]
  })
  const keys = apply.rules.keys.flatMap((key, k): [string, string][] => (isWritten(key) ? [[keyColumn({ id: key.rule }), `p.keys[${k + 1}]`]] : []))
  const refs = linkColumns(apply, (i) => `p.refs[${i + 1}]`)
  const moment = (name: string): [string, string] => [name, chains
    // a row that stands alone beside chains has its own; of a chain, the last row that tells it
    ? `coalesce((p.after ->> '${name}')::timestamptz, (SELECT q.after ->> '${name}' FROM ${table('_plan')} q WHERE q.job = $1 AND q.anchor = p.anchor AND q.record = p.record AND q.after ? '${name}'
        ORDER BY q.row_number DESC LIMIT 1)::timestamptz, c.${name})`
    : `CASE WHEN p.after ? '${name}' THEN (p.after ->> '${name}')::timestamptz ELSE c.${name} END`]
  const back: [string, string][] = apply.definition.restoreBinned ? [['deleted_at', 'NULL'], ['deleted_job', 'NULL']] : []
  const updates = `${planInChunk(apply, kind)} AND p.action = ${outcomeNumber('updated')}`
  return `UPDATE ${table(apply.mapping.object.name)} c SET ${[...sets, ...refs, ...keys, moment('updated_at'), moment('as_of'), ...back].map(([name, value]) => `${quoteIdentifier(name)} = ${value}`).join(', ')}
    FROM ${chains ? `(SELECT DISTINCT ON (p.record) p.* FROM ${table('_plan')} p WHERE ${updates} ORDER BY p.record, p.row_number DESC) p WHERE` : `${table('_plan')} p WHERE ${updates} AND`}
      c.id = p.record AND $4::timestamptz IS NOT NULL AND $5::integer IS NOT NULL`
}

function changesStatement(apply: ApplyContext, kind: ChunkKind): string {
  const { table } = names(apply.attempt)
  return `INSERT INTO ${table('_change')} (object, record, job, row_number, kind, before, after, at, by, as_of)
    SELECT '${apply.mapping.object.name}', p.record, p.job, p.row_number, 'update', p.before, p.after, $4::timestamptz, $5::integer, ${ageOfRow(apply)}
    FROM ${table('_plan')} p WHERE ${planInChunk(apply, kind)} AND p.action = ${outcomeNumber('updated')}${apply.definition.restoreBinned ? " AND p.before <> '{}'" : ''} ORDER BY p.row_number`
}

function restoresStatement(apply: ApplyContext, kind: ChunkKind): string {
  return `INSERT INTO ${names(apply.attempt).table('_change')} (object, record, job, row_number, kind, at, by)
    SELECT '${apply.mapping.object.name}', p.record, p.job, p.row_number, 'restore', $4::timestamptz, $5::integer FROM ${names(apply.attempt).table('_plan')} p
    WHERE ${planInChunk(apply, kind)} AND p.action = ${outcomeNumber('updated')} AND p.reason = ${reasonNumber('restored')} ORDER BY p.row_number`
}

/** The modified time of a planned row `p`; what a default filled in says nothing of the age of data. */
function ageOfRow(apply: ApplyContext): string {
  const { modifiedAt } = apply.rules
  if (modifiedAt < 0) return 'NULL'
  return `(SELECT CASE WHEN ${modifiedAt} = ANY(coalesce(s.defaulted, '{}')) THEN NULL ELSE (${stagedCells('s.cells')})[${modifiedAt + 1}]::timestamptz END
    FROM ${names(apply.attempt).table('_staged')} s WHERE s.job = p.job AND s.row_number = p.row_number)`
}

/** Time in the bin counts from the moment of deleting: a job may be as old as a plan that rested, and what it deletes is not. */
function deleteStatement(apply: ApplyContext, kind: ChunkKind): string {
  const { table } = names(apply.attempt)
  const object = apply.mapping.object.name
  return `WITH gone AS (UPDATE ${table(object)} o SET deleted_at = now(), deleted_job = $1::integer FROM ${table('_plan')} p
      WHERE ${planInChunk(apply, kind)} AND p.action = ${outcomeNumber('deleted')} AND o.id = p.record AND o.deleted_at IS NULL RETURNING o.id, p.row_number)
    INSERT INTO ${table('_change')} (object, record, job, row_number, kind, at, by) SELECT '${object}', id, $1::integer, row_number, 'delete', $4::timestamptz, $5::integer FROM gone ORDER BY row_number`
}

/** The record's history holds its values, so it goes with it; that there was a record, and who deleted it, stays. */
function hardDeleteStatements(apply: ApplyContext, kind: ChunkKind): string[] {
  const { table } = names(apply.attempt)
  const object = apply.mapping.object.name
  const planned = `SELECT p.record, p.row_number FROM ${table('_plan')} p WHERE ${planInChunk(apply, kind)} AND p.action = ${outcomeNumber('deleted')} AND $4::timestamptz IS NOT NULL AND $5::integer IS NOT NULL`
  return [
    `DELETE FROM ${table('_change')} h USING (${planned}) p WHERE h.object = '${object}' AND h.record = p.record`,
    `DELETE FROM ${table('_review')} r USING (${planned}) p WHERE r.object = '${object}' AND (r.record = p.record OR r.other = p.record)`,
    `WITH gone AS (DELETE FROM ${table(object)} o USING (${planned}) p WHERE o.id = p.record RETURNING o.id, p.row_number)
     INSERT INTO ${table('_change')} (object, record, job, row_number, kind, at, by) SELECT '${object}', id, $1::integer, row_number, 'purge', $4::timestamptz, $5::integer FROM gone ORDER BY row_number`,
  ]
}

/** One pair for each record that a flagged row met. The same two stand in the queue once, whoever finds them again. */
function reviewsStatement(apply: ApplyContext, kind: ChunkKind): string {
  const { table } = names(apply.attempt)
  const criterion = `(ARRAY[${apply.rules.keys.slice(0, apply.rules.criteria).map((key) => `'${key.criterion}'`).join(', ')}]::text[])[(p.rivals ->> 'criterion')::integer + 1]`
  return `INSERT INTO ${table('_review')} (object, record, other, job, row_number, reason, created_at)
    SELECT '${apply.mapping.object.name}', p.record, other.id::bigint, p.job, p.row_number, jsonb_build_object('criterion', ${criterion}), $4::timestamptz
    FROM ${table('_plan')} p CROSS JOIN LATERAL jsonb_array_elements_text(p.rivals -> 'ids') other (id)
    WHERE ${planInChunk(apply, kind)} AND p.action = ${outcomeNumber('flagged')} AND $5::integer IS NOT NULL
    ON CONFLICT DO NOTHING`
}

function outcomesStatement(apply: ApplyContext, kind: ChunkKind): string {
  const { table } = names(apply.attempt)
  return `INSERT INTO ${table('_outcome')} (job, row_number, outcome, reason, record)
    SELECT p.job, p.row_number, p.action, p.reason, p.record FROM ${table('_plan')} p
    WHERE ${planInChunk(apply, kind)} AND $4::timestamptz IS NOT NULL AND $5::integer IS NOT NULL`
}
