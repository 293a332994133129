import { RE2JS } from 're2js'
import { compareDecimals } from '../fields/decimal.ts'
import { sameValue } from '../fields/same-value.ts'
import { findField } from '../schema/catalog.ts'
import type { FieldKind } from '../schema/field.ts'
import type { ObjectType } from '../schema/object.ts'
import { comparableKinds, fieldsOfRule, type RuleCheck, type RuleCondition, type RuleOperator, type ValidationRule } from '../schema/rule.ts'

/** The canonical value of a record's field, by name; null where it is empty. */
export type ValueOf = (name: string) => string | null

export interface CompiledRule {
  rule: ValidationRule
  fields: readonly string[]
  /** Label of the field that the rule is about. */
  label: string
  /** What the rule asks, for its message: its own words, or the rule in words. */
  words: string
  isBroken(value: ValueOf): boolean
}

/** An object's rules, ready to be asked. Throws what RE2 says of a pattern that it does not take; the schema lets none in. */
export function compileRules(object: ObjectType): CompiledRule[] {
  return (object.rules ?? []).map((rule) => {
    const applies = compileCondition(rule.when)
    const holds = compileRuleCheck(object, rule.check)
    return {
      rule, fields: fieldsOfRule(rule), label: labelOf(object, rule.check.field), words: rule.message ?? inWords(object, rule),
      isBroken: (value) => applies(value) && !holds(value),
    }
  })
}

/** The whole value has to match. Throws what RE2 says of the pattern. */
export function compilePattern(pattern: string): (text: string) => boolean {
  const compiled = RE2JS.compile(pattern)
  return (text) => compiled.matches(text)
}

function compileCondition(when: RuleCondition | undefined): (value: ValueOf) => boolean {
  if (when === undefined) return () => true
  if ('filled' in when) return (value) => (value(when.field) !== null) === when.filled
  const wanted = new Set(when.equals.map((text) => text.trim().toLowerCase()))
  return (value) => wanted.has((value(when.field) ?? '').toLowerCase())
}

function compileRuleCheck(object: ObjectType, check: RuleCheck): (value: ValueOf) => boolean {
  const kind = findField(object, check.field)?.kind ?? 'text'
  switch (check.kind) {
    case 'required': return (value) => value(check.field) !== null
    case 'pattern': {
      const matches = compilePattern(check.pattern)
      return (value) => { const text = value(check.field); return text === null || matches(text) }
    }
    case 'range': return (value) => {
      const found = value(check.field)
      return found === null || ((check.min === undefined || compare(kind, found, check.min) >= 0) && (check.max === undefined || compare(kind, found, check.max) <= 0))
    }
    case 'compare': return (value) => {
      const [a, b] = [value(check.field), value(check.other)]
      return a === null || b === null || holds[check.operator](kind, a, b)
    }
  }
}

const holds: Record<RuleOperator, (kind: FieldKind, a: string, b: string) => boolean> = {
  '<': (kind, a, b) => compare(kind, a, b) < 0,
  '<=': (kind, a, b) => compare(kind, a, b) <= 0,
  '>': (kind, a, b) => compare(kind, a, b) > 0,
  '>=': (kind, a, b) => compare(kind, a, b) >= 0,
  '=': (kind, a, b) => equal(kind, a, b),
  '!=': (kind, a, b) => !equal(kind, a, b),
}

function equal(kind: FieldKind, a: string, b: string): boolean {
  return comparableKinds[kind] === undefined ? sameValue(kind, a, b) : compare(kind, a, b) === 0
}

/** Below, at or above 0. A day and a moment are compared as days; numbers digit by digit, so that no size loses any. */
function compare(kind: FieldKind, a: string, b: string): number {
  if (comparableKinds[kind] === 'number') return compareDecimals(a, b)
  const [one, other] = a.length === day || b.length === day ? [a.slice(0, day), b.slice(0, day)] : [a.replace(/Z$/, ''), b.replace(/Z$/, '')]
  return one < other ? -1 : one > other ? 1 : 0
}

const day = 'YYYY-MM-DD'.length

function labelOf(object: ObjectType, name: string): string {
  return findField(object, name)?.label ?? name
}

const operatorWords: Record<RuleOperator, [ofMoments: string, otherwise: string]> = {
  '<': ['before', 'less than'], '<=': ['not after', 'at most'], '>': ['after', 'more than'], '>=': ['not before', 'at least'], '=': ['the same as', 'the same as'], '!=': ['another than', 'another than'],
}

function inWords(object: ObjectType, { check, when }: ValidationRule): string {
  const label = labelOf(object, check.field)
  const condition = when === undefined ? '' : 'filled' in when ? `where ${labelOf(object, when.field)} is ${when.filled ? 'filled' : 'empty'}, ` : `where ${labelOf(object, when.field)} is ${when.equals.join(' or ')}, `
  switch (check.kind) {
    case 'required': return `${condition}${label} is needed`
    case 'pattern': return `${condition}${label} matches ${check.pattern}`
    case 'range': return `${condition}${label} is ${[check.min === undefined ? [] : `at least ${check.min}`, check.max === undefined ? [] : `at most ${check.max}`].flat().join(' and ')}`
    case 'compare': {
      const [ofMoments, otherwise] = operatorWords[check.operator]
      return `${condition}${label} is ${comparableKinds[findField(object, check.field)?.kind ?? 'text'] === 'moment' ? ofMoments : otherwise} ${labelOf(object, check.other)}`
    }
  }
}
