import { isDeepStrictEqual } from 'node:util'
import { closest, comparableKinds, compilePattern, fieldsOfRule, fieldType, findField, patternKinds, rowContext } from '@longshore/core'
import type { Field, ObjectType, ValidationRule } from '@longshore/core'
import { schemaFault } from './schema-document.ts'
import type { RuleDocument } from './schema-document.ts'

/** Longest pattern, in characters. */
const longestPattern = 1_000

/**
 * Lays the rules of a document over those of an object: a rule takes the place of the one with its name, `remove` takes it away, all others
 * stay. Returns one line for each change. Throws a Fault with the path of what a rule cannot ask.
 */
export function changeRules(object: ObjectType, wanted: readonly RuleDocument[], path: string): string[] {
  const changes: string[] = []
  wanted.forEach((document, i) => {
    const at = `${path}[${i}]`
    const rules = object.rules ?? []
    const place = rules.findIndex(({ name }) => name === document.name)
    if ('remove' in document) {
      if (place < 0) throw schemaFault(`${at}.name`, `${object.name} has no rule "${document.name}" to remove${hint(document.name, rules.map(({ name }) => name))}`)
      object.rules = rules.filter((_, k) => k !== place)
      changes.push(`${object.name}: rule "${document.name}" removed`)
      return
    }
    const { check, name, when, message, severity } = document
    const rule: ValidationRule = { name, check, ...(when && { when }), ...(message && { message }), ...(severity && { severity }) }
    if (place >= 0 && isDeepStrictEqual(rules[place], rule)) return
    checkRule(object, rule, at)
    object.rules = place < 0 ? [...rules, rule] : rules.map((one, k) => (k === place ? rule : one))
    changes.push(`${object.name}: rule "${rule.name}" ${place < 0 ? 'added' : 'changed'}`)
  })
  return changes
}

/** Whether a rule asks something that the object's fields can answer. */
function checkRule(object: ObjectType, { check, when }: ValidationRule, at: string): void {
  const field = fieldAt(object, check.field, `${at}.check.field`)
  if (when && fieldAt(object, when.field, `${at}.when.field`).kind === 'reference' && 'equals' in when) throw schemaFault(`${at}.when`, `"${when.field}" is a reference, and a rule can only ask whether it is filled: {"field": "${when.field}", "filled": true}`)
  switch (check.kind) {
    case 'required': return
    case 'pattern': return checkPattern(check.pattern, field, `${at}.check`)
    case 'compare': return checkComparison(field, fieldAt(object, check.other, `${at}.check.other`), check.operator, `${at}.check`)
    case 'range': {
      if (comparableKinds[field.kind] === undefined) throw schemaFault(`${at}.check.field`, `a range is for numbers and dates; "${field.name}" is a ${field.kind}`)
      if (check.min === undefined && check.max === undefined) throw schemaFault(`${at}.check`, 'a range needs "min" or "max"')
      for (const bound of ['min', 'max'] as const) {
        const text = check[bound]
        if (text !== undefined && typeof fieldType(field.kind).parse(text, { ...field, min: undefined, max: undefined } as Field, rowContext(null)) !== 'string') throw schemaFault(`${at}.check.${bound}`, `"${text}" is no value of "${field.name}" (${field.kind})`)
      }
    }
  }
}

function checkPattern(pattern: string, field: Field, at: string): void {
  if (!patternKinds.includes(field.kind)) throw schemaFault(`${at}.field`, `a pattern is for texts; "${field.name}" is a ${field.kind}`)
  if (pattern.length > longestPattern) throw schemaFault(`${at}.pattern`, `a pattern has at most ${longestPattern} characters; this one has ${pattern.length}`)
  try { compilePattern(pattern) } catch (error) {
    throw schemaFault(`${at}.pattern`, `the pattern ${JSON.stringify(pattern.slice(0, 80))} is not one of RE2 (${error instanceof Error ? error.message : 'unknown reason'}): look-around and back-references are not there, because they can take for ever. Write it without them`)
  }
}

function checkComparison(field: Field, other: Field, operator: string, at: string): void {
  if (field.kind === 'reference' || other.kind === 'reference') throw schemaFault(at, `"${field.kind === 'reference' ? field.name : other.name}" is a reference, and references are not compared by rules yet; ask whether it is filled`)
  const [one, two] = [comparableKinds[field.kind], comparableKinds[other.kind]]
  if (one !== undefined && one === two) return
  const alike = one === two && (field.kind === other.kind || (patternKinds.includes(field.kind) && patternKinds.includes(other.kind)))
  if (alike && (operator === '=' || operator === '!=')) return
  throw schemaFault(at, `"${field.name}" (${field.kind}) and "${other.name}" (${other.kind}) cannot be compared by ${operator}${alike ? '; texts are the same or not: use = or !=' : '; compare dates with dates and numbers with numbers'}`)
}

function fieldAt(object: ObjectType, name: string, at: string): Field {
  const field = findField(object, name)
  if (field && !field.virtual) return field
  throw schemaFault(at, `${object.name} has no field "${name.slice(0, 80)}"${hint(name, object.fields.map((one) => one.name))}`)
}

function hint(name: string, names: readonly string[]): string {
  const near = closest(name, names)
  return near === null ? '' : `; did you mean "${near}"?`
}

/** The rule that looks at a field, if any: then the field must stay. */
export function ruleOver(object: ObjectType, name: string): string | undefined {
  return object.rules?.find((rule) => fieldsOfRule(rule).includes(name))?.name
}
