import { takesAway } from '../definition/import.ts'
import type { Target } from '../map/mapping.ts'
import { keyOf } from '../match/keys-of.ts'
import type { Outcome, Reason } from '../job/outcome.ts'
import { recordId } from '../job/record-id.ts'
import { recordIdRule } from '../schema/record-id.ts'
import type { RowKey } from '../validate/checked-row.ts'
import type { CompiledRule } from '../validate/compile-rules.ts'
import { decide, type Found, type Strategy, type Which } from './decide.ts'
import { KeyIndex, Reached } from './key-index.ts'
import { isLater } from './later.ts'
import { link, linkRules, linkValues, type LinkRule, type LinkSlot } from './links.ts'
import { merge, type Ages } from './merge.ts'

/** Everything that decides a plan apart from rows and records. */
export interface PlanRules extends Strategy {
  job: number
  /** All positions of a staged row. */
  targets: readonly Target[]
  /** The keys of the import's own object, in key positions 0 … n-1; the first `criteria` of them are match criteria, in order. */
  keys: readonly RowKey[]
  criteria: number
  /** The ways in which columns link records, in slot order. */
  links: readonly LinkSlot[]
  /** Positions of the cells that name linked records, where the others change these; absent: all cells of a reference speak for its link. */
  naming?: ReadonlySet<number>
  /** What "now" is for this job; ISO. */
  effectiveAt: string
  /** Positions of a mapped `updated_at` and `created_at`, or -1. */
  modifiedAt: number
  createdAt: number
  /** The object's own rules: a record is looked at as it would stand after an update. */
  checks: readonly CompiledRule[]
}

/** A staged row without errors that shares a key with another row or a record. `refs`: record ids by reference slot. */
export interface GroupRow {
  row: number
  createErrors: number
  cells: (string | null)[]
  keys: (bigint | null)[]
  refs: readonly (bigint | null)[]
  defaulted: ReadonlySet<number> | null
}

/** A record that rows of the group may reach. `values` by target position, `keys` by own key position. */
export interface KnownRecord {
  id: bigint
  values: (string | null)[]
  keys: (bigint | null)[]
  refs: readonly (bigint | null)[]
  /** The job that moved the record to the bin, from which a row may bring it back; 0: no job; null: it is live. */
  deletedBy: number | null
  createdAt: string
  updatedAt: string
  /** Age of the record's data; null: unknown. */
  asOf: string | null
  /** Age of the data that the record was made with. */
  bornAsOf: string | null
  /** Fields that no column fills and a rule looks at, by name. */
  unmapped: Readonly<Record<string, string | null>>
  /** Age of single fields, by name, where a change of them brought its own. Only known where a merge rule asks for it. */
  fieldsAsOf: Readonly<Record<string, string>>
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
  refs: readonly (bigint | null)[]
  /** Updates: values of all targets afterwards, by position. */
  after: (string | null)[] | null
  /** Updates: the record's keys afterwards, by own key position. */
  keys: (bigint | null)[] | null
  /** Updates: what changes, by field name, with `updated_at` and `as_of`. */
  diff: Diff | null
  /** A row that several records match, or that is flagged: the criterion that found them, how many, and the ids of some. */
  rivals?: Rivals
  /** Rules that the record would break after the row, or that have a doubt about it, with the values they looked at. */
  broken?: { rule: CompiledRule; value: string | null }[]
  /** A row that fails because a text would grow beyond its field: the target's position. */
  tooLong?: number
}

/** What a row met: how many records, and the ids of the first of them. */
export interface Rivals { criterion: number; count: number; ids: bigint[] }

/** So many of the records that a row met are kept with it: of a key that thousands share, all pairs would be their square. */
export const mostRivals = 20

/**
 * Returns the function that plans the rows of one group in row order, each on the result of the one before. `records` are the
 * records of the store that any of the rows can reach; those in the bin are there to be brought back where a row meets no live one. Pure: the same input gives the same plan, wherever it is made. Row by row,
 * because a file may hold nothing but one group: memory holds its records, not its rows.
 */
