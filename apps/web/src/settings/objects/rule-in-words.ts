import { settingsWords } from '../../words/settings.ts'
import type { ObjectDocument, RuleDocument } from '../settings-queries.ts'

const texts = settingsWords.rules

/** What a rule asks, by the labels of its fields. */
export function ruleInWords({ check, when }: RuleDocument, object: ObjectDocument): string {
  const label = (name: string): string => object.fields.find((field) => field.name === name)?.label ?? name
  const condition = when === undefined ? '' : 'filled' in when ? texts.whereFilled(label(when.field), when.filled) : texts.whereIs(label(when.field), when.equals.join(texts.or))
  switch (check.kind) {
    case 'required': return `${condition}${texts.isNeeded(label(check.field))}`
    case 'pattern': return `${condition}${texts.matches(label(check.field), check.pattern)}`
    case 'range': return `${condition}${texts.inRange(label(check.field), check.min, check.max)}`
    case 'compare': return `${condition}${label(check.field)} ${texts.operators[check.operator] ?? check.operator} ${label(check.other)}`
  }
}
