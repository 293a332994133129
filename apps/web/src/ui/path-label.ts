import type { FieldAnswer, ObjectAnswer } from '@longshore/contract'

/** The field that a path leads to, also of a record that is referred to: `account.name`. */
export function fieldAt(objects: readonly ObjectAnswer[], object: ObjectAnswer | undefined, path: string): FieldAnswer | undefined {
  const [name, related] = path.split('.')
  const field = object?.fields.find((one) => one.name === name)
  if (related === undefined) return field
  return objects.filter((one) => field?.targets?.includes(one.name)).flatMap((one) => one.fields).find((one) => one.name === related)
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
