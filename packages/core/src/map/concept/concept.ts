import type { Aspect, Attribute, Entity, Kind } from '../lexicon/meanings.ts'

/** What a header speaks of: an attribute, whose it is, and which of several. */
export interface Concept {
  /** null: only a thing is named ("Company"), which means its name. */
  attribute: Exclude<Attribute, 'none'> | null
  entity: Entity | null
  kind: Kind | null
  /** "Phone 2" is 2. */
  ordinal: number | null
  aspects: readonly Aspect[]
  /** Only the kind is said, "Work" or "Home": a telephone where others are called by their kind, too. */
  bare?: true
}

/** One way to understand a header. */
export interface Understanding {
  /** null: the header names a thing that no field is for. */
  concept: Concept | null
  /** How well the words were understood, 0 to 1: all of them known, in a language that the file speaks, without taking words apart. */
  sureness: number
  /** A language in which the header reads so, the most spoken one of the file. */
  language: string
  /** The whole header is one known phrase. */
  whole: boolean
  /** How much of it is known: all of its words, most of what it says, or less. */
  known: 'all' | 'mostly' | 'little'
}
