import type { NestedColumns } from '../nested/columns.ts'
import { pathJoint } from '../nested/columns.ts'
import { closingQuote, KnownKeys } from './known-keys.ts'
import { deepest, JsonError, parseRecord } from './parse-record.ts'

/** Longer records are looked through without building them. */
const builtCharacters = 64 * 1024

/** The columns of records: same paths in the same order as `parseRecord` gives them, without the values, and so much faster. */
export class RecordKeys {
  readonly #columns: NestedColumns
  readonly #known = new KnownKeys()

  constructor(columns: NestedColumns) {
    this.#columns = columns
  }

  /** Adds the columns of a record that is an object; says false of one that was found to be no JSON. */
  add(text: string): boolean {
    if (this.#known.cover(text)) return true
    const found = pathsOf(text)
    for (const path of found ?? []) {
      this.#columns.add(path)
      this.#known.learn(path)
    }
    return found !== null
  }
}

/** The paths of a record; null where it is no JSON. */
function pathsOf(text: string): string[] | null {
  // V8 takes the key "\"" for "\\" once it has seen that at the same place of another object (13.6): a text with a backslash is not built
  const built = text.length <= builtCharacters && !text.includes('\\') ? builtPaths(text) : null
  if (built !== null) return built
  const paths: string[] = []
  try { parseRecord(text, (path) => paths.push(path)) } catch (error) {
    if (!(error instanceof JsonError)) throw error
    return null
  }
  return paths
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

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
