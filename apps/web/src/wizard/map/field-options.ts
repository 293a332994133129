import type { ObjectAnswer } from '@longshore/contract'
import { relatedLabel } from '../../ui/path-label.ts'
import { importWords } from '../../words/imports.ts'

export interface FieldGroup { group: string; items: { value: string; label: string }[] }

export const skipValue = '-'
export const newFieldValue = '+'

/** What a column can feed: fields of the object, those of the records it refers to, a field that is made for it, or nothing. */
export function fieldOptions(object: ObjectAnswer, objects: readonly ObjectAnswer[], mayCreate = false): FieldGroup[] {
  const taking = (one: ObjectAnswer) => one.fields.filter((field) => field.companionOf === undefined && !['id', 'import_job', 'created_by_job'].includes(field.name))
  const related = object.fields.flatMap((field) => {
    if (field.kind !== 'reference' || (field.targets ?? []).length !== 1) return []
    const target = objects.find((one) => one.name === field.targets?.[0])
    return target ? [{ group: field.label, items: taking(target).filter((one) => one.kind !== 'reference').map((one) => ({ value: `${field.name}.${one.name}`, label: relatedLabel(field, one) })) }] : []
  })
  return [
    { group: importWords.map.nothing, items: [{ value: skipValue, label: importWords.map.skip }, ...(mayCreate ? [{ value: newFieldValue, label: importWords.map.newField }] : [])] },
    { group: object.label, items: taking(object).map((field) => ({ value: field.name, label: field.label })) },
    ...related,
  ]
}

/** The options of one column, where a new field is called by the name that it would have. */
export function withNewField(groups: readonly FieldGroup[], label: string): FieldGroup[] {
  return groups.map((group) => ({ ...group, items: group.items.map((item) => item.value === newFieldValue ? { ...item, label } : item) }))
}

export function labelOfField(groups: readonly FieldGroup[], path: string): string {
  return groups.flatMap((group) => group.items).find((item) => item.value === path)?.label ?? path
}