export function groupPlanner(rules: PlanRules, records: readonly KnownRecord[]): (row: GroupRow) => PlannedRow {
  const index = new KeyIndex<GroupRecord>(rules.criteria)
  const gone = new KeyIndex<GroupRecord>(rules.criteria)
  const binned = new KeyIndex<GroupRecord>(rules.criteria)
  for (const record of records) (record.deletedBy === null ? index : binned).add({ ...record, fromFile: false, written: false })
  const linking = linkRules(rules.links, rules.targets, rules.naming)
  return (row) => {
    const live = index.find(row.keys)
    const { criterion, reached } = live.reached !== null || takesAway(rules.operation) ? live : lastDeleted(binned.find(row.keys))
    if (reached === null && takesAway(rules.operation)) {
      const deleted = gone.find(row.keys).reached?.first()
      if (deleted) return unchanged(row, 'skipped', 'already-gone', deleted.id)
    }
    const found: Found = reached === null ? { kind: 'none' } : { kind: reached.count === 1 ? 'one' : 'several', where: reached.inStore ? 'store' : 'file' }
    const decision = decide(rules, found)
    const rivals = (): Rivals => ({ criterion, count: reached?.count ?? 0, ids: reached?.ids(mostRivals) ?? [] })
    switch (decision.kind) {
      case 'skip': return unchanged(row, 'skipped', decision.reason, reached?.first()?.id ?? null)
      case 'fail': return { ...unchanged(row, 'failed', decision.reason, null), ...(found.kind === 'several' ? { rivals: rivals() } : {}) }
      case 'create': return create(rules, index, row)
      case 'flag': {
        const met = rivals() // before the row is one of those that its key finds
        const created = create(rules, index, row)
        return created.action === 'created' ? { ...created, action: 'flagged', reason: 'possible-duplicate', rivals: met } : created
      }
      case 'update': return update(rules, linking, { index, binned }, row, meant(reached, decision.which))
      case 'delete': {
        const record = meant(reached, decision.which)
        index.remove(record)
        gone.add(record)
        return { ...unchanged(row, 'deleted', 'none', record.id) }
      }
    }
  }
}

function meant(reached: Reached<GroupRecord> | null, which: Which): GroupRecord {
  const record = reached?.meant(which)
  if (!record) throw new Error('a row is to change a record and has met none')
  return record
}

type Looked = ReturnType<KeyIndex<GroupRecord>['find']>

/**
 * Of several records in the bin with one key the one that the latest job deleted is meant: imports that were taken back leave one each. Not by
 * the moment of deleting, which is each chunk's own.
 */
function lastDeleted({ criterion, reached }: Looked): Looked {
  if (reached === null || reached.count === 1) return { criterion, reached }
  const last = [...reached].reduce((best, record) => ((record.deletedBy ?? 0) > (best.deletedBy ?? 0) || (record.deletedBy === best.deletedBy && record.id > best.id) ? record : best))
  return { criterion, reached: new Reached([last]) }
}

function create(rules: PlanRules, index: KeyIndex<GroupRecord>, row: GroupRow): PlannedRow {
  if (row.createErrors > 0) return unchanged(row, 'failed', 'invalid', null)
  const id = recordId(rules.job, row.row, 0)
  const modified = row.cells[rules.modifiedAt] ?? null
  index.add({
    id, values: withMoment(rules, row.cells, modified ?? rules.effectiveAt), keys: keysOfNew(rules, row, id), refs: row.refs, deletedBy: null, createdAt: row.cells[rules.createdAt] ?? rules.effectiveAt, updatedAt: modified ?? rules.effectiveAt,
    asOf: modified, bornAsOf: modified, unmapped: {}, fieldsAsOf: {}, fromFile: true, written: true,
  })
  return { row: row.row, action: 'created', reason: 'none', record: id, turn: 0, refs: row.refs, after: null, keys: null, diff: null }
}

/** Keys of a record that a row makes: a number that the row names is another record's. */
function keysOfNew({ keys }: PlanRules, row: GroupRow, id: bigint): (bigint | null)[] {
  return keys.some(({ rule }) => rule === recordIdRule) ? row.keys.map((key, k) => (keys[k]?.rule === recordIdRule ? id : key)) : row.keys
}

type GroupRecord = KnownRecord & { fromFile: boolean; written: boolean }

function unchanged(row: GroupRow, action: Outcome, reason: Reason, record: bigint | null): PlannedRow {
  return { row: row.row, action, reason, record, turn: 0, refs: [], after: null, keys: null, diff: null }
}

