import type { MergeRule } from '../definition/import.ts'
import type { Target } from '../map/mapping.ts'
import { keysOf } from '../match/keys-of.ts'
import type { Outcome, Reason } from '../job/outcome.ts'
import { recordId } from '../job/record-id.ts'
import type { RowKey } from '../validate/checked-row.ts'
import { decide, type Found, type Strategy } from './decide.ts'
import { applies, merge } from './merge.ts'

/** Everything that decides a plan apart from rows and records. */
export interface PlanRules extends Strategy {
  job: number
  /** All positions of a staged row. */
  targets: readonly Target[]
  /** The keys of the import's own object, in key positions 0 … n-1; the first `criteria` of them are match criteria, in order. */
  keys: readonly RowKey[]
  criteria: number
  /** API names of the reference fields that columns describe, in slot order. */
  references: readonly string[]
  /** What "now" is for this job; ISO. */
  effectiveAt: string
  /** Position of a mapped `updated_at`, or -1. */
  modifiedAt: number
}

/** A staged row without errors that shares a key with another row or a record. `refs`: record ids by reference slot. */
export interface GroupRow {
  row: number
  createErrors: number
  cells: (string | null)[]
  keys: (bigint | null)[]
  refs: (bigint | null)[]
  defaulted: ReadonlySet<number> | null
}

/** A live record that rows of the group may reach. `values` by target position, `keys` by own key position. */
export interface KnownRecord {
  id: bigint
  values: (string | null)[]
  keys: (bigint | null)[]
  refs: (bigint | null)[]
  updatedAt: string
  asOf: string | null
}

export type Diff = Record<string, { from: string | null; to: string | null }>

export interface PlannedRow {
  row: number
  action: Outcome
  reason: Reason
  record: bigint | null
  /** 0: the first row of the group that writes to the record; 1: others write to it before this one. */
  turn: 0 | 1
  /** Record ids by slot that the row's record is linked to afterwards; null slots have no link. */
  refs: (bigint | null)[]
  /** Updates: values of all targets afterwards, by position. */
  after: (string | null)[] | null
  /** Updates: the record's keys afterwards, by own key position. */
  keys: (bigint | null)[] | null
  /** Updates: what changes, by field name, with `updated_at` and `as_of`. */
  diff: Diff | null
  /** A row that several records match: the criterion that found them, and their ids. */
  rivals?: { criterion: number; ids: bigint[] }
}

/**
 * Returns the function that plans the rows of one group in row order, each on the result of the one before. `records` are the live
 * records of the store that any of the rows can reach. Pure: the same input gives the same plan, wherever it is made. Row by row,
 * because a file may hold nothing but one group: memory holds its records, not its rows.
 */
export function groupPlanner(rules: PlanRules, records: readonly KnownRecord[]): (row: GroupRow) => PlannedRow {
  const index = new KeyIndex(rules.criteria)
  for (const record of records) index.add({ ...record, fromFile: false, written: false })
  const linkRules = rules.references.map((name) => rules.targets.find((target) => target.reference?.name === name && target.merge !== 'always')?.merge ?? 'always')
  return (row) => {
    const { criterion, records: reached } = index.find(row.keys)
    const [first] = reached
    const found: Found = first === undefined ? { kind: 'none' }
      : { kind: reached.length === 1 ? 'one' : 'several', where: reached.some((record) => !record.fromFile) ? 'store' : 'file' }
    const decision = decide(rules, found)
    if (decision.kind === 'skip') return unchanged(row, 'skipped', decision.reason, first?.id ?? null)
    if (decision.kind === 'fail') {
      const failed = unchanged(row, 'failed', decision.reason, null)
      return reached.length > 1 ? { ...failed, rivals: { criterion, ids: reached.map(({ id }) => id) } } : failed
    }
    if (decision.kind === 'create' || first === undefined) {
      if (row.createErrors > 0) return unchanged(row, 'failed', 'invalid', null)
      const id = recordId(rules.job, row.row, 0)
      const modified = row.cells[rules.modifiedAt] ?? null
      index.add({ id, values: row.cells, keys: row.keys, refs: row.refs, updatedAt: modified ?? rules.effectiveAt, asOf: modified, fromFile: true, written: true })
      return { row: row.row, action: 'created', reason: 'none', record: id, turn: 0, refs: row.refs, after: null, keys: null, diff: null }
    }
    return update(rules, linkRules, index, row, first)
  }
}

