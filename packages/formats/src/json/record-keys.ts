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
  let found: string[] | null = text.length <= builtCharacters ? builtPaths(text) : null
  if (found === null) {
    const paths: string[] = found = []
    try { parseRecord(text, (path) => paths.push(path)) } catch (error) {
      if (!(error instanceof JsonError)) throw error
      return false
    }
  }
  for (const path of found) columns.add(path)
  return true
}

/** Paths by the platform's parser; null where they may be others than those of the text, or the text is no record. */
function builtPaths(text: string): string[] | null {
  const value = built(text)
  if (value === null) return null
  const paths: string[] = []
  // a key that stands twice in an object has one value in `value`, and columns of both in the text
  return takePaths(value, '', 1, paths) === keysIn(text) ? paths : null
}

function built(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : null
  } catch { return null }
}

/**
 * Takes the paths of a record, and says how many keys it has, as deep as they are columns. Undefined where some look like whole numbers: these come
 * first in an object, wherever they stood in the text.
 */
function takePaths(record: object, prefix: string, depth: number, paths: string[]): number | undefined {
  const entries = Object.entries(record)
  if (/^\d/.test(entries[0]?.[0] ?? '')) return undefined
  let keys = entries.length
  for (const [key, value] of entries) {
    if (depth < deepest && isObject(value)) {
      const below = takePaths(value, prefix + key + pathJoint, depth + 1, paths)
      if (below === undefined) return undefined
      keys += below
    } else paths.push(prefix + key)
  }
  return keys
}

/** How many keys the text of a record has, which is known to be JSON: a colon that stands in no string follows a key. */
function keysIn(text: string): number {
  let keys = 0, objects = 0, lists = 0
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case 0x22: at = closingQuote(text, at); break
      case 0x3a: if (lists === 0 && objects <= deepest) keys += 1; break
      case 0x7b: objects += 1; break
      case 0x7d: objects -= 1; break
      case 0x5b: lists += 1; break
      case 0x5d: lists -= 1; break
    }
  }
  return keys
}

function closingQuote(text: string, opening: number): number {
  for (let at = opening; ;) {
    at = text.indexOf('"', at + 1)
    let before = at
    while (text.charCodeAt(before - 1) === 0x5c) before -= 1
    if ((at - before) % 2 === 0) return at
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
