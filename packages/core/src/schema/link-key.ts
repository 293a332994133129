import { findField } from './catalog.ts'
import type { MatchKeyRule, ObjectType } from './object.ts'
import { pointsToSeveral } from './reference-path.ts'

/**
 * Whether a criterion names references to several objects: such a key is made of the very records that they lead to (`from+to+role`), so it is
 * known only where records are, and the database keeps it itself. All other keys are made of values.
 */
export function isLinkKey(object: Pick<ObjectType, 'fields'>, criterion: string): boolean {
  return criterion.split('+').some((name) => object.fields.some((field) => field.name === name && pointsToSeveral(field)))
}

/** The key by which an object's records are what they link, in whatever order its parts are named; undefined for objects of their own. */
export function linkKeyOf(object: ObjectType): MatchKeyRule | undefined {
  return object.matchKeys.find(({ criterion }) => isLinkKey(object, criterion))
}

/** Names of the references among the parts of a link key, and of its other fields. */
export function partsOfLinkKey(object: ObjectType, criterion: string): { references: string[]; texts: string[] } {
  const parts = criterion.split('+')
  const isReference = (name: string): boolean => findField(object, name)?.kind === 'reference'
  return { references: parts.filter(isReference), texts: parts.filter((name) => !isReference(name)) }
}
