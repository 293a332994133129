import { rowBits, slotBits } from '@longshore/core'
import { canonicalInstant } from '../objects/canonical-value.ts'
import type { Attempt } from '../jobs/attempt.ts'
import { names } from './plan-context.ts'

/**
 * SQL for the age of a record's data field by field: of each field the age that its last change brought, of all others the age that the
 * record `o` was made with. What an undo took back counts as if it had not been; the undo of the job that made the record takes nothing of it
 * back, it moves it to the bin, from where it may have come back. As `born_as_of` and `fields_as_of`.
 */
export function dataAges(attempt: Attempt, object: string): string {
  const asOf = canonicalInstant('o.as_of')
  const stands = `h.object = '${object}' AND h.record = o.id AND h.kind = 'update' AND (h.job = o.id >> ${slotBits + rowBits} OR NOT EXISTS (
    SELECT 1 FROM longshore.job j WHERE j.organization = ${attempt.organization.id} AND j.number = h.job AND (j.state IN ('undone', 'undoing') OR j.undoes IS NOT NULL)))`
  const history = names(attempt).table('_change')
  return `coalesce((SELECT ${canonicalInstant("(h.before ->> 'as_of')::timestamptz")} FROM ${history} h WHERE ${stands} AND h.before ? 'as_of' ORDER BY h.id LIMIT 1),
      CASE WHEN NOT EXISTS (SELECT 1 FROM ${history} h WHERE ${stands} AND h.before ? 'as_of') THEN ${asOf} END) AS born_as_of,
    (SELECT jsonb_object_agg(f.name, f.as_of) FROM (SELECT DISTINCT ON (name) name, ${canonicalInstant('h.as_of')} AS as_of
      FROM ${history} h CROSS JOIN LATERAL jsonb_object_keys(h.after) name WHERE ${stands} AND h.as_of IS NOT NULL ORDER BY name, h.id DESC) f) AS fields_as_of`
}
