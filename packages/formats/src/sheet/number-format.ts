import type { DateParts } from './serial-date.ts'

/** What a number format makes of a number. */
export type NumberFormat =
  | { kind: 'number' }
  | { kind: 'date'; parts: DateParts }
  | { kind: 'duration' }
  | { kind: 'percent' }
  /** Digits in a fixed pattern, as of postal codes and phone numbers; the first pattern whose bound holds is taken. */
  | { kind: 'digits'; patterns: DigitPattern[] }

export interface DigitPattern {
  /** The pattern is for numbers up to this one; null: for all others. */
  atMost: number | null
  /** `0` is a digit that always stands, `#` one that may lack, anything else a character that is shown. */
  slots: string[]
}

/** A pattern with signs in it belongs to a number one dials or writes on an envelope only when it has this many digits. */
const fewestPatternDigits = 5

/** Formats that files name by number alone; those not listed show plain numbers. (ECMA-376 part 1, 18.8.30) */
const builtIn: Readonly<Record<number, NumberFormat>> = {
  9: { kind: 'percent' }, 10: { kind: 'percent' },
  ...numbered([14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58], { kind: 'date', parts: 'date' }),
  ...numbered([18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56], { kind: 'date', parts: 'time' }),
  22: { kind: 'date', parts: 'date-time' },
  46: { kind: 'duration' },
}

export const plainNumber: NumberFormat = { kind: 'number' }

export function builtInFormat(id: number): NumberFormat {
  return builtIn[id] ?? plainNumber
}

/** Reads a format code, such as `dd.mm.yyyy`, `00000` or `0.0%`. Only its first section counts, but for bounds such as `[<=9999999]`. */
export function parseNumberFormat(code: string): NumberFormat {
  const sections = splitSections(code)
  const [first] = sections
  if (first === undefined || /^(?:general|@)?$/i.test(first.bare.trim())) return plainNumber
  if (first.elapsed) return { kind: 'duration' }
  const letters = first.bare.replace(/am\/pm|a\/p/gi, 'h').toLowerCase()
  if (/[dmyhs]/.test(letters)) return { kind: 'date', parts: dateParts(letters) }
  if (first.bare.includes('%')) return { kind: 'percent' }
  return digitPatterns(sections)
}

interface Section {
  /** Without quoted text, escaped characters, brackets, and what only pads. */
  bare: string
  /** `[h]`, `[mm]`, `[ss]`. */
  elapsed: boolean
  atMost: number | null
  slots: string[]
}

function splitSections(code: string): Section[] {
  const sections: Section[] = []
  let section: Section = { bare: '', elapsed: false, atMost: null, slots: [] }
  const tokens = /"([^"]*)"?|\\([^])|\[([^\]]*)\]?|[_*][^]|;|[^]/g
  for (const [token, quoted, escaped, bracket] of code.matchAll(tokens)) {
    if (token === ';') {
      sections.push(section)
      section = { bare: '', elapsed: false, atMost: null, slots: [] }
    } else if (quoted !== undefined) section.slots.push(...quoted)
    else if (escaped !== undefined) section.slots.push(escaped)
    else if (bracket !== undefined) {
      if (/^(?:h+|m+|s+)$/i.test(bracket)) section.elapsed = true
      const bound = /^<(=?)(\d+)$/.exec(bracket)
      if (bound) section.atMost = Number(bound[2]) - (bound[1] === '=' ? 0 : 1)
    } else if (!/^[_*]./s.test(token)) {
      section.bare += token
      section.slots.push(token)
    }
  }
  return [...sections, section]
}

function dateParts(letters: string): DateParts {
  const time = /[hs]/.test(letters)
  const date = /[dy]/.test(letters) || (!time && letters.includes('m'))
  return date && time ? 'date-time' : time ? 'time' : 'date'
}

function digitPatterns(sections: readonly Section[]): NumberFormat {
  const usable: DigitPattern[] = []
  for (const { atMost, slots, bare } of sections) {
    const placeholders = slots.filter((slot) => slot === '0' || slot === '#').length
    const signs = slots.length - placeholders
    const zeros = slots.filter((slot) => slot === '0').length
    if (/[.,?eE/@%]/.test(bare) || slots.some((slot) => !/^[0#+() ./\u00A0-]$/.test(slot))) return plainNumber
    if (signs > 0 ? placeholders < fewestPatternDigits : zeros < 2) return plainNumber
    usable.push({ atMost, slots })
    if (atMost === null) break
  }
  return usable.length === 0 ? plainNumber : { kind: 'digits', patterns: usable }
}

function numbered(ids: readonly number[], format: NumberFormat): Record<number, NumberFormat> {
  return Object.fromEntries(ids.map((id) => [id, format]))
}
