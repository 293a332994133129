import { referencePath } from '../schema/reference-path.ts'
import type { Target } from '../map/mapping.ts'
import type { CompiledRule } from '../validate/compile-rules.ts'
import { isSame, comparisonOf } from '../fields/same-value.ts'
import { isLater } from './later.ts'
import { merge } from './merge.ts'

/** The columns by which an import describes the records behind one way over a reference, seen as if these records were imported themselves. */
export interface RelatedWay {
  /** The way's targets as targets of the record: no reference, companions counted among themselves. */
  targets: readonly Target[]
  /** Where each of them stands among the targets of the import. */
  positions: readonly number[]
  /** Positions, among the targets of the import, of cells that say how old the row's data is: the record's own moment first, then the row's. */
  ages: readonly number[]
}

/** What the store knows of the record before the import. Values are canonical texts by field name. */
export interface StoredRelated {
  values: Readonly<Record<string, string | null>>
  updatedAt: string
  /** Age of the record's data, of the data that it was made with, and of single fields; null: unknown. */
  asOf: string | null
  bornAsOf: string | null
  fieldsAsOf: Readonly<Record<string, string>>
}

/**
 * A row that describes the record, by the import's targets: its cells, the positions that a default filled, and those by which it named the
 * record. These it cannot change: another spelling of a name is no other name.
 */
export interface RelatedRow { row: number; cells: readonly (string | null)[]; defaulted: ReadonlySet<number> | null; namedBy: readonly number[] }

/**
 * Why a row's values were not taken: a text that would grow too long (the target's position), or rules that the record would break. Or
 * rules that only have their doubts about values that were taken.
 */
export interface RelatedFinding { tooLong?: number; broken?: BrokenRule[]; doubted?: BrokenRule[] }
export interface BrokenRule { rule: CompiledRule; value: string | null }

/** What all rows together change: one change, however many rows describe the record. */
export interface RelatedChange {
  /** The first row that changed something. */
  row: number
  from: Record<string, string | null>
  to: Record<string, string | null>
  /** Age of the latest data among the rows that changed something; null: none told. */
  asOf: string | null
}

/** The way over which targets with this path describe related records. */
export function relatedWay(targets: readonly Target[], through: string): RelatedWay {
  const positions = targets.flatMap((target, i) => (referencePath(target) === through ? [i] : []))
  const own = positions.flatMap((position): Target[] => {
    const target = targets[position]
    return target ? [{ ...target, reference: null, companionOf: target.companionOf === null ? null : positions.indexOf(target.companionOf) }] : []
  })
  return { targets: own, positions, ages: [targets.findIndex(({ path }) => path === `${through}.updated_at`), targets.findIndex(({ path }) => path === 'updated_at')].filter((at) => at >= 0) }
}

/**
 * An existing record behind references, while the rows that describe it are laid over it one after the other, in row order: each by the merge
 * rules of its columns, on what the rows before have left. A row that the record cannot take changes nothing of it. Pure.
 */
export class RelatedRecord {
  readonly #stored: StoredRelated
  readonly #rules: readonly CompiledRule[]
  readonly #effectiveAt: string
  #values: Map<string, string | null>
  #fieldsAsOf: Map<string, string>
  #updatedAt: string
  #asOf: string | null
  #changedAsOf: string | null = null
  #first = -1

  /** `effectiveAt`: what "now" is for the job; ISO. */
  constructor(stored: StoredRelated, rules: readonly CompiledRule[], effectiveAt: string) {
    this.#stored = stored
    this.#rules = rules
    this.#effectiveAt = effectiveAt
    this.#values = new Map(Object.entries(stored.values))
    this.#fieldsAsOf = new Map(Object.entries(stored.fieldsAsOf))
    this.#updatedAt = stored.updatedAt
    this.#asOf = stored.asOf
  }

  /** Lays a row over the record; returns what was found about it, such as why it could not, or null. */
  lay({ targets, positions, ages }: RelatedWay, { row, cells, defaulted, namedBy }: RelatedRow): RelatedFinding | null {
    const held = targets.map(({ field }) => this.#values.get(field.name) ?? null)
    const silent = new Set(positions.flatMap((position, i) => (defaulted?.has(position) || namedBy.includes(position) ? [i] : [])))
    const modified = ages.map((at) => (defaulted?.has(at) ? null : cells[at] ?? null)).find((age) => age !== null) ?? null
    const { values, tooLong } = merge(targets, held, positions.map((position) => cells[position] ?? null), silent, {
      row: modified, field: (name) => this.#fieldsAsOf.get(name) ?? this.#stored.bornAsOf,
    })
    if (values === held) return null
    if (tooLong >= 0) return { tooLong: positions[tooLong] ?? -1 }
    const changed = targets.flatMap(({ field }, i) => (values[i] === held[i] ? [] : [field.name]))
    const after = new Map([...this.#values, ...targets.flatMap(({ field }, i): [string, string | null][] => (values[i] === held[i] ? [] : [[field.name, values[i] ?? null]]))])
    const found = this.#rules.filter((rule) => rule.fields.some((name) => changed.includes(name)) && rule.isBroken((name) => after.get(name) ?? null))
      .map((rule): BrokenRule => ({ rule, value: after.get(rule.rule.check.field) ?? null }))
    const broken = found.filter(({ rule: { rule } }) => rule.severity !== 'warning')
    if (broken.length > 0) return { broken }
    this.#values = after
    if (this.#first < 0) this.#first = row
    this.#updatedAt = changed.includes('updated_at') ? after.get('updated_at') ?? this.#effectiveAt : this.#effectiveAt
    if (modified !== null) {
      for (const name of changed) this.#fieldsAsOf.set(name, modified)
      if (isLater(modified, this.#asOf)) this.#asOf = modified
      if (isLater(modified, this.#changedAsOf)) this.#changedAsOf = modified
    }
    return found.length === 0 ? null : { doubted: found }
  }

  /** What the rows have changed, with `updated_at` and `as_of`; null where they leave the record as it was. */
  change(kindOf: (field: string) => Target['field']['kind'] | undefined): RelatedChange | null {
    const fields = [...this.#values].filter(([name, value]) => name !== 'updated_at' && !isSame(comparisonOf(kindOf(name) ?? 'text'), this.#stored.values[name] ?? null, value))
    if (fields.length === 0) return null
    const moments: [string, string | null, string | null][] = [['updated_at', this.#stored.updatedAt, this.#updatedAt], ['as_of', this.#stored.asOf, this.#asOf]]
    const all = [...fields.map(([name, value]): [string, string | null, string | null] => [name, this.#stored.values[name] ?? null, value]), ...moments.filter(([, before, after]) => before !== after)]
    return { row: this.#first, from: Object.fromEntries(all.map(([name, before]) => [name, before])), to: Object.fromEntries(all.map(([name, , after]) => [name, after])), asOf: this.#changedAsOf }
  }
}
