import { dateForms, duplicateStrategies, existingReferencePolicies, Fault, mergeRules, missingReferencePolicies, newFieldKinds, operations, resultFormats, severalStrategies } from '@longshore/core'
import type { ImportDefinitionInput } from '@longshore/core'
import type { Call } from '../call.ts'
import type { Flag } from '../command.ts'
import { malformedPair, missingObject } from '../messages/usage.ts'
import { columnNamed, eachOnce, mergeColumns, parseColumn } from './column-flag.ts'
import { parseJoin } from './join-flag.ts'
import { parseNewField } from './new-field-flag.ts'
import { knownWord, oneWord } from './known-word.ts'
import { parseMatch } from './match-flag.ts'
import { readingsOf } from './reading-flags.ts'
import { withValueMaps } from './value-flag.ts'
import { readingFlags, readSettings } from './read-settings.ts'

/** The flags that decide which column fills which field. */
export const mappingFlags: Readonly<Record<string, Flag>> = {
  object: { type: 'string', value: 'NAME', help: 'what the rows are: contacts, accounts, leads, …' },
  map: { type: 'string', multiple: true, value: '"Header=field"', help: 'column to field; "#3=field" by position, "Header=" leaves it out, "Header=city|state|postal_code" cuts "City, ST 12345"' },
  join: { type: 'string', multiple: true, value: '"A|B=field"', help: 'columns whose cells together fill a field, such as "Street 1|Street 2=billing_street"' },
  'join-with': { type: 'string', value: 'TEXT', help: 'what stands between the cells that --join puts together (a blank)' },
  mapping: { type: 'string', value: 'NAME', help: 'saved mapping that says what the columns mean; --map goes before it' },
  'create-field': { type: 'string', multiple: true, value: '"Header[=label][:type]"', help: `a column becomes a new field, made when the import begins to write; without a type it is guessed: ${newFieldKinds.join(', ')}` },
  definition: { type: 'string', value: 'F.json', help: 'definition document to start from; flags change it' },
}

