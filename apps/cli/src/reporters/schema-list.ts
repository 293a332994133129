import { compileRules } from '@longshore/core'
import type { Field, ObjectType } from '@longshore/core'
import { counted } from './quantity.ts'
import { table } from './table.ts'

/** The objects in a table, or with `fields` the fields of each. */
export function schemaList(objects: readonly ObjectType[], fields: boolean): string {
  if (fields) return objects.map((object) => `${table(['field', 'kind', 'label', ''], object.fields.map((field) => [field.name, field.kind, field.label, remarks(field)]))}${ruleList(object)}`).join('\n')
  return table(['object', 'label', 'fields', 'found by'], objects.map((object) => [
    object.name, object.pluralLabel, object.fields.length, object.matchKeys.map(({ criterion, passing }) => (passing ? `${criterion} (while used)` : criterion)).join(', '),
  ]))
}

function ruleList(object: ObjectType): string {
  const rules = compileRules(object)
  return rules.length === 0 ? '' : `\n${table(['rule', '', 'asks'], rules.map(({ rule, words }) => [rule.name, rule.severity ?? 'error', words]))}`
}

function remarks(field: Field): string {
  const notes: string[] = []
  if (field.required) notes.push('required')
  if (field.custom) notes.push('custom')
  if (field.targets) notes.push(`to ${field.targets.join(' or ')}`)
  if (field.options) notes.push(counted(field.options.length, 'option'))
  return notes.join(', ')
}
