import { firstOfEachReference, outcomes, reasons, referencePath } from '@longshore/core'
import type { Catalog, Field, ImportDefinition, Mapping, ObjectType, Outcome, PlanRules, Reason, RowKey } from '@longshore/core'
import type { Attempt } from '../jobs/attempt.ts'
import type { FillProgress } from '../match/fill-keys.ts'
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
  /** Member ids of those who own the new records of rows that bring no owner; several take turns. Records made for references go to the first. */
  owners: readonly string[]
  /** Fields of the import's own object that it makes itself and that no record has yet; absent: none. */
  pendingFields?: ReadonlySet<string>
  /** True: rows that have an outcome already are left alone. */
  onlyUnapplied: boolean
  /** Told of records that get the key of a criterion that is new, before there is a plan. */
  filling?: FillProgress
}

/** A reference that columns of the file describe. */
export interface PlannedReference {
  field: Field
  target: ObjectType
  /** As paths name it: `account`, `related_to.contacts`. */
  through: string
  /** 1 to 7: position in the ids of records made for it. */
  slot: number
  /** Positions of the keys that can find its record; a row uses the first whose cells are filled. */
  finders: number[]
  /** Temporary table with the records that rows name; references to one object share it, so that a name is one record. */
  table: string
}

export function outcomeNumber(outcome: Outcome): number {
  return outcomes.indexOf(outcome)
}

export function reasonNumber(reason: Reason): number {
  return reasons.indexOf(reason)
}

/** The references that columns describe; `slot` n is the n-th of core's `linkSlots`. */
export function plannedReferences(mapping: Mapping, keys: readonly RowKey[]): PlannedReference[] {
  const references: PlannedReference[] = []
  for (const target of firstOfEachReference(mapping.targets)) {
    const { reference: field, object } = target
    const through = referencePath(target)
    if (field === null || through === null) continue
    const slot = references.length + 1
    const finders = keys.flatMap((key, i) => (key.reference === through && key.rule !== 0 ? [i] : [])).sort((a, b) => rank(object, keys[a]) - rank(object, keys[b]) || a - b)
    references.push({ field, target: object, through, slot, finders, table: references.find((other) => other.target.name === object.name)?.table ?? `ref_${slot}` })
  }
  return references
}

/** Another system's id says which record is meant, whatever it is called; then comes the key that references usually go by. */
function rank(target: ObjectType, key: RowKey | undefined): number {
  return key?.criterion === 'external_id' ? 0 : key?.criterion === target.referenceKey ? 1 : 2
}

/** Names of one organization's tables, quoted. */
export function names(attempt: Pick<Attempt, 'organization'>): { table(name: string): string } {
  const schema = quoteIdentifier(attempt.organization.schema)
  return { table: (name) => `${schema}.${quoteIdentifier(name)}` }
}

/** Temporary tables of planning live in one transaction and are named without a schema of ours. */
export async function temporary(tx: Transaction, name: string, query: string, values: readonly unknown[] = []): Promise<void> {
  await tx.query(`CREATE TEMPORARY TABLE ${name} ON COMMIT DROP AS ${query}`, values)
}