type GroupRecord = KnownRecord & { fromFile: boolean; written: boolean }

/** The group's records by match criterion and key, kept true while rows change them. */
class KeyIndex {
  readonly #byKey: Map<bigint, GroupRecord[]>[]

  constructor(criteria: number) {
    this.#byKey = Array.from({ length: criteria }, () => new Map())
  }

  add(record: GroupRecord): void {
    for (const [c, map] of this.#byKey.entries()) {
      const key = record.keys[c] ?? null
      if (key === null) continue
      const bucket = map.get(key)
      if (bucket) bucket.push(record)
      else map.set(key, [record])
    }
  }

  remove(record: GroupRecord): void {
    for (const [c, map] of this.#byKey.entries()) {
      const key = record.keys[c] ?? null
      if (key !== null) map.set(key, (map.get(key) ?? []).filter((other) => other !== record))
    }
  }

  /** Match criteria are tried in order; the first that finds something decides. */
  find(keys: readonly (bigint | null)[]): { criterion: number; records: readonly GroupRecord[] } {
    for (const [c, map] of this.#byKey.entries()) {
      const key = keys[c] ?? null
      const bucket = key === null ? undefined : map.get(key)
      if (bucket && bucket.length > 0) return { criterion: c, records: bucket }
    }
    return { criterion: -1, records: [] }
  }
}

function unchanged(row: GroupRow, action: Outcome, reason: Reason, record: bigint | null): PlannedRow {
  return { row: row.row, action, reason, record, turn: 0, refs: [], after: null, keys: null, diff: null }
}

function update(rules: PlanRules, linkRules: readonly MergeRule[], index: KeyIndex, row: GroupRow, record: GroupRecord): PlannedRow {
  const values = merge(rules.targets, record.values, row.cells, row.defaulted)
  const linked = linkRules.map((rule, slot) => {
    const old = record.refs[slot] ?? null
    const ref = row.refs[slot] ?? null
    return ref === null || !applies(rule, old === null ? null : old.toString()) ? old : ref
  })
  const diff: Diff = {}
  for (const [i, target] of rules.targets.entries()) {
    if (target.reference === null && values[i] !== record.values[i]) diff[target.field.name] = { from: record.values[i] ?? null, to: values[i] ?? null }
  }
  for (const [slot, name] of rules.references.entries()) {
    if (linked[slot] !== (record.refs[slot] ?? null)) diff[name] = { from: text(record.refs[slot]), to: text(linked[slot]) }
  }
  if (Object.keys(diff).length === 0) return unchanged(row, 'skipped', 'nothing-to-change', record.id)
  const modified = rules.modifiedAt < 0 ? null : row.cells[rules.modifiedAt] ?? null
  const updatedAt = modified ?? rules.effectiveAt
  const asOf = modified ?? record.asOf
  if (updatedAt !== record.updatedAt) diff['updated_at'] = { from: record.updatedAt, to: updatedAt }
  if (asOf !== record.asOf) diff['as_of'] = { from: record.asOf, to: asOf }
  const keys = ownKeys(rules, values)
  const turn = record.written ? 1 : 0
  index.remove(record)
  Object.assign(record, { values, refs: linked, keys, updatedAt, asOf, written: true })
  index.add(record)
  return { row: row.row, action: 'updated', reason: 'none', record: record.id, turn, refs: linked, after: values, keys, diff }
}

/** Keys of the merged record. */
function ownKeys(rules: PlanRules, values: readonly (string | null)[]): (bigint | null)[] {
  const after = keysOf(values, rules.keys)
  return rules.keys.map((_, k) => after[k] ?? null)
}

function text(id: bigint | null | undefined): string | null {
  return id === null || id === undefined ? null : id.toString()
}
