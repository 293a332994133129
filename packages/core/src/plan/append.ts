import { decodeList, encodeList } from '../fields/list-literal.ts'
import { foldOption } from '../fields/fold-option.ts'
import type { FieldKind } from '../schema/field.ts'

/**
 * What a field holds after `added` was appended to `old`: the union of two lists (letter case aside, the old spelling stays), or a new
 * line of a long text. A text whose last lines are the added ones stays as it is, so that loading a file twice says nothing twice.
 */
export function append(kind: FieldKind, old: string, added: string): string {
  if (kind === 'long-text') return old === added || old.endsWith(`\n${added}`) ? old : `${old}\n${added}`
  const held = decodeList(old)
  const known = new Set(held.map(foldOption))
  const fresh = decodeList(added).filter((value) => !known.has(foldOption(value)))
  return fresh.length === 0 ? old : encodeList([...held, ...fresh])
}

/**
 * Takes out of `current` what a change from `before` to `after` added, and leaves what others put there since; null where the change
 * did more than add, or where what it added cannot be told any more.
 */
export function takeOut(kind: FieldKind, current: string | null, before: string | null, after: string | null): string | null {
  if (current === null || before === null || after === null) return null
  if (kind === 'long-text') {
    const line = after.startsWith(`${before}\n`) ? after.slice(before.length) : null
    if (line === null || !current.startsWith(after) || (current.length > after.length && current[after.length] !== '\n')) return null
    return before + current.slice(after.length)
  }
  if (kind !== 'tags' && kind !== 'multi-select') return null
  const [held, left] = [decodeList(before), decodeList(after)]
  if (!held.every((value) => left.includes(value))) return null
  const added = new Set(left.filter((value) => !held.includes(value)))
  return encodeList(decodeList(current).filter((value) => !added.has(value)))
}
