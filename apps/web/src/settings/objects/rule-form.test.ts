import { expect, test } from 'vitest'
import type { RuleDocument } from '../settings-queries.ts'
import { formOf, ruleOf } from './rule-form.ts'

const rules: RuleDocument[] = [
  { name: 'a', check: { kind: 'required', field: 'x' }, when: { field: 'stage', equals: ['Won', 'Lost'] } },
  { name: 'b', check: { kind: 'compare', field: 'x', operator: '>', other: 'y' }, severity: 'warning', when: { field: 'y', filled: true } },
  { name: 'c', check: { kind: 'pattern', field: 'x', pattern: 'A-\\d+' }, message: 'Like A-1', when: { field: 'y', filled: false } },
  { name: 'd', check: { kind: 'range', field: 'x', min: '1' } },
]
test.each(rules)('rule $name comes back from the form as it was', (rule) => { expect(ruleOf(formOf(rule))).toEqual(rule) })
