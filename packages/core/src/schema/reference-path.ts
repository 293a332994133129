import type { Field } from './field.ts'
import type { ObjectType } from './object.ts'

/** What a field is reached through: the reference and the object that has the field. */
export interface Through { reference: Field | null; object: Pick<ObjectType, 'name'> }

/** Whether a reference may lead to one of several objects: an activity's to a contact, an account, a deal. */
export function pointsToSeveral(reference: Field): boolean {
  return reference.kind === 'reference' && (reference.targets?.length ?? 0) > 1
}

/**
 * How paths name what a reference leads to: `account`; where it may lead to several objects, with the object: `related_to.contacts`.
 * Null for the fields of a record itself. Two ways with one name are one way.
 */
export function referencePath({ reference, object }: Through): string | null {
  if (reference === null) return null
  return pointsToSeveral(reference) ? `${reference.name}.${object.name}` : reference.name
}

/** What other systems call our objects where they say to which one a record is related. */
const otherWords: Readonly<Record<string, readonly string[]>> = {
  contacts: ['Person', 'People', 'Kontakt'], accounts: ['Company', 'Companies', 'Organization', 'Organisation', 'Customer', 'Firma', 'Unternehmen', 'Konto'],
  deals: ['Opportunity', 'Opportunities'], tickets: ['Case', 'Cases'], activities: ['Task', 'Event', 'Meeting', 'Call'],
}

/**
 * What says to which object a reference leads (`related_to.object`): nothing that is stored by itself, and written like a picklist of its
 * objects. Called like the column that keeps the answer.
 */
export function targetObjectField(reference: Field, targets: readonly ObjectType[]): Field {
  const words = targets.flatMap(({ name, singular, label, pluralLabel }) => [name, label, pluralLabel, singular, ...otherWords[name] ?? []].map((word) => ({ value: name, label: word })))
  return { name: `${reference.name}_object`, label: `${reference.label} (object)`, kind: 'picklist', virtual: 'target-object', options: words }
}
