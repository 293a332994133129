import { closest } from '../issues/closest.ts'
import { Fault } from '../issues/fault.ts'

export const operators = ['=', '!=', '<', '<=', '>', '>=', 'contains', 'starts-with', 'in', 'is-empty', 'is-not-empty'] as const
export type Operator = (typeof operators)[number]

/** A filter taken apart, before anything is known of its field. */
export interface FilterText {
  field: string
  operator: Operator
  /** None for is-empty and is-not-empty, one for most, one or more for `in`. */
  values: string[]
}

/** Longest filter, in characters; more belongs into a file. */
const longestFilter = 100_000

const head = /^\s*([^\s=!<>("']+)\s*([=!<>~]+|[^\s("'=!<>~]+)?/
/** Typed by people who know other languages. */
const sameAs: Record<string, Operator> = { '==': '=', '<>': '!=', '=>': '>=', '=<': '<=' }

/**
 * Reads `field op value`: blanks around the operator may be left out where it is a sign, the value may hold blanks and may be quoted
 * with " or ' (doubled to stand inside), `in` takes (a, b, "c, d"). Throws a Fault `where-invalid` or `unknown-operator` at `at`.
 */
export function parseFilterText(text: string, at: string): FilterText {
  if (text.length > longestFilter) throw new Fault('where-invalid', `A filter has ${text.length} characters; at most ${longestFilter} are read.`, { path: at })
  if (text.includes('\0') || !text.isWellFormed()) throw new Fault('where-invalid', 'A filter holds a character that no record can hold (NUL, or half a character).', { path: at })
  const [whole = '', field = '', word] = head.exec(text) ?? []
  if (field === '') throw invalid(text, at, 'it names no field')
  if (word === undefined) throw invalid(text, at, `after "${shown(field)}" an operator is missing`)
  const operator = operatorOf(word, text, at)
  const rest = text.slice(whole.length).trim()
  switch (operator) {
    case 'is-empty': case 'is-not-empty':
      if (rest !== '') throw invalid(text, at, `${operator} takes no value`)
      return { field, operator, values: [] }
    case 'in':
      return { field, operator, values: listOf(rest, text, at) }
    default: {
      if (rest === '') throw invalid(text, at, `after ${operator} a value is missing; to find empty fields write "${shown(field)} is-empty"`)
      const value = unquoted(rest, text, at)
      if (value !== '') return { field, operator, values: [value] }
      if (operator === '=') return { field, operator: 'is-empty', values: [] }
      if (operator === '!=') return { field, operator: 'is-not-empty', values: [] }
      throw invalid(text, at, `${operator} needs a value; to find empty fields write "${shown(field)} is-empty"`)
    }
  }
}

/** A text of the request in a message: on one line, and not longer than a line. */
export function shown(text: string): string {
  const cut = text.length > 200 ? `${text.slice(0, 199)}…` : text
  return cut.toWellFormed().replace(/[\0-\x1f\x7f]/g, (c) => (c === '\x7f' ? '␡' : String.fromCharCode(0x2400 + c.charCodeAt(0))))
}

function operatorOf(word: string, text: string, at: string): Operator {
  const found = operators.find((operator) => operator === word.toLowerCase()) ?? (Object.hasOwn(sameAs, word) ? sameAs[word] : undefined)
  if (found) return found
  const nearest = closest(word, operators)
  throw new Fault('unknown-operator', `The filter "${shown(text)}" has no operator that is known: found "${shown(word)}".${nearest === null ? '' : ` Did you mean "${nearest}"?`} There are ${operators.join(', ')}.`, { path: at })
}

function unquoted(value: string, text: string, at: string): string {
  const quote = value[0]
  if (quote !== '"' && quote !== "'") return value
  const { value: inner, end } = quotedAt(value, 0, text, at)
  if (end !== value.length) throw invalid(text, at, `text follows after the closing ${quote}; quote the whole value, with ${quote}${quote} for a ${quote} inside`)
  return inner
}

function listOf(rest: string, text: string, at: string): string[] {
  if (!rest.startsWith('(') || !rest.endsWith(')')) throw invalid(text, at, 'in takes its values in brackets, such as in (Web, Referral)')
  const values: string[] = []
  let position = 1
  const end = rest.length - 1
  const inner = rest.slice(0, end)
  // A comma behind the last value promises another one, which is then the empty text before the bracket.
  while (position <= end) {
    while (/\s/.test(rest[position] ?? '')) position += 1
    const first = rest[position]
    if (first === '"' || first === "'") {
      const quoted = quotedAt(inner, position, text, at)
      values.push(quoted.value)
      position = quoted.end
      while (position < end && /\s/.test(rest[position] ?? '')) position += 1
      if (position < end && rest[position] !== ',') throw invalid(text, at, 'between two values of a list a comma is missing')
    } else {
      const comma = rest.indexOf(',', position)
      const stop = comma === -1 ? end : comma
      values.push(rest.slice(position, stop).trim())
      position = stop
    }
    position += 1
  }
  if (values.includes('')) throw invalid(text, at, 'the list has an empty value; to find empty fields use is-empty')
  return values
}

/** The quoted text that begins at `start`, and the position behind its closing quote. */
function quotedAt(source: string, start: number, text: string, at: string): { value: string; end: number } {
  const quote = source[start] ?? '"'
  let value = ''
  for (let from = start + 1; ;) {
    const close = source.indexOf(quote, from)
    if (close === -1) throw invalid(text, at, `the ${quote} is never closed; if it belongs to the value, quote the value with ${quote === '"' ? "'" : '"'}`)
    value += source.slice(from, close)
    if (source[close + 1] !== quote) return { value, end: close + 1 }
    value += quote
    from = close + 2
  }
}

function invalid(text: string, at: string, why: string): Fault {
  return new Fault('where-invalid', `The filter "${shown(text)}" cannot be read: ${why}. A filter is "field operator value", such as "lead_source = Web".`, { path: at })
}
