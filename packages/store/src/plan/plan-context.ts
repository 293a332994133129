import { reasons, outcomes, referencesOf } from '@longshore/core'
import type { Catalog, Field, ImportDefinition, Mapping, ObjectType, Outcome, PlanRules, Reason, RowKey } from '@longshore/core'
import type { Attempt } from '../jobs/attempt.ts'
import type { Transaction } from '../postgres/database.ts'
import { quoteIdentifier } from '../postgres/quote.ts'

/** Everything that planning a job needs to know, settled once. */
export interface PlanContext {
  attempt: Attempt
  catalog: Catalog
  definition: ImportDefinition
  mapping: Mapping
  rules: PlanRules
  /** All key positions of a staged row; those of the import's own object come first. */
  keys: readonly RowKey[]
  references: PlannedReference[]
  lastRow: number
  effectiveAt: string
  /** True: rows that have an outcome already are left alone. */
  onlyUnapplied: boolean
}

/** A reference that columns of the file describe. */
export interface PlannedReference {
  field: Field
  target: ObjectType
  /** 1 to 7: position in the ids of records made for it. */
  slot: number
  /** Position of the key that finds its record. */
  key: number
  /** Position of the cell that people read in messages. */
  cell: number
}

export function outcomeNumber(outcome: Outcome): number {
  return outcomes.indexOf(outcome)
}

export function reasonNumber(reason: Reason): number {
  return reasons.indexOf(reason)
}

export function plannedReferences(mapping: Mapping, keys: readonly RowKey[]): PlannedReference[] {
  return referencesOf(mapping).map((field, i) => {
    const target = mapping.targets.find((t) => t.reference?.name === field.name)?.object
    const key = keys.findIndex((k) => k.reference === field.name && (target?.referenceKey === undefined || k.criterion === target.referenceKey))
    const any = key >= 0 ? key : keys.findIndex((k) => k.reference === field.name)
    if (!target) throw new Error(`the reference ${field.name} has no target`)
    return { field, target, slot: i + 1, key: any, cell: keys[any]?.targets[0] ?? -1 }
  })
}

/** Names of one organization's tables, quoted. */
export function names(attempt: Attempt): { table(name: string): string } {
  const schema = quoteIdentifier(attempt.organization.schema)
  return { table: (name) => `${schema}.${quoteIdentifier(name)}` }
}

/** Temporary tables of planning live in one transaction and are named without a schema of ours. */
export async function temporary(tx: Transaction, name: string, query: string, values: readonly unknown[] = []): Promise<void> {
  await tx.query(`CREATE TEMPORARY TABLE ${name} ON COMMIT DROP AS ${query}`, values)
}
