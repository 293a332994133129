import { findField } from '../schema/catalog.ts'
import type { ObjectType } from '../schema/object.ts'

/** The fields that a match criterion compares: a full name, or `name` where an object has no such field, means first and last name. */
export function matchParts(object: ObjectType, criterion: readonly string[]): string[] {
  return criterion.flatMap((part) => {
    const field = findField(object, part)
    const splits = field?.virtual === 'full-name' || (!field && part === 'name' && findField(object, 'full_name')?.virtual === 'full-name')
    return splits ? ['first_name', 'last_name'] : [part]
  })
}
