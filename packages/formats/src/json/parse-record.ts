import { joinList } from '@longshore/core/split-list'
import { pathJoint } from '../nested/columns.ts'
import { plainDecimal } from './plain-decimal.ts'

/** Takes a value of a record: the path of its keys, and its text. */
export type TakeValue = (path: string, text: string | null) => void

/** What breaks the rules of JSON, and the character (from 0) where. */
export class JsonError extends Error {
  readonly at: number

  constructor(message: string, at: number) {
    super(message)
    this.at = at
  }
}

/** Deeper objects are kept as JSON text: no list of people needs them, and a hostile one is a million deep. */
export const deepest = 16

/**
 * Takes one JSON object apart: nested objects by the path of their keys, lists of single values as a multi-value, lists of anything else as
 * JSON text. With `asList` it is a list, whose paths are positions ("0", "1"), and an object in it stays JSON text. Numbers keep the digits that
 * the file has; a JSON parser that makes doubles of them would not. Says false when the text is something else; throws a JsonError when it is no JSON.
 */
export function parseRecord(text: string, take: TakeValue, asList = false): boolean {
  let at = blanks(text, 0)
  if (text.charCodeAt(at) !== (asList ? 0x5b : 0x7b)) {
    checkValue(text, at, skipValue(text, at))
    return false
  }
  at = blanks(text, asList ? parseItems(text, at, take) : parseObject(text, at, '', 1, take))
  if (at < text.length) throw new JsonError(`unexpected ${shown(text, at)} after the record`, at)
  return true
}

/** `at` is at the brace; gives the place after the object. */
function parseObject(text: string, start: number, prefix: string, depth: number, take: TakeValue): number {
  let at = blanks(text, start + 1)
  if (text.charCodeAt(at) === 0x7d) return at + 1
  for (;;) {
    if (text.charCodeAt(at) !== 0x22) throw new JsonError(`${shown(text, at)} where a key in quotes should stand`, at)
    const keyEnd = stringEnd(text, at)
    const path = prefix + stringText(text, at, keyEnd)
    at = blanks(text, keyEnd)
    if (text.charCodeAt(at) !== 0x3a) throw new JsonError(`${shown(text, at)} where a colon should stand`, at)
    at = blanks(text, parseValue(text, blanks(text, at + 1), path, depth, take))
    const next = text.charCodeAt(at)
    if (next === 0x7d) return at + 1
    if (next !== 0x2c) throw new JsonError(`${shown(text, at)} where a comma or the end of the object should stand`, at)
    at = blanks(text, at + 1)
  }
}

/** `start` is at the bracket; gives the place after the list. */
function parseItems(text: string, start: number, take: TakeValue): number {
  let at = blanks(text, start + 1)
  if (text.charCodeAt(at) === 0x5d) return at + 1
  for (let position = 0; ; position += 1) {
    at = blanks(text, parseValue(text, at, String(position), deepest, take))
    const next = text.charCodeAt(at)
    if (next === 0x5d) return at + 1
    if (next !== 0x2c) throw new JsonError(`${shown(text, at)} where a comma or the end of the list should stand`, at)
    at = blanks(text, at + 1)
  }
}

function parseValue(text: string, at: number, path: string, depth: number, take: TakeValue): number {
  switch (text.charCodeAt(at)) {
    case 0x22: { // "
      const end = stringEnd(text, at)
      take(path, stringText(text, at, end))
      return end
    }
    case 0x7b: { // {
      if (depth < deepest) return parseObject(text, at, path + pathJoint, depth + 1, take)
      const end = checkValue(text, at, skipValue(text, at))
      take(path, compact(text.slice(at, end)))
      return end
    }
    case 0x5b: { // [
      const end = skipValue(text, at)
      take(path, listText(text, at, end))
      return end
    }
    default: {
      const end = literalEnd(text, at)
      take(path, literalText(text, at, end))
      return end
    }
  }
}

