import { referencePath } from '@longshore/core'
import type { Target } from '@longshore/core'
import { keyColumn } from '../match/key-columns.ts'
import { columnOf } from '../objects/column.ts'
import { names, outcomeNumber, type PlannedReference } from '../plan/plan-context.ts'
import { isPlain, plainRecord } from '../plan/plain-rows.ts'
import { referenceJoins } from '../plan/reference-key.ts'
import { quoteIdentifier } from '../postgres/quote.ts'
import { stagedCells } from '../stage/copy-text.ts'
import { madeByRow } from '../undo/undo-context.ts'
import { planInChunk, stagedRows, type ApplyContext, type ChunkKind } from './chunk-rows.ts'
import { isWritten, linkColumns, typedCell } from './record-columns.ts'

/** The records that planned rows of the chunk make for a reference. */
export function relatedStatement(apply: ApplyContext, reference: PlannedReference, kind: ChunkKind): string {
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

function insertInto(apply: ApplyContext, object: string, columns: readonly [string, string][]): string {
  return `INSERT INTO ${names(apply.attempt).table(object)} (${columns.map(([name]) => quoteIdentifier(name)).join(', ')})
    SELECT ${columns.map(([, value]) => value).join(', ')}`
}

/**
 * Plain rows with all that they make, in one statement: each row is read and split once, however many records come of it. Its row count is
 * that of the import's own records.
 */
export function plainStatement(apply: ApplyContext, kind: ChunkKind): string {
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

export function createStatement(apply: ApplyContext, kind: ChunkKind): string {
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
