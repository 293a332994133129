import { Fault, findField, findObject, isEditable } from '@longshore/core'
import type { Catalog, ObjectType } from '@longshore/core'
import { objectColumnOf, tableOf } from '../objects/column.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'
import { quoteIdentifier } from '../postgres/quote.ts'
import { leadingBack } from '../review/leading-back.ts'
import { nameOf } from './record-names.ts'
import { readFields } from './write-fields.ts'

/** A record that stands at the other end of a reference; `name`: what people call it. */
export interface LinkedRecord { id: string; name: string | null }
/** Where a reference field of a record leads. */
export interface RecordLink extends LinkedRecord { field: string; object: string }
/** Records of an object that lead to a record by one of their reference fields, the newest first; `more`: there are others. */
export interface RelatedRecords { object: string; field: string; records: LinkedRecord[]; more: boolean }

/** Where the references of a record lead; those to records in the bin, or out of the actor's reach, are left out. `reading`: takes several questions at once. */
export async function recordLinks(reading: Transaction, organization: Organization, catalog: Catalog, object: ObjectType, record: string): Promise<RecordLink[]> {
  const references = object.fields.filter(({ kind }) => kind === 'reference')
  const held = (await readFields(reading, organization, object, references.flatMap((field) => [field.name, objectColumnOf(field) ?? []].flat()), [record])).get(record) ?? {}
  const links = await Promise.all(references.map(async (field): Promise<RecordLink[]> => {
    const id = held[field.name] ?? null
    const target = findObject(catalog, held[objectColumnOf(field) ?? ''] ?? field.targets?.[0] ?? '')
    const [found] = id === null || !target ? [] : await liveRecord(reading, organization, target, id)
    return found && target ? [{ field: field.name, object: target.name, ...found }] : []
  }))
  return links.flat()
}

/** What `relatedRecords` is asked with: for a few among many by an index. Where a bulk import has dropped that, compiling the statement would be no help. */
export const relatedSettings = { enable_seqscan: 'off', jit: 'off' } as const

/** What leads to a record: by object and reference field, `limit` records of each. Associations have a list of their own. `reading`: takes several questions at once. */
export async function relatedRecords(reading: Transaction, organization: Organization, catalog: Catalog, object: ObjectType, record: string, limit: number): Promise<RelatedRecords[]> {
  const leading = catalog.objects.filter(({ name }) => name !== 'associations')
    .flatMap((one) => one.fields.filter(({ kind, targets }) => kind === 'reference' && targets?.includes(object.name)).map((field) => ({ one, field })))
  const related = await Promise.all(leading.map(async ({ one, field }): Promise<RelatedRecords[]> => {
    const objectColumn = objectColumnOf(field)
    const leads = `${quoteIdentifier(field.name)} = $1${objectColumn === null ? '' : ` AND ${quoteIdentifier(objectColumn)} = '${object.name}'`}`
    const { rows: records } = await reading.query<LinkedRecord>(newestStatement(organization, one, leads, limit + 1), [record])
    return records.length === 0 ? [] : [{ object: one.name, field: field.name, records: records.slice(0, limit), more: records.length > limit }]
  }))
  return related.flat()
}

async function liveRecord(tx: Transaction, organization: Organization, object: ObjectType, id: string): Promise<LinkedRecord[]> {
  const { rows } = await tx.query<LinkedRecord>(`SELECT id::text, ${nameOf(object)} AS name FROM ${tableOf(organization, object)} WHERE id = $1 AND deleted_at IS NULL`, [id])
  return rows
}

/** So many are found by the index of their reference and sorted; where there are more, PostgreSQL chooses. */
const mostSorted = 5_000

/**
 * SQL: the newest records that lead somewhere. PostgreSQL takes them to be spread evenly over the table, and likes to go through it from the newest on
 * until it has enough: through all of it where they are few, or old. One contact of 300,000 took 145 ms so (docs/decisions/0100).
 */
function newestStatement(organization: Organization, object: ObjectType, leads: string, limit: number): string {
  const found = `SELECT o.id, ${nameOf(object)} AS name FROM ${tableOf(organization, object)} o WHERE ${leads} AND deleted_at IS NULL`
  return `WITH few AS MATERIALIZED (${found} LIMIT ${mostSorted + 1})
    SELECT id::text, name FROM (SELECT * FROM few WHERE (SELECT count(*) FROM few) <= ${mostSorted}
      UNION ALL (${found} AND (SELECT count(*) FROM few) > ${mostSorted} ORDER BY o.id DESC LIMIT ${limit})) r ORDER BY r.id DESC LIMIT ${limit}`
}

/** Throws `value-invalid` for a link (record ids by field) to a record that is not there, or that would put the record below itself. */
export async function refuseStrayLinks(tx: Transaction, organization: Organization, catalog: Catalog, object: ObjectType, record: string, values: Readonly<Record<string, string | null>>): Promise<void> {
  const links = Object.fromEntries(Object.entries(values).filter(([name, id]) => id !== null && findField(object, name)?.kind === 'reference'))
  for (const [name, id] of Object.entries(links)) {
    const field = findField(object, name)
    const target = findObject(catalog, field?.targets?.[0] ?? '')
    const [found] = target && field && isEditable(field) ? await liveRecord(tx, organization, target, id ?? '') : []
    if (!found) throw new Fault('value-invalid', `There is no record ${id ?? ''} of ${target?.pluralLabel.toLowerCase() ?? name} that "${field?.label ?? name}" could lead to, or it is in the bin. Nothing was written.`, { path: `values.${name}` })
  }
  const [back] = await leadingBack(tx, organization, object, [record], [links])
  if (back !== undefined) throw new Fault('value-invalid', `The record would come below itself: the one that "${findField(object, back.split(' ')[0] ?? '')?.label ?? ''}" is to lead to is the record itself, or lies below it. Nothing was written.`, { path: `values.${back.split(' ')[0] ?? ''}` })
}
