import { names, outcomeNumber } from '../plan/plan-context.ts'
import { planInChunk, type ApplyContext, type ChunkKind } from './chunk-rows.ts'

/** Time in the bin counts from the moment of deleting: a job may be as old as a plan that rested, and what it deletes is not. */
export function deleteStatement(apply: ApplyContext, kind: ChunkKind): string {
  const { table } = names(apply.attempt)
  const object = apply.mapping.object.name
  return `WITH gone AS (UPDATE ${table(object)} o SET deleted_at = now(), deleted_job = $1::integer FROM ${table('_plan')} p
      WHERE ${planInChunk(apply, kind)} AND p.action = ${outcomeNumber('deleted')} AND o.id = p.record AND o.deleted_at IS NULL RETURNING o.id, p.row_number)
    INSERT INTO ${table('_change')} (object, record, job, row_number, kind, at, by) SELECT '${object}', id, $1::integer, row_number, 'delete', $4::timestamptz, $5::integer FROM gone ORDER BY row_number`
}

/** The record's history holds its values, so it goes with it; that there was a record, and who deleted it, stays. */
export function hardDeleteStatements(apply: ApplyContext, kind: ChunkKind): string[] {
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
