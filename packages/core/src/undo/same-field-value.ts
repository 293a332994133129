import { sameValue } from '../fields/same-value.ts'
import { findField } from '../schema/catalog.ts'
import type { ObjectType } from '../schema/object.ts'
import { followingMoments } from './record-change.ts'

/** Whether two canonical texts are one value of the field called `name`. */
export function sameFieldValue(object: ObjectType, name: string, a: string | null, b: string | null): boolean {
  const kind = followingMoments.includes(name) ? 'date-time' : findField(object, name)?.kind ?? 'text'
  return sameValue(kind, a, b)
}
