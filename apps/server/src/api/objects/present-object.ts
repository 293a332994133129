import type { FieldAnswer, ObjectAnswer } from '@longshore/contract'
import { isEditable } from '@longshore/core'
import type { Field, ObjectType } from '@longshore/core'

export function presentObject(object: ObjectType): ObjectAnswer {
  const { name, singular, label, pluralLabel, custom = false, nameField, fields, matchKeys } = object
  return { name, singular, label, pluralLabel, custom, nameField, fields: fields.map(presentField), matchKeys: matchKeys.map((key) => key.criterion) }
}

function presentField(field: Field): FieldAnswer {
  const { required = false, custom = false, options, restricted } = field
  return {
    ...field, required, custom, editable: isEditable(field),
    options: options?.map(({ value, label, active }) => ({ value, label: label ?? value, active: active !== false })),
    restricted: field.kind === 'picklist' ? restricted ?? true : undefined,
  }
}
