import { names, type PlanContext } from '../plan/plan-context.ts'
import { stagedCells } from '../stage/copy-text.ts'

/** Everything that applying a plan needs to know is what planning it needed. */
export type ApplyContext = PlanContext

/**
 * What a chunk may hold besides the rows of its range: `within` nothing, `followers` rows of its groups from further down, `reopened`
 * also rows that were applied before their neighbours were planned again.
 */
export type ChunkKind = 'within' | 'followers' | 'reopened'

/** The chunk's rows of one table: its range of row numbers, and followers of its groups from further down. */
export function inChunk(alias: string, kind: ChunkKind): string {
  const range = `${alias}.row_number >= $2 AND ${alias}.row_number < $3`
  return `${alias}.job = $1 AND ${kind !== 'within' ? `(${range} OR ${alias}.row_number = ANY($6::bigint[]))` : `${range} AND $6::bigint[] IS NOT NULL`}`
}

/** Planned rows `p` of the chunk with their staged rows `s` and cells `c`. OFFSET 0 keeps PostgreSQL from splitting the text once per column. */
export function stagedRows(apply: ApplyContext, kind: ChunkKind): string {
  const { table } = names(apply.attempt)
  return `${table('_plan')} p JOIN ${table('_staged')} s ON s.row_number = p.row_number AND ${inChunk('s', kind)}
    CROSS JOIN LATERAL (SELECT ${stagedCells('s.cells')} AS cells OFFSET 0) c`
}

/** Plan rows of the chunk: rows in the range that belong to a group of an earlier chunk are left to that one. */
export function planInChunk(apply: ApplyContext, kind: ChunkKind): string {
  const waiting = kind === 'reopened' ? ` AND NOT EXISTS (SELECT 1 FROM ${names(apply.attempt).table('_outcome')} done WHERE done.job = p.job AND done.row_number = p.row_number)` : ''
  return `${inChunk('p', kind)} AND (p.anchor IS NULL OR p.anchor >= $2)${waiting}`
}
