import type { FieldKind } from './field.ts'

export const ruleOperators = ['<', '<=', '>', '>=', '=', '!='] as const
export type RuleOperator = (typeof ruleOperators)[number]

/** What a validation rule asks of a record. An empty field breaks only `required`. */
export type RuleCheck =
  /** Two fields of one record: the close date after the create date. */
  | { kind: 'compare'; field: string; operator: RuleOperator; other: string }
  | { kind: 'required'; field: string }
  /** The whole value matches a pattern, in the syntax of RE2: no look-around, no back-references, and never slow. */
  | { kind: 'pattern'; field: string; pattern: string }
  /** Inclusive bounds: a number, or a date. */
  | { kind: 'range'; field: string; min?: string | undefined; max?: string | undefined }

/** The records that a rule is about: those whose field has one of these values (letter case aside), or has one at all. */
export type RuleCondition = { field: string; equals: string[] } | { field: string; filled: boolean }

/** A rule of an organization's own over the records of one object, kept in its schema and checked on import. */
export interface ValidationRule {
  /** Unique in the object: `close-after-create`. */
  name: string
  check: RuleCheck
  when?: RuleCondition
  /** What people read where it is broken; absent: the rule in words. */
  message?: string
  /** A warning decides no row. Absent: error. */
  severity?: 'error' | 'warning'
}

/** The fields that a rule looks at, the one it is about first. */
export function fieldsOfRule({ check, when }: Pick<ValidationRule, 'check' | 'when'>): string[] {
  return [...new Set([check.field, ...(check.kind === 'compare' ? [check.other] : []), ...(when ? [when.field] : [])])]
}

export const comparableKinds: Partial<Record<FieldKind, 'moment' | 'number'>> = { date: 'moment', 'date-time': 'moment', number: 'number', currency: 'number', percent: 'number' }
export const patternKinds: readonly FieldKind[] = ['text', 'long-text', 'email', 'phone', 'url', 'external-id', 'picklist']
