import { Fault } from '@longshore/core'

/** Keys of all records together: each is a column. */
const mostKeys = 2_000
/** Objects within objects within a record. */
const deepest = 8

type Flat = Map<string, unknown>

/** The records of a request as NDJSON whose first line names every key, `required` ones too, so that nothing of them is found too late and what is missing is told record by record; and those keys. The lines can be gone through again. */
export function recordLines(records: readonly Readonly<Record<string, unknown>>[], required: readonly string[]): { keys: string[]; lines: Iterable<string> } {
  const flat = records.map((record, i) => {
    const fields: Flat = new Map()
    flatten(record, '', fields, `records[${i}]`, 0)
    if ([...fields.values()].every((value) => value === null || value === '')) throw new Fault('bulk.empty-record', `Record ${i} holds nothing. Leave it out.`, { path: `records[${i}]` })
    return fields
  })
  const keys = [...new Set([...flat.flatMap((fields) => [...fields.keys()]), ...required])]
  if (keys.length > mostKeys) throw new Fault('bulk.too-many-fields', `The records have ${keys.length} different fields together, and a request takes ${mostKeys}.`, { path: 'records' })
  return { keys, lines: { [Symbol.iterator]: () => linesOf(flat, keys) } }
}

function* linesOf(flat: readonly Flat[], keys: readonly string[]): Generator<string> {
  for (const [i, fields] of flat.entries()) {
    const entries = i === 0 ? keys.map((key): [string, unknown] => [key, fields.get(key) ?? null]) : [...fields]
    yield `${JSON.stringify(Object.fromEntries(entries))}\n`
  }
}

/** Objects become paths: {"account":{"name":…}} is account.name. Lists stay what they are. */
function flatten(record: Readonly<Record<string, unknown>>, before: string, into: Flat, path: string, depth: number): void {
  if (depth > deepest) throw new Fault('bulk.too-deep', `${path} has objects within objects, more than ${deepest} deep. Name fields by their paths, such as account.name.`, { path })
  for (const [key, value] of Object.entries(record)) {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) flatten(value as Record<string, unknown>, `${before}${key}.`, into, `${path}.${key.slice(0, 80)}`, depth + 1)
    else into.set(`${before}${key}`, value)
  }
}
