import type { DecodedArray } from 'hyparquet'
import type { RunNumbers } from './level-runs.ts'

/** The texts of the values of a page, by their places. */
export interface CellTexts {
  at(index: number): string | null
  /** The bytes that the text was made of; null where they were no text. */
  bytesAt(index: number): Buffer | null
  /** Some value holds bytes that are no UTF-8, or NUL. */
  readonly odd: boolean
}

/** Values that are no texts in the file. */
export class ValueTexts implements CellTexts {
  readonly odd = false
  readonly #values: DecodedArray
  readonly #text: (value: unknown) => string | null

  constructor(values: DecodedArray, text: (value: unknown) => string | null) {
    this.#values = values
    this.#text = text
  }

  at(index: number): string | null {
    return this.#text(this.#values[index])
  }

  bytesAt(): null {
    return null
  }
}

/** Entries of a dictionary up to which their texts are kept: a larger one hardly repeats, and would take memory for nothing. */
const keptEntries = 4_096

/** A column's dictionary: most texts are asked for again and again. */
export class DictionaryTexts implements CellTexts {
  readonly odd: boolean
  readonly #entries: CellTexts
  readonly #kept: (string | null)[] | null

  constructor(entries: CellTexts, count: number) {
    this.#entries = entries
    this.odd = entries.odd
    this.#kept = count <= keptEntries ? new Array<string | null>(count) : null
  }

  at(index: number): string | null {
    return this.#kept === null ? this.#entries.at(index) : this.#kept[index] ??= this.#entries.at(index)
  }

  bytesAt(index: number): Buffer | null {
    return this.#entries.bytesAt(index)
  }
}

/** The values of a page that are places in a dictionary. */
export class PlacedTexts implements CellTexts {
  readonly odd: boolean
  readonly #dictionary: CellTexts
  readonly #places: RunNumbers

  constructor(dictionary: CellTexts, places: RunNumbers) {
    this.#dictionary = dictionary
    this.#places = places
    this.odd = dictionary.odd
  }

  at(index: number): string | null {
    return this.#dictionary.at(this.#places[index] ?? 0)
  }

  bytesAt(index: number): Buffer | null {
    return this.#dictionary.bytesAt(this.#places[index] ?? 0)
  }
}
