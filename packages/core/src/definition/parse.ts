import { z } from 'zod'
import { closest } from '../issues/closest.ts'
import { Fault } from '../issues/fault.ts'
import { importDefinitionSchema, type ImportDefinition } from './import.ts'

/**
 * The definition document of an import, with everything it leaves out set to its default. Throws a Fault `definition-invalid` for the
 * first thing that is off, with its `path` in the document (`columns[2].field`) and the nearest word that is allowed there.
 */
export function parseImportDefinition(document: unknown): ImportDefinition {
  return parseDocument(importDefinitionSchema, document, { noun: 'definition', code: 'definition-invalid', remedy: 'refuse', example: '{"object":"contacts"}' })
}

/** What a kind of document is called, the Fault for one that is off, and what one looks like. */
export interface DocumentKind { noun: string; code: string; remedy: 'refuse'; example: string }

/** A document as its schema has it. Throws a Fault with the path of the first thing that is off. */
export function parseDocument<Schema extends z.ZodType>(schema: Schema, document: unknown, { noun, code, example }: DocumentKind): z.output<Schema> {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    throw new Fault(code, `A ${noun} document is a JSON object such as ${example}; this is ${kindOf(document)}.`, { path: '' })
  }
  refusePrototypes(document, noun)
  const parsed = schema.safeParse(document, { reportInput: true })
  if (parsed.success) return parsed.data
  // A misspelt setting often makes another one missing: the misspelling is what to mend.
  const first = parsed.error.issues.find((issue) => issue.code === 'unrecognized_keys') ?? parsed.error.issues[0]
  if (!first) throw new Fault(code, `The ${noun} document is not valid.`, { path: '' })
  const { path, message } = inWords(deepest(first), schema)
  throw new Fault(code, `${path === '' ? `The ${noun}` : `"${path}" in the ${noun}`}: ${message}`, { path })
}

/** Settings whose keys are names of fields: a schema drops the one key that is no plain property, without a word. */
function refusePrototypes(document: object, noun: string): void {
  for (const [setting, value] of Object.entries(document)) {
    if (setting !== 'defaults' && setting !== 'merge') continue
    if (typeof value === 'object' && value !== null && Object.hasOwn(value, '__proto__')) throw new Fault('unknown-field', `"${setting}" in the ${noun} names the field "__proto__", and there is none of this name. Leave it out.`, { path: `${setting}.__proto__` })
  }
}

type SchemaIssue = z.core.$ZodIssue

/** Of a union, the issue of the alternative that got furthest; any other issue itself. */
function deepest(issue: SchemaIssue): SchemaIssue {
  if (issue.code !== 'invalid_union') return issue
  const [inner] = issue.errors.flat().toSorted((a, b) => b.path.length - a.path.length)
  return inner ? deepest({ ...inner, path: [...issue.path, ...inner.path] }) : issue
}

function inWords(issue: SchemaIssue, schema: z.ZodType): { path: string; message: string } {
  const found = 'input' in issue ? issue.input : undefined
  switch (issue.code) {
    case 'unrecognized_keys': {
      const [key = ''] = issue.keys
      return { path: pathOf([...issue.path, key]), message: `there is no such setting.${meant(key, allowedKeys(schema, issue.path))}` }
    }
    case 'invalid_value': {
      const allowed = issue.values.map(String)
      const what = found === undefined ? 'nothing found' : `found ${quote(found)}`
      return { path: pathOf(issue.path), message: `${what}; it takes ${allowed.map((word) => `"${word}"`).join(', ')}.${typeof found === 'string' ? meant(found, allowed) : ''}` }
    }
    case 'invalid_type':
      return { path: pathOf(issue.path), message: found === undefined ? `nothing found; it takes ${articled(issue.expected)}.` : `found ${kindOf(found)}; it takes ${articled(issue.expected)}.` }
    case 'invalid_union': {
      const allowed = ['trim', 'case', 'replace', 'date', 'number', 'value-map']
      const kind = typeof found === 'object' && found !== null && 'kind' in found ? found.kind : undefined
      return { path: pathOf([...issue.path, ...(issue.path.at(-1) === 'kind' ? [] : ['kind'])]), message: `it takes ${allowed.map((word) => `"${word}"`).join(', ')}.${typeof kind === 'string' ? meant(kind, allowed) : ''}` }
    }
    case 'too_small':
      return { path: pathOf(issue.path), message: `found ${quote(found)}; it takes ${issue.origin === 'string' ? 'a text of ' : ''}at least ${issue.minimum}${issue.origin === 'string' ? ' character(s)' : ''}${issue.origin === 'array' ? ' of them' : ''}.` }
    case 'too_big':
      return { path: pathOf(issue.path), message: `found ${quote(found)}; it takes ${issue.origin === 'string' ? 'a text of ' : ''}at most ${issue.maximum}${issue.origin === 'string' ? ' character(s)' : ''}.` }
    default:
      return { path: pathOf(issue.path), message: `${issue.message}${found === undefined || typeof found === 'object' ? '' : `; found ${quote(found)}`}.` }
  }
}

/** `columns[2].field`; a key that is no plain word is quoted, so that the path can be read back. */
function pathOf(path: readonly PropertyKey[]): string {
  let text = ''
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`
    else if (/^[\w.-]+$/.test(String(part))) text += text === '' ? String(part) : `.${String(part)}`
    else text += `[${JSON.stringify(String(part))}]`
  }
  return text
}

/** Names of the settings that the schema knows at a place. */
function allowedKeys(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  const root = z.toJSONSchema(schema, { io: 'input' })
  const followed = (shape: unknown): unknown => {
    const reference: unknown = typeof shape === 'object' && shape !== null ? Reflect.get(shape, '$ref') : undefined
    return typeof reference === 'string' ? followed(member(member(root, '$defs'), reference.slice(reference.lastIndexOf('/') + 1))) : shape
  }
  let at = followed(root)
  for (const part of path) at = followed(typeof part === 'number' ? member(at, 'items') : member(member(at, 'properties'), String(part)))
  const alternatives = member(at, 'oneOf') ?? member(at, 'anyOf')
  const shapes = Array.isArray(alternatives) ? alternatives : [at]
  return [...new Set(shapes.flatMap((shape) => Object.keys(member(shape, 'properties') ?? {})))]
}

function member(of: unknown, key: string): object | undefined {
  if (typeof of !== 'object' || of === null || !Object.hasOwn(of, key)) return undefined
  const value: unknown = Reflect.get(of, key)
  return typeof value === 'object' && value !== null ? value : undefined
}

function meant(word: string, allowed: readonly string[]): string {
  const nearest = closest(word, allowed)
  return nearest === null ? ` There are: ${allowed.join(', ')}.` : ` Did you mean "${nearest}"?`
}

function articled(expected: string): string {
  const words: Record<string, string> = { array: 'a list', object: 'an object', record: 'an object', string: 'a text', number: 'a number', int: 'a whole number', boolean: 'true or false' }
  return words[expected] ?? expected
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  return articled(typeof value)
}

function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