function update(rules: PlanRules, linking: readonly LinkRule[], { index, binned }: Record<'index' | 'binned', KeyIndex<GroupRecord>>, row: GroupRow, record: GroupRecord): PlannedRow {
  const modified = row.defaulted?.has(rules.modifiedAt) ? null : row.cells[rules.modifiedAt] ?? null
  const ages: Ages = { row: modified, field: (name) => (Object.hasOwn(record.fieldsAsOf, name) ? record.fieldsAsOf[name] ?? null : record.bornAsOf) }
  const { values, older, tooLong } = merge(rules.targets, record.values, row.cells, row.defaulted, ages)
  if (tooLong >= 0) return { ...unchanged(row, 'failed', 'too-long', null), tooLong }
  const { refs: linked, older: keptLink } = link(linking, record.refs, row, ages)
  const diff: Diff = {}
  for (const [i, target] of rules.targets.entries()) {
    if (target.reference === null && values[i] !== record.values[i]) set(diff, target.field.name, record.values[i] ?? null, values[i] ?? null)
  }
  if (linked !== record.refs) {
    const after = new Map(linkValues(linking, rules.links, linked))
    for (const [name, before] of linkValues(linking, rules.links, record.refs)) if (before !== after.get(name)) set(diff, name, before, after.get(name) ?? null)
  }
  const changed = Object.keys(diff)
  const restored = record.deletedBy !== null
  const turn = record.written ? 1 : 0
  if (changed.length === 0 && restored) {
    binned.remove(record)
    index.add(Object.assign(record, { deletedBy: null, written: true }))
    return { row: row.row, action: 'updated', reason: 'restored', record: record.id, turn, refs: record.refs, after: record.values, keys: record.keys, diff }
  }
  if (changed.length === 0) return unchanged(row, 'skipped', older || keptLink ? 'older' : 'nothing-to-change', record.id)
  const broken = brokenRules(rules, linking, record, values, linked, changed)
  if (broken.some(({ rule }) => rule.rule.severity !== 'warning')) return { ...unchanged(row, 'failed', 'invalid', null), broken }
  const updatedAt = modified === null ? rules.effectiveAt : values[rules.modifiedAt] ?? rules.effectiveAt
  const asOf = isLater(modified, record.asOf) ? modified : record.asOf
  if (updatedAt !== record.updatedAt) set(diff, 'updated_at', record.updatedAt, updatedAt)
  if (asOf !== record.asOf) set(diff, 'as_of', record.asOf, asOf)
  const keys = ownKeys(rules, record, values, row, changed)
  const fieldsAsOf = modified === null ? record.fieldsAsOf : { ...record.fieldsAsOf, ...Object.fromEntries(changed.map((name) => [name, modified])) }
  if (restored) binned.remove(record)
  else index.rekey(record, keys)
  Object.assign(record, { deletedBy: null, values: withMoment(rules, values, updatedAt), refs: linked, keys, updatedAt, asOf, fieldsAsOf, written: true })
  if (restored) index.add(record)
  return { row: row.row, action: 'updated', reason: restored ? 'restored' : 'none', record: record.id, turn, refs: linked, after: values, keys, diff, ...(broken.length > 0 ? { broken } : {}) }
}

/** The rules about fields that change, asked of the record as it would stand. */
function brokenRules({ checks, targets, links }: PlanRules, linking: readonly LinkRule[], record: GroupRecord, values: readonly (string | null)[], linked: readonly (bigint | null)[], changed: readonly string[]): NonNullable<PlannedRow['broken']> {
  if (checks.length === 0) return []
  const linkedTo = new Map(linkValues(linking, links, linked))
  const value = (name: string): string | null => {
    if (linkedTo.has(name)) return linkedTo.get(name) ?? null
    const place = targets.findIndex((target) => target.path === name)
    if (place >= 0) return values[place] ?? null
    if (name === 'created_at') return record.createdAt
    return Object.hasOwn(record.unmapped, name) ? record.unmapped[name] ?? null : null
  }
  return checks.filter((rule) => rule.fields.some((name) => changed.includes(name)) && rule.isBroken(value)).map((rule) => ({ rule, value: value(rule.rule.check.field) }))
}

/** Values with the moment of change that the record really has: a row that brings none leaves that of the job. None at all where planning needs none. */
function withMoment({ modifiedAt }: PlanRules, values: (string | null)[], updatedAt: string): (string | null)[] {
  return modifiedAt < 0 || modifiedAt >= values.length || values[modifiedAt] === updatedAt ? values : values.with(modifiedAt, updatedAt)
}

/** A field may be called anything that an API name allows: it is defined, never inherited. */
function set(diff: Diff, name: string, from: string | null, to: string | null): void {
  Object.defineProperty(diff, name, { value: { from, to }, enumerable: true, configurable: true, writable: true })
}

/**
 * Keys of the merged record. A part behind a reference is not among the record's own values: such a key stays where nothing that it is
 * made of changed, and else is the row's, until it is read from the stored record again.
 */
function ownKeys(rules: PlanRules, record: GroupRecord, values: readonly (string | null)[], row: GroupRow, changed: readonly string[]): (bigint | null)[] {
  return rules.keys.map((key, k) => {
    if (!looksThrough(rules, key)) return key.targets.every((position) => values[position] === record.values[position]) ? record.keys[k] ?? null : keyOf(values, key)
    const touched = key.targets.some((position) => { const target = rules.targets[position]; return target !== undefined && changed.includes(target.reference?.name ?? target.field.name) })
    return (touched ? row.keys[k] : record.keys[k]) ?? null
  })
}

function looksThrough({ targets }: PlanRules, key: RowKey): boolean {
  return key.targets.some((position) => (targets[position]?.reference ?? null) !== null)
}
