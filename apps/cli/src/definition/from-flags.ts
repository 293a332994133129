import { duplicateStrategies, Fault, mergeRules, missingReferencePolicies, operations, resultFormats, severalStrategies } from '@longshore/core'
import type { ImportDefinitionInput } from '@longshore/core'
import type { Call } from '../call.ts'
import type { Flag } from '../command.ts'
import { formatNotBuiltYet, notBuiltYet } from '../messages/not-built.ts'
import { malformedPair, missingObject } from '../messages/usage.ts'
import { mergeColumns, parseColumn } from './column-flag.ts'
import { knownWord, oneWord } from './known-word.ts'
import { parseMatch } from './match-flag.ts'
import { readingFlags, readSettings } from './read-settings.ts'

/** The flags that decide which column fills which field. */
export const mappingFlags: Readonly<Record<string, Flag>> = {
  object: { type: 'string', value: 'NAME', help: 'what the rows are: contacts, accounts, leads, …' },
  map: { type: 'string', multiple: true, value: '"Header=field"', help: 'column to field; "#3=field" by position, "Header=" leaves it out' },
  definition: { type: 'string', value: 'F.json', help: 'definition document to start from; flags change it' },
}

/** The flags that are shorthand for the definition document of an import. */
export const definitionFlags: Readonly<Record<string, Flag>> = {
  ...mappingFlags,
  operation: { type: 'string', value: 'WORD', help: 'insert (the usual), update, upsert; delete and hard-delete are not built yet' },
  match: { type: 'string', multiple: true, value: 'LIST', help: 'how existing records are found, in order: email,phone,first_name+last_name' },
  'on-duplicate': { type: 'string', value: 'WORD', help: 'when an insert meets an existing record: skip (the usual), update, create; update-if-newer and flag are not built yet' },
  'on-several': { type: 'string', value: 'WORD', help: 'when several records match: fail; oldest, newest and flag are not built yet' },
  default: { type: 'string', multiple: true, value: 'field=value', help: 'value that new records take where a row brings none' },
  merge: { type: 'string', multiple: true, value: 'field=rule', help: 'always (the usual), if-empty, never; if-newer and append are not built yet' },
  'missing-reference': { type: 'string', value: 'WORD', help: `when a row names a record that does not exist: ${missingReferencePolicies.join(', ')} (error)` },
  owner: { type: 'string', value: 'EMAIL', help: 'who owns the new records' },
  ...readingFlags,
  'result-formats': { type: 'string', value: 'LIST', help: `result files to write at the end: ${resultFormats.join(',')} (none, or csv with --results)` },
}

/**
 * The definition document that a command line describes: `base` with the flags laid over it. Flags of which there can
 * be several add to the base's, and win where both speak of the same column or field; --match replaces the base's list.
 * Refuses words that no flag takes; the document as a whole is checked by core, whose faults name the path in it.
 */
export function definitionFromFlags(call: Call, base: Partial<ImportDefinitionInput> = {}): ImportDefinitionInput {
  const object = call.text('object') ?? base.object
  if (object === undefined) throw new Fault('usage.missing-object', missingObject(['contacts']))
  const definition: ImportDefinitionInput = { ...base, object }

  const operation = oneWord(call, 'operation', operations)
  if (operation) definition.operation = operation
  const onDuplicate = oneWord(call, 'on-duplicate', duplicateStrategies)
  if (onDuplicate) definition.onDuplicate = onDuplicate
  const onSeveral = oneWord(call, 'on-several', severalStrategies)
  if (onSeveral) definition.onSeveral = onSeveral
  const missingReference = oneWord(call, 'missing-reference', missingReferencePolicies)
  if (missingReference) definition.missingReference = missingReference

  const match = call.list('match')
  if (match.length > 0) definition.match = match.flatMap(parseMatch)
  const columns = call.list('map').map(parseColumn)
  if (columns.length > 0) definition.columns = mergeColumns(base.columns ?? [], columns)
  const defaults = call.list('default').map((text) => pair(text, 'default', 'lead_source=Web', text.indexOf('=')))
  if (defaults.length > 0) definition.defaults = Object.fromEntries([...Object.entries(base.defaults ?? {}), ...defaults])
  const merge = call.list('merge').map((text) => {
    const [field, rule] = pair(text, 'merge', 'phone=if-empty', text.lastIndexOf('='))
    return [field, knownWord('merge', rule, mergeRules)] as const
  })
  if (merge.length > 0) definition.merge = Object.fromEntries([...Object.entries(base.merge ?? {}), ...merge])

  const owner = call.text('owner')
  if (owner?.startsWith('round-robin:')) throw notBuiltYet('roundRobin')
  if (owner !== undefined) definition.owner = owner
  const reading = readSettings(call)
  if (Object.keys(reading).length > 0) definition.source = { ...base.source, ...reading }
  const formats = call.text('result-formats')
  if (formats !== undefined) definition.results = { ...base.results, formats: parseFormats(formats) }
  return definition
}

function pair(text: string, flag: string, example: string, equals: number): [string, string] {
  const left = text.slice(0, equals).trim()
  if (equals < 1 || left === '') throw new Fault('usage.malformed-pair', malformedPair(flag, text, example))
  return [left, text.slice(equals + 1)]
}

const laterFormats = ['xlsx', 'parquet']

export function parseFormats(text: string) {
  return text.split(',').map((part) => part.trim()).filter((part) => part !== '').map((format) => {
    if (laterFormats.includes(format)) throw formatNotBuiltYet('result-formats', format, resultFormats)
    return knownWord('result-formats', format, resultFormats)
  })
}
