import type { MergeRule } from '../definition/import.ts'
import { firstOfEachReference, type Target } from '../map/mapping.ts'
import { pointsToSeveral, referencePath } from '../schema/reference-path.ts'
import { applies, type Ages } from './merge.ts'

/**
 * One way in which a record can be linked: a reference field and the object that it leads to. A record is linked by a field in one way at
 * most, so of the ids by slot those of one field are null but for one.
 */
export interface LinkSlot {
  /** API name of the reference field. */
  field: string
  /** API name of the object. */
  object: string
  /** The field may lead to several objects: which one is kept beside the id. */
  several: boolean
  /** As paths name it; null: no column leads there, and only existing records are linked so. */
  through: string | null
}

/** All slots of an import: first those that columns describe, in slot order, then the other objects of their references. */
export function linkSlots(targets: readonly Target[]): LinkSlot[] {
  const described = firstOfEachReference(targets).flatMap(({ reference, object }): LinkSlot[] =>
    (reference ? [{ field: reference.name, object: object.name, several: pointsToSeveral(reference), through: referencePath({ reference, object }) }] : []))
  const references = targets.flatMap(({ reference }) => (reference && pointsToSeveral(reference) ? [reference] : []))
  const others = references.filter((one, i) => references.findIndex(({ name }) => name === one.name) === i).flatMap(({ name, targets: objects }) =>
    (objects ?? []).filter((object) => !described.some((slot) => slot.field === name && slot.object === object)).map((object): LinkSlot => ({ field: name, object, several: true, through: null })))
  return [...described, ...others]
}

/** How the columns of one reference field change an existing link. */
export interface LinkRule {
  field: string
  slots: number[]
  several: boolean
  merge: MergeRule
  /** Positions of cells that, all empty, take the link away; null: empty cells leave it. */
  clearedBy: number[] | null
}

/** `naming`: positions of the cells that name records, where the others describe them for their own sake; absent: every cell of a reference speaks for its link. */
export function linkRules(slots: readonly LinkSlot[], targets: readonly Target[], naming?: ReadonlySet<number>): LinkRule[] {
  return [...new Set(slots.map(({ field }) => field))].map((field) => {
    const own = targets.filter((target) => target.reference?.name === field && target.companionOf === null)
    const filled = own.filter((target) => target.column !== null || target.nameFrom !== null)
    const speaking = naming === undefined ? own : own.filter((target) => naming.has(targets.indexOf(target)))
    const clears = speaking.some((target) => target.blankClears && target.reference?.required !== true)
    return {
      field, slots: slots.flatMap((slot, i) => (slot.field === field ? [i] : [])), several: slots.some((slot) => slot.field === field && slot.several),
      merge: speaking.find((target) => target.merge !== 'always')?.merge ?? 'always', clearedBy: clears ? filled.map((target) => targets.indexOf(target)) : null,
    }
  })
}

type Ids = readonly (bigint | null)[]

/** Ids by slot that a record has after a row; `old` itself where nothing changes. `older`: a link was not newer, so the old one stays. */
export function link(rules: readonly LinkRule[], old: Ids, row: { refs: Ids; cells: readonly (string | null)[] }, ages: Ages): { refs: Ids; older: boolean } {
  let refs = old
  let older = false
  for (const { field, slots, merge, clearedBy } of rules) {
    const before = slots.find((slot) => (old[slot] ?? null) !== null)
    const wanted = slots.find((slot) => (row.refs[slot] ?? null) !== null)
    if (wanted === undefined && (before === undefined || clearedBy === null || clearedBy.some((position) => (row.cells[position] ?? null) !== null))) continue
    if (wanted !== undefined && (old[wanted] ?? null) === row.refs[wanted]) continue
    if (!applies(merge, before === undefined ? null : String(old[before]), ages, field)) {
      older ||= merge === 'if-newer'
      continue
    }
    refs = refs.map((id, slot) => (slot === wanted ? row.refs[slot] ?? null : slots.includes(slot) ? null : id))
  }
  return { refs, older }
}

/** What a record's reference fields hold, as texts by field name; of those that may lead to several objects also which one. */
export function linkValues(rules: readonly LinkRule[], slots: readonly LinkSlot[], refs: Ids): [name: string, value: string | null][] {
  return rules.flatMap(({ field, slots: own, several }): [string, string | null][] => {
    const slot = own.find((one) => (refs[one] ?? null) !== null)
    const id: [string, string | null] = [field, slot === undefined ? null : String(refs[slot])]
    return several ? [id, [`${field}_object`, slot === undefined ? null : slots[slot]?.object ?? null]] : [id]
  })
}
