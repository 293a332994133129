import { names, outcomeNumber } from '../plan/plan-context.ts'
import { planInChunk, type ApplyContext, type ChunkKind } from './chunk-rows.ts'
import { deleteStatement, hardDeleteStatements } from './delete-statements.ts'
import { loneUpdates } from './lone-updates.ts'
import { createStatement, plainStatement, relatedStatement } from './insert-statements.ts'
import { changesStatement, restoresStatement, updateStatement } from './update-statements.ts'

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
  /** Lone updates and their history; null where no row can be one. */
  lone: string | null
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

export function applyStatements(apply: ApplyContext, kind: ChunkKind): ApplyStatements {
  return {
    related: apply.definition.missingReference === 'create' ? apply.references.map((reference) => relatedStatement(apply, reference, kind)) : [],
    create: createStatement(apply, kind),
    plain: plainStatement(apply, kind),
    lone: loneUpdates(apply, kind),
    update: updateStatement(apply, kind, false),
    updateChains: updateStatement(apply, kind, true),
    changes: [...(apply.definition.restoreBinned ? [restoresStatement(apply, kind)] : []), changesStatement(apply, kind)],
    deletes: apply.rules.operation === 'hard-delete' ? hardDeleteStatements(apply, kind) : [deleteStatement(apply, kind)],
    reviews: reviewsStatement(apply, kind),
    outcomes: outcomesStatement(apply, kind),
  }
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
    WHERE ${planInChunk(apply, kind)} AND p.mark IS NULL AND $4::timestamptz IS NOT NULL AND $5::integer IS NOT NULL`
}
