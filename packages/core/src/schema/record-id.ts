import type { ImportDefinition } from '../definition/import.ts'
import { Fault } from '../issues/fault.ts'
import { findField, findObject, type Catalog } from './catalog.ts'
import type { Field } from './field.ts'
import type { ObjectType } from './object.ts'

/**
 * The number that Longshore gave a record, as our own exports have it in their column `id`. Nothing that a file can set: it is a field only while
 * an import matches by it.
 */
export const recordIdField: Field = { name: 'id', label: 'Record ID', kind: 'external-id', virtual: 'record-id' }

/** Stands as the rule of the key that is the record's number itself, for which no column of keys is kept. */
export const recordIdRule = -1

const mostRecordId = 2n ** 63n - 1n

/** Whether a text can be the number of a record: digits, nothing else. */
export function isRecordId(text: string): boolean {
  return /^[1-9]\d{0,18}$/.test(text) && BigInt(text) <= mostRecordId
}

export function matchesById({ match }: Pick<ImportDefinition, 'match'>): boolean {
  return match.some(([first, ...more]) => first === recordIdField.name && more.length === 0)
}

/** The catalog as an import sees it that matches by record ids. Throws where the id is to be one part of a criterion: it says by itself which record is meant. */
export function knowingIds(catalog: Catalog, definition: Pick<ImportDefinition, 'match' | 'object' | 'autoMap' | 'columns'>): Catalog {
  const joined = definition.match.findIndex((criterion) => criterion.length > 1 && criterion.includes(recordIdField.name))
  if (joined >= 0) throw new Fault('match-by-id-alone', 'The id of a record says by itself which one is meant, so it is a criterion of its own: --match id.', { path: `match[${joined}]` })
  const object = findObject(catalog, definition.object)
  if (!object) return catalog
  const wanted = new Set([...matchesById(definition) ? [object.name] : [], ...linkedById(object, definition)])
  return wanted.size === 0 ? catalog : { ...catalog, objects: catalog.objects.map((one) => (wanted.has(one.name) && !findField(one, recordIdField.name) ? { ...one, fields: [recordIdField, ...one.fields] } : one)) }
}

/** Objects that columns lead to by the number of the record (`account.id`), as records made and changed by hand do: where every column is said, so that no header is taken for such a number. */
function linkedById(object: ObjectType, { autoMap, columns }: Pick<ImportDefinition, 'autoMap' | 'columns'>): string[] {
  if (autoMap) return []
  return columns.flatMap(({ field }) => {
    const [name = '', last, ...more] = field?.split('.') ?? []
    const reference = last === recordIdField.name && more.length === 0 ? findField(object, name) : undefined
    return reference?.kind === 'reference' && reference.targets?.length === 1 ? reference.targets : []
  })
}
