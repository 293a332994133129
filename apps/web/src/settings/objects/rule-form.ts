import type { RuleDocument } from '../settings-queries.ts'

/** A rule as the form has it: every part is there, whatever kind it is. */
export interface RuleForm {
  name: string; severity: 'error' | 'warning'; message: string
  kind: 'required' | 'compare' | 'pattern' | 'range'; field: string; operator: string; other: string; pattern: string; min: string; max: string
  when: 'always' | 'equals' | 'filled' | 'empty'; whenField: string
  /** Separated by commas. */
  equals: string
}

export const emptyRule: RuleForm = { name: '', severity: 'error', message: '', kind: 'required', field: '', operator: '>', other: '', pattern: '', min: '', max: '', when: 'always', whenField: '', equals: '' }

/** What the server takes for these kinds of rule. */
export const comparableKinds: ReadonlySet<string> = new Set(['date', 'date-time', 'number', 'currency', 'percent'])
export const patternKinds: ReadonlySet<string> = new Set(['text', 'long-text', 'email', 'phone', 'url', 'external-id', 'picklist'])

export function formOf({ name, check, when, message = '', severity = 'error' }: RuleDocument): RuleForm {
  return {
    ...emptyRule, name, message, severity, ...check,
    ...(when === undefined ? {} : 'filled' in when ? { when: when.filled ? 'filled' as const : 'empty' as const, whenField: when.field } : { when: 'equals' as const, whenField: when.field, equals: when.equals.join(', ') }),
  }
}

export function ruleOf(form: RuleForm): RuleDocument {
  const { name, field, kind, message, severity } = form
  const check: RuleDocument['check'] = kind === 'required' ? { kind, field } : kind === 'compare' ? { kind, field, operator: form.operator, other: form.other } : kind === 'pattern' ? { kind, field, pattern: form.pattern } : { kind, field, ...(form.min.trim() ? { min: form.min.trim() } : {}), ...(form.max.trim() ? { max: form.max.trim() } : {}) }
  return {
    name, check, ...(message.trim() ? { message: message.trim() } : {}), ...(severity === 'warning' ? { severity } : {}),
    ...(form.when === 'always' ? {} : { when: form.when === 'equals' ? { field: form.whenField, equals: form.equals.split(',').map((value) => value.trim()).filter(Boolean) } : { field: form.whenField, filled: form.when === 'filled' } }),
  }
}
