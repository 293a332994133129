import { hasBug } from '../job/failpoint.ts'
import { takeOut } from '../plan/append.ts'
import { findField } from '../schema/catalog.ts'
import type { ObjectType } from '../schema/object.ts'
import { followingMoments, type FieldTexts, type RecordChange } from './record-change.ts'
import { sameFieldValue } from './same-field-value.ts'

/** What undo does with the fields of one record that a job updated. */
export interface FieldUndo {
  /** Fields that go back: what they hold now, and what they held before the job. The same names in both. */
  from: Record<string, string | null>
  to: Record<string, string | null>
  /** Fields that stay as they are, wholly or in part, because somebody edited them since. */
  kept: string[]
}

export interface UndoneRecord {
  object: ObjectType
  /** What the record holds now; at least every field that `changes` name. */
  current: FieldTexts
  /** Updates of the job that is undone, oldest first. */
  changes: readonly RecordChange[]
}

/**
 * Takes a job's updates of one record back, newest first, field by field: a value that is still what the job left returns to what
 * it was; one that somebody edited since is kept, unless `everything` is wanted. A field that is back already is left alone.
 * What a change added to a list or a long text is taken out, and what others added since stays.
 * What belongs to a field (the source text of a phone, the object of a reference) goes or stays with it.
 */
export function planUndo({ object, current, changes }: UndoneRecord, everything: boolean): FieldUndo {
  const undo: FieldUndo = { from: {}, to: {}, kept: [] }
  const names = [...new Set(changes.flatMap((change) => Object.keys(change.after)))]
  const put = (name: string, value: string | null): void => {
    if (valueOf(current, name) === value) return
    set(undo.from, name, valueOf(current, name))
    set(undo.to, name, value)
  }
  const leads = (name: string): boolean => !followingMoments.includes(name) && leaderOf(object, name, names) === name
  for (const name of names.filter(leads)) {
    const touching = changes.filter((change) => Object.hasOwn(change.after, name))
    // 1.50 that the job left where 1.5 was goes back to how it was written; what somebody else wrote so stays
    if (sameFieldValue(object, name, valueOf(current, name), valueOf(touching[0]?.before ?? {}, name)) && valueOf(touching.at(-1)?.after ?? {}, name) !== valueOf(current, name)) continue
    const back = everything || hasBug('undo-blind-to-later-edits') ? { at: 0, value: valueOf(touching[0]?.before ?? {}, name) } : takenBack(object, name, valueOf(current, name), changes)
    const taken = changes.slice(back.at)
    if (changes.slice(0, back.at).some((change) => Object.hasOwn(change.after, name))) undo.kept.push(name)
    for (const led of names.filter((other) => leaderOf(object, other, names) === name)) {
      const oldest = taken.find((change) => Object.hasOwn(change.after, led))
      if (oldest) put(led, led === name ? back.value : valueOf(oldest.before, led))
    }
  }
  if (undo.kept.length === 0) for (const name of names.filter((other) => followingMoments.includes(other))) {
    const touching = changes.filter((change) => Object.hasOwn(change.after, name))
    const left = valueOf(touching.at(-1)?.after ?? {}, name)
    if (everything || sameFieldValue(object, name, valueOf(current, name), left)) put(name, valueOf(touching[0]?.before ?? {}, name))
  }
  return undo
}

/**
 * Goes back from the newest change: the oldest one that can be taken back in this field (`changes.length` when none can), and the value
 * that is left then. From a list or long text that somebody changed since, only what the change had added is taken out.
 */
function takenBack(object: ObjectType, name: string, value: string | null, changes: readonly RecordChange[]): { at: number; value: string | null } {
  const kind = findField(object, name)?.kind ?? 'text'
  let at = changes.length
  for (let i = changes.length - 1; i >= 0; i--) {
    const change = changes[i]
    if (change === undefined || !Object.hasOwn(change.after, name)) continue
    const [before, after] = [valueOf(change.before, name), valueOf(change.after, name)]
    if (sameFieldValue(object, name, value, after)) value = before
    else {
      const rest = takeOut(kind, value, before, after)
      if (rest === null) return { at, value }
      value = rest
    }
    at = i
  }
  return { at: 0, value }
}

/** The field that decides for `name`: its parent or reference when that changed, too, else itself. */
function leaderOf(object: ObjectType, name: string, changed: readonly string[]): string {
  const parent = findField(object, name)?.companionOf ?? (name.endsWith('_object') ? name.slice(0, -'_object'.length) : name)
  return changed.includes(parent) ? parent : name
}

function valueOf(texts: FieldTexts, name: string): string | null {
  return Object.hasOwn(texts, name) ? texts[name] ?? null : null
}

/** A field may be called anything that an API name allows: it is defined, never inherited. */
function set(texts: Record<string, string | null>, name: string, value: string | null): void {
  Object.defineProperty(texts, name, { value, enumerable: true, configurable: true, writable: true })
}
