import { objectColumnOf } from '../objects/column.ts'
import type { PlannedReference } from '../plan/plan-context.ts'

/** The columns of a link to record `id`, as a change has them. `object`: of which it is, where that is not the reference's target. */
export function linkValues({ field, target }: Pick<PlannedReference, 'field' | 'target'>, id: string | null, object: string | null = null): Record<string, string | null> {
  const objectColumn = objectColumnOf(field)
  return { [field.name]: id, ...(objectColumn === null ? {} : { [objectColumn]: id === null ? null : object ?? target.name }) }
}
