import { hasBug } from '../job/failpoint.ts'
import type { ObjectType } from '../schema/object.ts'
import { followingMoments, type RecordChange } from './record-change.ts'
import { sameFieldValue } from './same-field-value.ts'

/**
 * Fields of a record that others changed since `job` made it (or brought it back), by the net effect of all their changes: a later
 * undo and the undo of that undo cancel each other out. `changes` are all updates since, oldest first, those of `job` included.
 */
export function editedSince(object: ObjectType, job: number, changes: readonly RecordChange[]): string[] {
  if (hasBug('undo-blind-to-later-edits')) return []
  const left = new Map<string, string | null>()
  const last = new Map<string, string | null>()
  for (const change of changes) {
    for (const [name, after] of Object.entries(change.after)) {
      if (change.job === job) left.set(name, after)
      else if (!left.has(name)) left.set(name, valueOf(change.before, name))
      last.set(name, after)
    }
  }
  return [...last].filter(([name, value]) => !followingMoments.includes(name) && !sameFieldValue(object, name, left.get(name) ?? null, value)).map(([name]) => name)
}

function valueOf(texts: RecordChange['before'], name: string): string | null {
  return Object.hasOwn(texts, name) ? texts[name] ?? null : null
}
