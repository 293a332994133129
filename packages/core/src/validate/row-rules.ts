import type { ImportDefinition } from '../definition/import.ts'
import { makeIssue } from '../issues/registry.ts'
import type { Mapping } from '../map/mapping.ts'
import type { CheckedRow } from './checked-row.ts'
import type { CheckSettings } from './check-settings.ts'
import { compileRules, type CompiledRule, type ValueOf } from './compile-rules.ts'
import { addIssue } from './row-findings.ts'

/**
 * Looks at a row as the record that it would create, by the rules of its object; null where nothing can be broken. Rows that may update
 * are looked at again when the record they meet is known: here, what they break counts only if they create.
 */
export function rowRules(mapping: Mapping, { operation, onDuplicate }: ImportDefinition, settings: CheckSettings): ((row: CheckedRow) => void) | null {
  const creates = operation === 'insert' || operation === 'upsert'
  const rules = creates ? compileRules(mapping.object) : []
  if (rules.length === 0) return null
  const onCreate = operation === 'upsert' || onDuplicate === 'update' || onDuplicate === 'update-if-newer'
  const valuesOf = valuesOnCreate(mapping, { now: settings.now ?? null, owner: settings.owner ?? null })
  return (row) => {
    const value = valuesOf(row.cells)
    for (const rule of rules) {
      // what is wrong with a cell is said already, and says nothing of a rule
      if (rule.fields.some((name) => row.issues.some((issue) => issue.severity === 'error' && (issue.field === name || issue.field?.startsWith(`${name}.`))))) continue
      if (rule.isBroken(value)) addIssue(row, ruleIssue(mapping, rule, row.row, value, onCreate))
    }
  }
}

/** The issue of a rule that is broken, at the column of the field that it is about. */
export function ruleIssue({ targets }: Pick<Mapping, 'targets'>, { rule, words }: CompiledRule, row: number, value: ValueOf, onCreate: boolean) {
  const name = rule.check.field
  const target = targets.find((one) => one.path === name || one.reference?.name === name)
  const place = { row, column: target?.header ?? null, field: name, value: value(name) }
  return rule.severity === 'warning' ? makeIssue('rule.doubted', { ...place, onCreate }, { rule: rule.name, words }) : makeIssue('rule.broken', { ...place, onCreate }, { rule: rule.name, words })
}

/** Target positions by field name; of a reference, all that describe its record. */
function placesOf({ targets }: Mapping): Map<string, number[]> {
  const places = new Map<string, number[]>()
  for (const [i, target] of targets.entries()) {
    const name = target.reference?.name ?? target.field.name
    places.set(name, [...places.get(name) ?? [], i])
  }
  return places
}

/**
 * What a record holds that a row's cells make: those, else the field's default; a moment of the job, and an owner, for every record has one. A
 * reference is there where any of its cells is filled.
 */
export function valuesOnCreate(mapping: Mapping, { now, owner }: { now: string | null; owner: string | null }): (cells: readonly (string | null)[]) => ValueOf {
  const places = placesOf(mapping)
  return (cells) => (name) => {
    for (const place of places.get(name) ?? []) if ((cells[place] ?? null) !== null) return cells[place] ?? null
    if (name === 'created_at' || name === 'updated_at') return now
    if (name === 'owner') return owner
    return places.has(name) ? null : mapping.object.fields.find((field) => field.name === name)?.default ?? null
  }
}
