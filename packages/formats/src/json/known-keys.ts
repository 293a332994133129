import { pathJoint } from '../nested/columns.ts'

/** A key that was seen in an object: as the file writes it, quotes included; whether its value was a cell, and the keys of the object that its value was. */
interface Key { text: string; place: number; isColumn: boolean; below: Level | null }

/** The keys of an object, in the order in which they were first seen. */
class Level {
  readonly #keys: Key[] = []
  readonly #byText = new Map<string, Key>()

  key(text: string): Key {
    const known = this.#byText.get(text)
    if (known !== undefined) return known
    const key: Key = { text, place: this.#keys.length, isColumn: false, below: null }
    this.#keys.push(key)
    this.#byText.set(text, key)
    return key
  }

  /** The key that stands at a place of the text. Records name their keys in the same order, so that no text has to be cut out for most. */
  at(text: string, at: number, expected: number): Key | undefined {
    const likely = this.#keys[expected]
    if (likely !== undefined && text.startsWith(likely.text, at)) return likely
    return this.#byText.get(text.slice(at, text.indexOf('"', at + 1) + 1))
  }
}

/** The keys of the records so far. Nearly all records of a file have no others, and are known by that without being built. */
export class KnownKeys {
  readonly #top = new Level()

  learn(path: string): void {
    const keys = path.split(pathJoint)
    const last = keys.pop() ?? ''
    let level = this.#top
    for (const key of keys) level = level.key(JSON.stringify(key)).below ??= new Level()
    level.key(JSON.stringify(last)).isColumn = true
  }

  /** Whether a record has keys of these alone. A no means nothing: the text may write them otherwise, or be no record. That a value is JSON is not proved. */
  cover(text: string): boolean {
    const end = objectEnd(text, blanks(text, 0), this.#top)
    return end > 0 && blanks(text, end) === text.length
  }
}

/** The place after an object of known keys; -1: it has others. */
function objectEnd(text: string, start: number, level: Level): number {
  if (text.charCodeAt(start) !== 0x7b) return -1
  let at = blanks(text, start + 1)
  if (text.charCodeAt(at) === 0x7d) return at + 1
  for (let expected = 0; ;) {
    const key = level.at(text, at, expected)
    if (key === undefined) return -1
    expected = key.place + 1
    at = blanks(text, at + key.text.length)
    if (text.charCodeAt(at) !== 0x3a) return -1
    at = blanks(text, at + 1)
    if (text.charCodeAt(at) === 0x7b) at = key.below === null ? -1 : objectEnd(text, at, key.below)
    else at = key.isColumn ? valueEnd(text, at) : -1
    if (at < 0) return -1
    at = blanks(text, at)
    const next = text.charCodeAt(at)
    if (next === 0x7d) return at + 1
    if (next !== 0x2c) return -1
    at = blanks(text, at + 1)
  }
}

/** The place after a value that is no object. */
function valueEnd(text: string, start: number): number {
  const first = text.charCodeAt(start)
  if (first === 0x22) return closingQuote(text, start) + 1
  if (first === 0x5b) return listEnd(text, start)
  let at = start
  for (let c = first; at < text.length && c !== 0x2c && c !== 0x7d && c > 0x20; c = text.charCodeAt(at)) at += 1
  return at
}

function listEnd(text: string, start: number): number {
  let open = 0
  for (let at = start; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case 0x22: at = closingQuote(text, at); break
      case 0x5b: case 0x7b: open += 1; break
      case 0x5d: case 0x7d: open -= 1; if (open === 0) return at + 1
    }
  }
  return -1
}

/** The place of the quote that ends a text; the end of all where none does. */
export function closingQuote(text: string, opening: number): number {
  for (let at = opening; ;) {
    at = text.indexOf('"', at + 1)
    if (at === -1) return text.length
    let before = at
    while (text.charCodeAt(before - 1) === 0x5c) before -= 1
    if ((at - before) % 2 === 0) return at
  }
}

function blanks(text: string, start: number): number {
  let at = start
  for (let c = text.charCodeAt(at); c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09; c = text.charCodeAt(at)) at += 1
  return at
}
