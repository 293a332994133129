import type { NestedColumns } from '../nested/columns.ts'
import { pathJoint } from '../nested/columns.ts'
import { deepest, JsonError, parseRecord } from './parse-record.ts'

/** Longer records are looked through without building them. */
const builtCharacters = 64 * 1024

/**
 * Adds the columns of a record that is an object; says false of one that is no JSON. Same paths in the same order as `parseRecord` gives
 * them, by the platform's parser, which is much faster where values do not count.
 */
export function addRecordKeys(text: string, columns: NestedColumns): boolean {
  if (text.length <= builtCharacters) {
    const value = built(text)
    if (value !== null && inOrder(value, 1)) {
      addKeys(value, '', 1, columns)
      return true
    }
  }
  const found: string[] = []
  try { parseRecord(text, (path) => found.push(path)) } catch (error) {
    if (!(error instanceof JsonError)) throw error
    return false
  }
  for (const path of found) columns.add(path)
  return true
}

function built(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : null
  } catch { return null }
}

/** Keys that look like whole numbers come first in an object, wherever they stood in the text. */
function inOrder(record: object, depth: number): boolean {
  let first = true
  for (const [key, value] of Object.entries(record)) {
    if (first && /^\d/.test(key)) return false
    first = false
    if (depth < deepest && isObject(value) && !inOrder(value, depth + 1)) return false
  }
  return true
}

function addKeys(record: object, prefix: string, depth: number, columns: NestedColumns): void {
  for (const [key, value] of Object.entries(record)) {
    if (depth < deepest && isObject(value)) addKeys(value, prefix + key + pathJoint, depth + 1, columns)
    else columns.add(prefix + key)
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
