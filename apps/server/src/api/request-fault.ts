import type { RequestError } from '@longshore/contract'
import { Fault } from '@longshore/core'
import type { z } from 'zod'

/** A request that does not fit its route: everything that is off about it, by place. */
export class RequestFault extends Fault {
  readonly errors: RequestError[]

  constructor(errors: RequestError[]) {
    const [first] = errors
    super('request.invalid', `The request cannot be understood: ${first ? `${first.path} ${first.message.replace(/\.$/, '')}` : 'it does not fit'}${errors.length > 1 ? `, and ${errors.length - 1} more` : ''}. Nothing was done. The reference at /docs says what it takes.`)
    this.errors = errors
  }
}

/** Most places that one answer names. */
const mostErrors = 100
/** Most characters of what was found that an answer repeats. */
const mostFound = 60
/** What stands where a schema has no words of its own. */
const noWords = '\0'
/** Values of records: each is looked at by itself, and has its own words for characters that nothing can keep. */
const ofRecords = new Set(['records', 'values'])

/** Takes `parts` by their schemas; throws one RequestFault with all that is off. */
export function parseRequest(parts: { name: 'params' | 'query' | 'body'; schema: z.ZodType; value: unknown }[]): Record<string, unknown> {
  const errors: RequestError[] = []
  const parsed: Record<string, unknown> = {}
  for (const { name, schema, value } of parts) {
    const result = schema.safeParse(value, { error: () => noWords })
    if (result.success) {
      parsed[name] = result.data
      errors.push(...unkept(value, [name]))
    } else errors.push(...result.error.issues.flatMap((issue) => errorsOf([name], value, issue)))
  }
  if (errors.length > 0) throw new RequestFault(errors.slice(0, mostErrors))
  return parsed
}

function errorsOf(at: readonly PropertyKey[], value: unknown, issue: z.core.$ZodIssue): RequestError[] {
  const place = [...at, ...issue.path]
  const found = issue.path.reduce<unknown>((inside, key) => (typeof inside === 'object' && inside !== null ? (inside as Record<PropertyKey, unknown>)[key] : undefined), value)
  if (issue.code === 'unrecognized_keys') return issue.keys.slice(0, mostErrors).map((key) => ({ path: pathOf([...place, key]), message: 'is not known here, or cannot be set: leave it out' }))
  if (issue.message === noWords && issue.code === 'invalid_union' && issue.errors.length > 0) return errorsOfForms(place, found, issue.errors)
  return [{ path: pathOf(place), message: issue.message === noWords ? wordsOf(issue, place, found) : issue.message }]
}

/** Of something that may have several forms: what is off about the one that it is nearest to, or which forms there are where nothing of any is there. */
function errorsOfForms(place: readonly PropertyKey[], found: unknown, forms: readonly z.core.$ZodIssue[][]): RequestError[] {
  const missing = forms.map((issues) => issues.flatMap(({ code, path }) => (code === 'invalid_type' && path.length === 1 && typeof found === 'object' && found !== null && !(path[0] as string in found) ? [String(path[0])] : [])))
  if (forms.every((issues, i) => issues.length === missing[i]?.length)) return [{ path: pathOf(place), message: `takes ${missing.map((keys) => listed(keys, 'and')).join(', or ')}; found none of it` }]
  const [nearest] = [...forms].sort((a, b) => weight(a) - weight(b))
  return (nearest ?? []).flatMap((issue) => errorsOf(place, found, issue))
}

/** A key that a form does not know says that another form was meant. */
function weight(issues: readonly z.core.$ZodIssue[]): number {
  return issues.reduce((sum, { code }) => sum + (code === 'unrecognized_keys' ? 10 : 1), 0)
}

function wordsOf(issue: z.core.$ZodIssue, place: readonly PropertyKey[], found: unknown): string {
  const takes = takenBy(issue)
  if (found === undefined) return `is missing: it takes ${takes}`
  return `takes ${takes}; found ${isSecret(place) ? 'something else' : foundWords(found, issue)}`
}

const typeWords: Readonly<Record<string, string>> = { string: 'a text', number: 'a number', int: 'a whole number', boolean: 'true or false', object: 'an object', record: 'an object', array: 'a list', null: 'null' }

function takenBy(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type': return typeWords[issue.expected] ?? issue.expected
    case 'invalid_value': return issue.values.includes('enabled') ? 'true or false' : issue.values.length === 1 ? JSON.stringify(issue.values[0]) : `one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`
    case 'invalid_union': return 'options' in issue && Array.isArray(issue.options) ? `one of ${issue.options.map((value) => JSON.stringify(value)).join(', ')}` : 'something else'
    case 'too_big': return `${issue.inclusive === false ? 'less than' : 'at most'} ${amount(issue.maximum, issue.origin)}`
    case 'too_small': return `${issue.inclusive === false ? 'more than' : 'at least'} ${amount(issue.minimum, issue.origin)}`
    case 'invalid_format': return issue.format === 'url' ? 'an address, such as https://example.com/path' : 'a text of another form'
    default: return 'something else'
  }
}

function amount(count: number | bigint, of: string): string {
  const unit = of === 'string' ? 'character' : of === 'array' ? 'entry' : of === 'number' || of === 'int' ? null : 'part'
  return unit === null ? String(count) : `${count} ${count === 1 || count === 1n ? unit : unit === 'entry' ? 'entries' : `${unit}s`}`
}

function foundWords(found: unknown, { code }: z.core.$ZodIssue): string {
  if (code === 'too_big' || code === 'too_small') {
    if (typeof found === 'string') return found === '' ? 'none' : Number.isNaN(Number(found)) ? String(found.length) : found.slice(0, mostFound)
    if (Array.isArray(found)) return String(found.length)
  }
  if (typeof found === 'string') return JSON.stringify(found.length > mostFound ? `${found.slice(0, mostFound)}…` : found)
  if (Array.isArray(found)) return 'a list'
  return typeof found === 'object' && found !== null ? 'an object' : String(found)
}

/** Whether a place holds what nobody should read over a shoulder or in a log of the caller's. */
function isSecret(place: readonly PropertyKey[]): boolean {
  return place.some((key) => /password|secret|token/i.test(String(key)))
}

/** Texts with characters that PostgreSQL cannot keep: NUL, and halves of others. */
function unkept(value: unknown, place: readonly PropertyKey[]): RequestError[] {
  if (typeof value === 'string') {
    return value.includes('\0') ? [{ path: pathOf(place), message: 'holds the character NUL, which cannot be kept: remove it' }]
      : value.isWellFormed() ? [] : [{ path: pathOf(place), message: 'holds half a character (a surrogate alone), which cannot be kept: remove it' }]
  }
  if (typeof value !== 'object' || value === null) return []
  if (Array.isArray(value)) return value.flatMap((entry, i) => unkept(entry, [...place, i]))
  return Object.entries(value).flatMap(([key, part]) => (place.length === 1 && place[0] === 'body' && ofRecords.has(key) ? [] : unkept(part, [...place, key])))
}

function listed(words: readonly string[], last: string): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1) ?? ''}`
}

function pathOf(keys: readonly PropertyKey[]): string {
  return keys.map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i === 0 ? '' : '.'}${String(key).slice(0, 80)}`)).join('')
}
