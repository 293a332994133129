import type { RowKey } from '../validate/checked-row.ts'
import { hashKey } from './hash-key.ts'
import { normalForms } from './normal-form.ts'

/** Stands between the parts of a composite key; no normal form contains it, because fields refuse control characters. */
const partSeparator = '\u001f'

/**
 * The hashes of a row's match keys, by key position: null where any part of a key is empty. One function for the check, and for the
 * planner after a merge, so that both find the same records.
 */
export function keysOf(cells: readonly (string | null)[], keys: readonly RowKey[]): (bigint | null)[] {
  const hashes = new Array<bigint | null>(keys.length)
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]
    hashes[i] = key === undefined ? null : keyOf(cells, key)
  }
  return hashes
}

/** The hash of one match key, or the record's number where that is the key; null where any part of it is empty. */
export function keyOf(cells: readonly (string | null)[], key: RowKey): bigint | null {
  const normal = normalKey(cells, key)
  return normal === null ? null : key.forms[0] === 'record-id' ? BigInt(normal) : hashKey(normal)
}

/** The text that is hashed: equal for rows that this key calls the same. null where any part is empty. */
export function normalKey(cells: readonly (string | null)[], key: RowKey): string | null {
  const { targets, forms } = key
  let joined = ''
  for (let i = 0; i < targets.length; i++) {
    const cell = cells[targets[i] ?? -1]
    if (cell === null || cell === undefined) return null
    const normal = normalForms[forms[i] ?? 'exact'](cell)
    if (normal === '') return null
    joined = i === 0 ? normal : joined + partSeparator + normal
  }
  return joined === '' ? null : joined
}
