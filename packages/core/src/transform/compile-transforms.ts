import type { Transform } from '../definition/import.ts'
import { dateStep } from '../fields/date-format.ts'
import { splitPlace } from '../fields/place.ts'
import type { TextPart } from '../map/mapping.ts'

/** A column's transforms as one function, in the order given; null when there are none. Cells come in trimmed, blank ones as ''. */
export function compileTransforms(transforms: readonly Transform[]): ((text: string) => string) | null {
  // Cells are trimmed anyway, so a trim by itself costs nothing.
  const steps = transforms.filter((transform) => transform.kind !== 'trim').map(stepOf)
  const [first, ...rest] = steps
  if (!first) return null
  if (rest.length === 0) return first
  return (text) => {
    let result = text
    for (const step of steps) result = step(result).trim()
    return result
  }
}

/** What is done to a target's text: its part of a split column is taken first. */
export function transformOf({ part, transforms }: { part?: TextPart; transforms: readonly Transform[] }): ((text: string) => string) | null {
  const then = compileTransforms(transforms)
  if (part === undefined) return then
  const cut = partStep(part)
  return then === null ? cut : (text) => then(cut(text))
}

function stepOf(transform: Transform): (text: string) => string {
  switch (transform.kind) {
    case 'trim': return (text) => text.trim()
    case 'case': return caseStep(transform.to)
    case 'replace': return (text) => text.replaceAll(transform.find, transform.with)
    case 'date': return dateStep(transform.format)
    case 'number': return numberStep(transform.decimal)
    case 'value-map': return valueMapStep(transform.values, transform.otherwise)
  }
}

const wordStart = /(^|[\s\-('’/.])(\p{L})/gu

function caseStep(to: 'lower' | 'upper' | 'title'): (text: string) => string {
  if (to === 'lower') return (text) => text.toLowerCase()
  if (to === 'upper') return (text) => text.toUpperCase()
  return (text) => text.toLowerCase().replace(wordStart, (_, before: string, letter: string) => before + letter.toUpperCase())
}

/** Values are found as written, then without regard to letter case. The key '' gives empty cells a value. */
function valueMapStep(values: Record<string, string>, otherwise: 'keep' | 'blank'): (text: string) => string {
  const exact = new Map<string, string>()
  const folded = new Map<string, string>()
  for (const [from, to] of Object.entries(values)) {
    exact.set(from.trim(), to)
    if (!folded.has(from.trim().toLowerCase())) folded.set(from.trim().toLowerCase(), to)
  }
  return (text) => exact.get(text) ?? folded.get(text.toLowerCase()) ?? (otherwise === 'keep' ? text : '')
}

/** 1.234,50 and 1,234.50 to 1234.50. A text that is no such number stays as it is: its field says what is wrong with it. */
function numberStep(decimal: ',' | '.'): (text: string) => string {
  const shape = decimal === ',' ? /^([^\d]*)(\d{1,3}(?:[.\s'’]\d{3})+|\d+)(?:,(\d+))?([^\d]*)$/ : /^([^\d]*)(\d{1,3}(?:[,\s'’]\d{3})+|\d+)(?:\.(\d+))?([^\d]*)$/
  return (text) => {
    const [, before = '', whole, fraction, after = ''] = text.length > longestNumber ? [] : shape.exec(text) ?? []
    return whole === undefined ? text : `${before}${whole.replace(/\D/g, '')}${fraction === undefined ? '' : `.${fraction}`}${after}`
  }
}

/** No number with its currency and grouping is longer; patterns never see more. */
const longestNumber = 100

/** The part of a text that a split gives to its field: cut at each separator, the last part takes the rest. */
export function partStep({ by, index, last }: TextPart): (text: string) => string {
  if (by === undefined) return (text) => placePart(text, index)
  return (text) => {
    let from = 0
    for (let i = 0; i < index; i++) {
      const cut = text.indexOf(by, from)
      if (cut < 0) return ''
      from = cut + by.length
    }
    const end = last ? -1 : text.indexOf(by, from)
    return (end < 0 ? text.slice(from) : text.slice(from, end)).trim()
  }
}

/** City, state or postal code of a place. A text that is none is kept whole, as the city: nothing of a cell is dropped without a word. */
function placePart(text: string, index: number): string {
  const place = splitPlace(text)
  if (place === null) return index === 0 ? text : ''
  return [place.city, place.state, place.postalCode][index] ?? ''
}
