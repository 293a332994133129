import type { FieldAnswer, ObjectAnswer } from '@longshore/contract'

/** The field that a path leads to, also of a record that is referred to: `account.name`, or `related_to.contacts.email` where several objects may be. */
export function fieldAt(objects: readonly ObjectAnswer[], object: ObjectAnswer | undefined, path: string): FieldAnswer | undefined {
  const [name, ...rest] = path.split('.')
  const field = object?.fields.find((one) => one.name === name)
  if (rest.length === 0) return field
  const related = rest.at(-1)
  return objects.filter((one) => field?.targets?.includes(one.name) && (rest.length === 1 || one.name === rest[0])).flatMap((one) => one.fields).find((one) => one.name === related)
}

/** What a field is called, also one of a record that is referred to: `account.name` is “Account: Account name”. */
export function pathLabel(objects: readonly ObjectAnswer[], object: ObjectAnswer | undefined, path: string): string {
  const [name, related] = path.split('.')
  const field = object?.fields.find((one) => one.name === name)
  if (!field) return path
  if (related === undefined) return field.label
  const target = fieldAt(objects, object, path)
  return target ? relatedLabel(field, target) : path
}

export function relatedLabel(reference: Pick<FieldAnswer, 'label'>, field: Pick<FieldAnswer, 'label'>): string {
  return `${reference.label}: ${field.label}`
}