/** The flags that are shorthand for the definition document of an import. */
export const definitionFlags: Readonly<Record<string, Flag>> = {
  ...mappingFlags,
  operation: { type: 'string', value: 'WORD', help: 'insert (the usual), update, upsert, delete (to the bin), hard-delete' },
  'confirm-hard-delete': { type: 'boolean', help: 'a hard delete cannot be undone: say that it is meant' },
  match: { type: 'string', multiple: true, value: 'LIST', help: 'how existing records are found, in order: email,phone,first_name+last_name; id is the record id of our own exports' },
  'on-duplicate': { type: 'string', value: 'WORD', help: 'when an insert meets an existing record: skip (the usual), update, update-if-newer, create, flag (create, for review)' },
  'on-several': { type: 'string', value: 'WORD', help: 'when several records match: fail (the usual), oldest, newest, flag (create, for review)' },
  default: { type: 'string', multiple: true, value: 'field=value', help: 'value that new records take where a row brings none' },
  merge: { type: 'string', multiple: true, value: 'field=rule', help: 'always (the usual), if-empty, if-newer (by updated_at), never, append (lists, long texts)' },
  'restore-binned': { type: 'boolean', help: 'a row that meets only a deleted record brings it back from the bin and updates it' },
  'blank-clears': { type: 'string', multiple: true, value: 'HEADER', help: 'an empty cell of this column clears the field of an existing record, or takes its link away' },
  'missing-reference': { type: 'string', value: 'WORD', help: `when a row names a record that does not exist: ${missingReferencePolicies.join(', ')} (error)` },
  'existing-reference': { type: 'string', value: 'WORD', help: 'what columns such as account.phone do to an account that exists: leave (the usual), update (by the merge rules of their fields)' },
  'map-value': { type: 'string', multiple: true, value: '"Header:found=stored"', help: 'value of a column that means an option; remembered for later imports of the object' },
  'date-order': { type: 'string', multiple: true, value: '"Header=dmy"', help: `how the dates of a column, or with the word alone of all, are written: ${dateForms.join(', ')}` },
  decimal: { type: 'string', multiple: true, value: '"Header=,"', help: 'the mark before the decimals of a column, or with the mark alone of all: . or ,' },
  'month-language': { type: 'string', multiple: true, value: '"Header=pl"', help: 'language of month names that mean two months' },
  'phone-country': { type: 'string', multiple: true, value: '"Header=DE"', help: 'country of phone numbers that name none, of a column, or with the country alone of all (that of most of a column\'s numbers, else the organization\'s: settings --country)' },
  'null-words': { type: 'string', multiple: true, value: '"Header=off"', help: 'whether N/A, null, - and their like are empty cells of a column: on (the usual, but for names) or off' },
  'time-zone': { type: 'string', value: 'ZONE', help: 'zone of times that name none, such as Europe/Berlin (UTC)' },
  owner: { type: 'string', value: 'EMAIL', help: 'who owns the new records; round-robin:A,B hands them out in turn' },
  backup: { type: 'boolean', help: 'save the records that will be changed or deleted as a file first' },
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

  const existingReference = oneWord(call, 'existing-reference', existingReferencePolicies)
  if (existingReference) definition.existingReference = existingReference

  const match = call.list('match')
  if (match.length > 0) definition.match = match.flatMap(parseMatch)
  const mapping = call.text('mapping')
  if (mapping !== undefined) definition.savedMapping = mapping
  const columns = eachOnce([
    ...call.list('map').map((text) => ({ flag: `--map "${text}"`, column: parseColumn(text) })),
    ...call.list('join').map((text) => ({ flag: `--join "${text}"`, column: parseJoin(text, call.text('join-with')) })),
    ...call.list('create-field').map((text) => ({ flag: `--create-field "${text}"`, column: parseNewField(text) })),
  ])
  const { all, named } = readingsOf(call)
  if (columns.length + named.length > 0) definition.columns = mergeColumns(mergeColumns(base.columns ?? [], columns), named)
  Object.assign(definition, all)
  const clearing = call.list('blank-clears').map((header) => ({ ...columnNamed(header), blankClears: true }))
  if (clearing.length > 0) definition.columns = mergeColumns(definition.columns ?? [], clearing)
  const values = call.list('map-value')
  if (values.length > 0) definition.columns = withValueMaps(definition.columns ?? [], values)
  const defaults = call.list('default').map((text) => pair(text, 'default', 'lead_source=Web', text.indexOf('=')))
  if (defaults.length > 0) definition.defaults = Object.fromEntries([...Object.entries(base.defaults ?? {}), ...defaults])
  const merge = call.list('merge').map((text) => {
    const [field, rule] = pair(text, 'merge', 'phone=if-empty', text.lastIndexOf('='))
    return [field, knownWord('merge', rule, mergeRules)] as const
  })
  if (merge.length > 0) definition.merge = Object.fromEntries([...Object.entries(base.merge ?? {}), ...merge])

  const owner = call.text('owner')
  if (owner !== undefined) definition.owner = parseOwner(owner)
  if (call.on('restore-binned')) definition.restoreBinned = true
  if (call.on('backup')) definition.backup = true
  if (call.on('confirm-hard-delete')) definition.confirmHardDelete = true
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

/** One address, or those after `round-robin:`. */
function parseOwner(text: string): string | string[] {
  if (!text.startsWith(roundRobin)) return text
  const addresses = text.slice(roundRobin.length).split(',').map((address) => address.trim()).filter((address) => address !== '')
  if (addresses.length === 0) throw new Fault('usage.malformed-pair', malformedPair('owner', text, `${roundRobin}ada@example.com,bob@example.com`))
  return addresses
}

const roundRobin = 'round-robin:'

export function parseFormats(text: string) {
  return text.split(',').map((part) => part.trim()).filter((part) => part !== '').map((format) => knownWord('result-formats', format, resultFormats))
}
