import { recordId, recordIdsOf, resolvePath, takesAway } from '@longshore/core'
import type { MatchKeyRule, RowKey } from '@longshore/core'
import { keyColumn } from '../match/key-columns.ts'
import { keysThrough, rekey, rekeyBy, rekeyLooking } from '../match/rekey.ts'
import { names, outcomeNumber } from '../plan/plan-context.ts'
import type { Transaction } from '../postgres/database.ts'
import type { ChunkRange } from './apply-chunk.ts'
import type { ApplyContext } from './chunk-rows.ts'

/** Records whose keys are read and set at a time. */
const rekeyBatch = 2_000

/**
 * Sets the keys of a chunk's records that their rows do not tell: those made of fields of which the import fills only some, those that
 * look at a record behind a reference, and those of other records that look at one whose name changed. Most imports have none of these.
 */
export async function rekeyChunk(tx: Transaction, apply: ApplyContext, range: ChunkRange, followers: readonly string[]): Promise<void> {
  const { object } = apply.mapping
  if (apply.rules.operation === 'hard-delete') return rekeyAfterDelete(tx, apply, range, followers)
  if (takesAway(apply.rules.operation)) return
  await rekeyRelated(tx, apply)
  const rules = untoldRules(apply)
  const written = new Set(apply.mapping.targets.flatMap((target) => (target.reference === null ? [target.field.name] : [])))
  const seen = keysThrough(apply.catalog, object).some(({ field }) => written.has(field))
  if (rules.length === 0 && !seen) return
  const { table } = names(apply.attempt)
  const rows = `(p.row_number >= $2 AND p.row_number < $3 OR p.row_number = ANY($4::bigint[]))`
  const { rows: touched } = await tx.query<{ id: string; updated: boolean }>(`
    SELECT o.id, false AS updated FROM ${table(object.name)} o WHERE o.id >= $5 AND o.id < $6 AND o.id & 7 = 0
    UNION SELECT p.record, p.action = ${outcomeNumber('updated')} FROM ${table('_plan')} p
      WHERE p.job = $1 AND ${rows} AND p.action IN (${outcomeNumber('created')}, ${outcomeNumber('flagged')}, ${outcomeNumber('updated')}) ORDER BY 1`,
    [apply.attempt.job, range.first, range.last, followers, recordId(apply.attempt.job, range.first, 0), recordId(apply.attempt.job, range.last, 0)])
  for (let at = 0; at < touched.length; at += rekeyBatch) {
    const batch = touched.slice(at, at + rekeyBatch)
    await rekeyBy(tx, apply.attempt.organization, apply.catalog, object, rules, batch.map(({ id }) => id))
    if (seen) await rekey(tx, apply.attempt.organization, apply.catalog, object, written, batch.filter(({ updated }) => updated).map(({ id }) => id))
  }
}

/**
 * The same of records that were made for references. Their rows hold every key that was known when the job was made; one that was switched
 * on since is not among them. Such a record bears the number of the row that first named it, which may stand in another chunk.
 */
async function rekeyRelated(tx: Transaction, apply: ApplyContext): Promise<void> {
  if (apply.definition.missingReference !== 'create') return
  const paths = new Set(apply.mapping.targets.map((one) => one.path))
  const { from, to } = recordIdsOf(apply.attempt.job)
  for (const { field, target, slot } of apply.references) {
    for (const rule of target.matchKeys) {
      if (!rule.criterion.split('+').every((name) => paths.has(`${field.name}.${name}`)) || apply.keys.some((key) => key.reference === field.name && key.rule === rule.id)) continue
      const { rows } = await tx.query<{ id: string }>(`SELECT id FROM ${names(apply.attempt).table(target.name)} WHERE id >= $1 AND id < $2 AND id & 7 = ${slot} AND ${keyColumn(rule)} IS NULL ORDER BY id`, [from, to])
      for (let at = 0; at < rows.length; at += rekeyBatch) await rekeyBy(tx, apply.attempt.organization, apply.catalog, target, [rule], rows.slice(at, at + rekeyBatch).map(({ id }) => id))
    }
  }
}

/** Keys of other records that looked at what is gone for good now. What is in the bin comes back with its name, so it is looked at still. */
async function rekeyAfterDelete(tx: Transaction, apply: ApplyContext, range: ChunkRange, followers: readonly string[]): Promise<void> {
  const { object } = apply.mapping
  if (keysThrough(apply.catalog, object).length === 0) return
  const { rows } = await tx.query<{ record: string }>(`SELECT p.record FROM ${names(apply.attempt).table('_plan')} p
    WHERE p.job = $1 AND (p.row_number >= $2 AND p.row_number < $3 OR p.row_number = ANY($4::bigint[])) AND p.action = ${outcomeNumber('deleted')} ORDER BY 1`, [apply.attempt.job, range.first, range.last, followers])
  for (let at = 0; at < rows.length; at += rekeyBatch) await rekeyLooking(tx, apply.attempt.organization, apply.catalog, object, rows.slice(at, at + rekeyBatch).map(({ record }) => record))
}

/** Rules of the import's object that it touches, and whose keys its rows do not hold wholly. */
function untoldRules({ catalog, mapping, rules }: ApplyContext): MatchKeyRule[] {
  const paths = new Set(mapping.targets.map((target) => target.path))
  const references = new Set(rules.links.map(({ field }) => field))
  return mapping.object.matchKeys.filter((rule) => {
    const parts = rule.criterion.split('+').map((name) => resolvePath(catalog, mapping.object, name))
    const touched = parts.some((part) => 'field' in part && (part.reference === null ? paths.has(part.path) : references.has(part.reference.name)))
    const key: RowKey | undefined = rules.keys.find((one) => one.rule === rule.id)
    return touched && (key === undefined || parts.some((part) => 'field' in part && part.reference !== null))
  })
}
