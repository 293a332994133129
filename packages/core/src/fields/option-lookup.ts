import { countryOf } from './country-of.ts'
import { isCurrencyCode, onlyCurrencyOf } from './currency-codes.ts'
import { foldLoosely } from './fold-loosely.ts'
import { foldOption } from './fold-option.ts'
import { aliasesOfOption } from './option-aliases.ts'
import { countriesWithStates, statesOf } from './state-of.ts'
import type { PicklistOption } from '../schema/field.ts'
import type { Pipeline } from '../schema/object.ts'

/** Options of a field, found by value or label without regard to letter case. */
export interface OptionLookup {
  /** Value in its own spelling by lower-case value or label; options in use only. */
  readonly active: ReadonlyMap<string, string>
  /** The same for options that are no longer in use. */
  readonly inactive: ReadonlyMap<string, string>
  /** Values in use, in the order people gave them: for messages. */
  readonly values: readonly string[]
  /** The option that a text means: by value or label, accents and punctuation aside, or by a word that another system or language has for it. */
  find(text: string): string | undefined
  /** Name of the pipeline whose stages these are; null for other options. */
  readonly pipeline: string | null
}

/** Texts whose meaning is kept: a column of options has few. */
const mostKnown = 1000
/** A longer text is an option letter by letter or none: to look at it in other spellings could take a hostile file seconds. */
const longestAlike = 500

/** Where a value equals another option's label, the value wins; of two equal ones the first. */
export function optionLookup(options: readonly PicklistOption[], pipeline: string | null = null): OptionLookup {
  const active = new Map<string, string>()
  const inactive = new Map<string, string>()
  for (const byLabel of [false, true]) {
    for (const option of options) {
      const key = foldOption(byLabel ? option.label ?? option.value : option.value)
      const map = option.active === false ? inactive : active
      if (!map.has(key)) map.set(key, option.value)
    }
  }
  let similar: ReadonlyMap<string, string> | null = null
  const known = new Map<string, string | null>()
  let codes: 'countries' | 'currencies' | null | undefined
  return {
    active, inactive, pipeline, values: [...new Set(options.filter((option) => option.active !== false).map((option) => option.value))],
    find(text) {
      const found = active.get(text.toLowerCase()) ?? active.get(foldOption(text))
      if (found !== undefined || text.length > longestAlike || inactive.has(foldOption(text))) return found
      let alike = known.get(text)
      if (alike === undefined) {
        similar ??= similarTo(active, inactive)
        alike = similar.get(looseSpelling(text)) ?? similar.get(looseSpelling(text.replace(numbered, ''))) ?? null
        if (known.size < mostKnown) known.set(text, alike)
      }
      if (alike !== null) return alike
      if (codes === undefined) codes = isListOf(active, (code) => countryOf(code) === code) ? 'countries' : isListOf(active, isCurrencyCode) ? 'currencies' : null
      const code = codes === null ? null : codes === 'countries' ? countryOf(text) : onlyCurrencyOf(text.trim(), (one) => active.has(one.toLowerCase()))
      return code === null ? undefined : active.get(code.toLowerCase())
    },
  }
}

/** The place of an option in the list that another system writes before or behind it: "1 - High", "Low (3)". */
const numbered = /^\s*\(?\d{1,2}\)?\s*[-–—.:)]\s*(?=\p{L})|(?<=\p{L})\s*\(\d{1,2}\)\s*$/u

/**
 * A text without what people write one way or the other: blanks, hyphens, full stops, brackets. Signs that tell options apart stay: "A+" is not "A", "1-10" not "110", "Qualified?"
 * not "Qualified"; one letter is itself alone.
 */
function looseSpelling(text: string): string {
  const plain = text.normalize('NFKC').replace(/\s+/gu, '')
  const parts = plain.split(telling)
  const loose = parts.map((part, i) => (i % 2 === 1 ? part.replace(/[‐-―−]/g, '-') : foldLoosely(part))).join('')
  return loose.length > 1 ? loose : foldOption(text)
}

/** Signs that say something, and all others that stand beside no letter. */
const telling = /([+#%<>=*?!≤≥~]+|(?<=\p{N})[^\p{L}\p{N}]+(?=\p{N}|$)|(?<=^)[^\p{L}\p{N}]+(?=\p{N})|(?<=\p{L})[-‐-―−](?=$))/u

/** Looser spellings of the options, and words that stand for them; what could be two options is none. */
function similarTo(active: ReadonlyMap<string, string>, inactive: ReadonlyMap<string, string>): Map<string, string> {
  const found = new Map<string, string | null>()
  const add = (text: string, value: string | null): void => {
    const key = looseSpelling(text)
    if (key !== '') found.set(key, found.has(key) && found.get(key) !== value ? null : value)
  }
  for (const key of inactive.keys()) add(key, null)
  for (const [key, value] of active) add(key, value)
  const own = new Set(found.keys())
  for (const [key, value] of active) for (const alias of aliasesOfOption(key)) if (!own.has(looseSpelling(alias))) add(alias, value)
  for (const [code, names] of statesMeant(active)) for (const name of names) if (!own.has(looseSpelling(name))) add(name, code)
  return new Map([...found].flatMap(([key, value]) => (value === null ? [] : [[key, value] as const])))
}

/** So many options make a list of codes; with fewer, two letters may be anything. */
const leastCodes = 5

function isListOf(active: ReadonlyMap<string, string>, isCode: (value: string) => boolean): boolean {
  const values = new Set(active.values())
  return values.size >= leastCodes && [...values].every((value) => /^[A-Z0-9]{1,3}$/.test(value) && isCode(value))
}

/** Names of states by option, where the options are the codes of one country's states. */
function statesMeant(active: ReadonlyMap<string, string>): [code: string, names: readonly string[]][] {
  const meant = countriesWithStates.map(statesOf).filter((states) => isListOf(active, (code) => states.has(code)))
  const [states] = meant
  if (!states || meant.length > 1) return []
  return [...states].filter(([code]) => active.has(code.toLowerCase()))
}

/** Stages of the pipeline called `name`, or of the default one for null. A pipeline that does not exist has no stages. */
export function stageLookup(pipelines: readonly Pipeline[], name: string | null): OptionLookup {
  const pipeline = name === null
    ? pipelines.find((p) => p.default) ?? pipelines[0]
    : pipelines.find((p) => foldOption(p.name) === foldOption(name))
  return optionLookup((pipeline?.stages ?? []).map((stage) => ({ value: stage.name })), pipeline?.name ?? name ?? '')
}