/** A list of single values as one multi-value; an empty one is no value. A list with objects or lists in it stays JSON. */
function listText(text: string, start: number, end: number): string | null {
  const values: string[] = []
  let at = blanks(text, start + 1)
  while (text.charCodeAt(at) !== 0x5d) {
    const first = text.charCodeAt(at)
    if (first === 0x7b || first === 0x5b) {
      checkValue(text, start, end)
      return compact(text.slice(start, end))
    }
    const valueEnd = first === 0x22 ? stringEnd(text, at) : literalEnd(text, at)
    const value = first === 0x22 ? stringText(text, at, valueEnd) : literalText(text, at, valueEnd)
    if (value !== null) values.push(value)
    at = blanks(text, valueEnd)
    if (text.charCodeAt(at) === 0x5d) break
    if (text.charCodeAt(at) !== 0x2c) throw new JsonError(`${shown(text, at)} where a comma or the end of the list should stand`, at)
    at = blanks(text, at + 1)
    if (text.charCodeAt(at) === 0x5d) throw new JsonError('a comma before the end of the list', at)
  }
  return values.length === 0 ? null : joinList(values)
}

function literalText(text: string, at: number, end: number): string | null {
  const literal = text.slice(at, end)
  if (literal === 'null') return null
  if (literal === 'true' || literal === 'false') return literal
  if (/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(literal)) return plainDecimal(literal)
  throw new JsonError(literal === '' ? `${shown(text, at)} where a value should stand` : `${JSON.stringify(literal.slice(0, 20))} is no value of JSON`, at)
}

function literalEnd(text: string, start: number): number {
  let at = start
  for (; at < text.length; at += 1) {
    const c = text.charCodeAt(at)
    if (c === 0x2c || c === 0x7d || c === 0x5d || c <= 0x20 || c === 0x3a || c === 0x22 || c === 0x7b || c === 0x5b) break
  }
  return at
}

/** The place after the closing quote. */
function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const c = text.charCodeAt(at)
    if (c === 0x22) return at + 1
    if (c === 0x5c) at += 1
    else if (c < 0x20) throw new JsonError('a line end or control character inside a text', at)
  }
  throw new JsonError('a text whose closing quote is missing', start)
}

function stringText(text: string, start: number, end: number): string {
  const inner = text.slice(start + 1, end - 1)
  if (!inner.includes('\\')) return inner
  try { return JSON.parse(text.slice(start, end)) as string } catch { throw new JsonError('a backslash with something behind it that JSON does not know', start) }
}

/** The place after the value, by its brackets and quotes alone; without recursion, however deep it is. */
function skipValue(text: string, start: number): number {
  let depth = 0
  let at = start
  while (at < text.length) {
    const c = text.charCodeAt(at)
    if (c === 0x22) at = stringEnd(text, at)
    else if (c === 0x7b || c === 0x5b) { depth += 1; at += 1 } else if (c === 0x7d || c === 0x5d) { depth -= 1; at += 1 } else if (depth === 0 && (c === 0x2c || c <= 0x20)) return at
    else at += 1
    if (depth === 0 && (c === 0x22 || c === 0x7d || c === 0x5d)) return at
  }
  if (depth > 0) throw new JsonError('a bracket that is never closed', start)
  return at
}

function checkValue(text: string, start: number, end: number): number {
  try { JSON.parse(text.slice(start, end)) } catch { throw new JsonError(`${shown(text, start)} begins a value that is no JSON`, start) }
  return end
}

/** Without the blanks between its parts. */
function compact(json: string): string {
  let out = ''
  let from = 0
  for (let at = 0; at < json.length; at += 1) {
    const c = json.charCodeAt(at)
    if (c === 0x22) at = stringEnd(json, at) - 1
    else if (c <= 0x20) {
      out += json.slice(from, at)
      from = at + 1
    }
  }
  return from === 0 ? json : out + json.slice(from)
}

function blanks(text: string, start: number): number {
  let at = start
  for (; at < text.length; at += 1) {
    const c = text.charCodeAt(at)
    if (c !== 0x20 && c !== 0x0a && c !== 0x0d && c !== 0x09) break
  }
  return at
}

function shown(text: string, at: number): string {
  return at >= text.length ? 'the end' : JSON.stringify(String.fromCodePoint(text.codePointAt(at) ?? 0).toWellFormed())
}
