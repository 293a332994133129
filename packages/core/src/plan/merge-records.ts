import { closest } from '../issues/closest.ts'
import { Fault } from '../issues/fault.ts'
import { findField } from '../schema/catalog.ts'
import type { ObjectType } from '../schema/object.ts'
import { pointsToSeveral } from '../schema/reference-path.ts'

/** The two records of a pair: the later one, which was flagged, and the other one. */
export type Side = 'record' | 'other'
type Values = Readonly<Record<string, string | null>>

/** What a merge of two records does to the one that stays: values by field name, the same names in both. */
export interface RecordMerge { from: Record<string, string | null>; to: Record<string, string | null> }

/**
 * Works out what the record that stays takes from the one that goes: the fields for which that side was chosen, and where nothing was
 * chosen those that are empty on it. What belongs to a field (the source text of a phone, the code of an amount) goes with it.
 * No record refers to itself, or through others back to itself: a reference that `leadsBack` says of that it comes to either of the two ends
 * empty. Values are canonical texts by field name. Throws a Fault for
 * a field that the object does not have.
 */
export function mergeRecords(object: ObjectType, keep: Side, sides: Readonly<Record<Side, Values>>, choices: ReadonlyMap<string, Side>, leadsBack: (field: string, to: string) => boolean): RecordMerge {
  demandMergeable(object, choices.keys())
  const merge: RecordMerge = { from: {}, to: {} }
  const [kept, lost] = keep === 'record' ? [sides.record, sides.other] : [sides.other, sides.record]
  for (const name of mergeable(object)) {
    const takes = choices.has(name) ? choices.get(name) !== keep : valueOf(kept, name) === null && valueOf(lost, name) !== null
    if (!takes) continue
    for (const one of [name, ...followers(object, name)]) {
      if (valueOf(kept, one) === valueOf(lost, one)) continue
      set(merge.from, one, valueOf(kept, one))
      set(merge.to, one, valueOf(lost, one))
    }
  }
  for (const field of object.fields) {
    if (field.kind !== 'reference' || !field.targets?.includes(object.name)) continue
    const standing = valueOf(merge.to, field.name) ?? valueOf(kept, field.name)
    const into = followers(object, field.name).find((name) => name === objectNameOf(field.name))
    const ofOwnKind = into === undefined || (valueOf(merge.to, into) ?? valueOf(kept, into)) === object.name
    if (standing === null || !ofOwnKind || !leadsBack(field.name, standing)) continue
    for (const one of [field.name, ...followers(object, field.name)]) clear(merge, one, valueOf(kept, one))
  }
  return merge
}

/** Throws a Fault for the first field that no side can be chosen for. */
export function demandMergeable(object: ObjectType, fields: Iterable<string>): void {
  const known = mergeable(object)
  for (const name of fields) {
    if (known.includes(name)) continue
    const nearest = closest(name, known)
    throw new Fault('unknown-field', `Nothing can be chosen for "${name.slice(0, 80)}": ${object.pluralLabel} have no such field of their own.${nearest === null ? '' : ` Did you mean "${nearest}"?`}`, { path: 'values' })
  }
}

/** Empties a field of the record that stays; where it is empty already there is nothing to write. */
function clear({ from, to }: RecordMerge, name: string, held: string | null): void {
  if (held === null) { delete from[name]; delete to[name]; return }
  set(from, name, held)
  set(to, name, null)
}

/** Fields for which a side can be chosen: those of their own, stored, and not kept by Longshore. */
export function mergeable(object: ObjectType): string[] {
  const codes = new Set(object.fields.flatMap((field) => field.currencyField ?? []))
  return object.fields.filter((field) => !field.virtual && !field.companionOf && !field.audit && !codes.has(field.name)).map(({ name }) => name)
}

/** What goes with a field. A reference to one of several objects has the object's name beside it. */
function followers(object: ObjectType, name: string): string[] {
  const field = findField(object, name)
  const companions = object.fields.filter((other) => other.companionOf === name || other.name === field?.currencyField).map((other) => other.name)
  return field && pointsToSeveral(field) ? [...companions, objectNameOf(name)] : companions
}

/** The column that says of which object the record of a reference is. */
function objectNameOf(name: string): string {
  return `${name}_object`
}

function valueOf(values: Values, name: string): string | null {
  return Object.hasOwn(values, name) ? values[name] ?? null : null
}

function set(texts: Record<string, string | null>, name: string, value: string | null): void {
  Object.defineProperty(texts, name, { value, enumerable: true, configurable: true, writable: true })
}
