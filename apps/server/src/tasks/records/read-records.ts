import { Fault, compilePrint, findField, findObject, printValues, readRecordId } from '@longshore/core'
import type { ObjectType } from '@longshore/core'
import { countRecords, listAssociations, listRecords, memberNames, recordHistory, recordLinks, recordsToCount, referenceNames, relatedRecords, relatedSettings } from '@longshore/store'
import type { RecordChange, RecordCursor, RecordLink, RelatedRecords } from '@longshore/store'
import { keptOfRecords } from '../../kept-look.ts'
import type { Workspace } from '../../open-workspace.ts'
import { searchRecords } from './search-records.ts'
import type { FoundRecords } from './search-records.ts'
import { orderOf, selectionOf } from './selection-of.ts'

/** Nobody waits for longer than this. */
const limited = { statement_timeout: '20s' }

/** Records of each kind, and associations, that are told of what leads to a record. */
const mostRelated = 20

export interface RecordsWish {
  object: string
  /** Paths; absent: all. */
  fields?: readonly string[] | undefined
  /** `field op value`. */
  where: readonly string[]
  /** A path; `-` before it: descending. */
  sort: string
  limit: number
  cursor?: string | undefined
  count: boolean
  /** Values as they are kept, for code to compare; else as people read and type them. */
  canonical?: boolean
}
export interface ReadRecord { id: string; values: Record<string, string | null> }
/** `links`: where its references lead. */
export interface ReadRecordDetails extends ReadRecord { links: RecordLink[]; madeBy: { job: number; row: number } }
export interface ReadRelated { related: RelatedRecords[]; associations: { association: string; object: string; id: string; name: string | null; role: string | null }[]; moreAssociations: boolean }

/** Looking at records. Everything that is named comes from the actor's catalog, and PostgreSQL keeps to their scope. */
export interface ReadRecords {
  records(wish: RecordsWish): Promise<{ items: ReadRecord[]; next: string | null; count: { records: number; exact: boolean } | null }>
  /** Of all objects, a few of each. */
  search(wish: { text: string; limit: number }, signal?: AbortSignal): Promise<FoundRecords>
  /** Throws `record.missing`. */
  record(object: string, record: string): Promise<ReadRecordDetails>
  /** Throws `record.missing`. */
  related(object: string, record: string): Promise<ReadRelated>
  /** `names`: what people call the records that references led to, by id. */
  history(object: string, record: string, page: { limit: number; cursor?: string | undefined }): Promise<{ items: (RecordChange & { byName: string | null })[]; next: string | null; names: Record<string, string> }>
}

export function readRecords(workspace: Workspace): ReadRecords {
  const { db, organization } = workspace

  const work: ReadRecords = {
    async records({ sort, limit, cursor, count, canonical = false, ...wish }) {
      const catalog = await workspace.catalog()
      const selection = await selectionOf(workspace, catalog, wish)
      const order = await orderOf(workspace, catalog, wish.object, sort)
      const after = cursor === undefined ? null : readCursor(cursor, sort)
      const counted = recordsToCount(organization, selection)
      const reading = db.reading(organization, { settings: limited })
      const [{ records, end }, found] = await Promise.all([
        listRecords(reading, organization, selection, { order, after, limit }),
        count ? keptOfRecords(reading, workspace, ['count', counted], () => countRecords(reading, counted)) : null,
      ])
      if (!canonical) compilePrint(selection, 'text')(records.map(({ values }) => values))
      return {
        items: records.map(({ id, values }) => ({ id, values: Object.fromEntries(selection.columns.map(({ path }, i) => [path, values[i] ?? null])) })),
        next: end && writeCursor(end, sort), count: found,
      }
    },
    search: (wish, signal) => searchRecords(workspace, wish, signal),
    async record(object, record) {
      const { items: [found] } = await work.records({ object, where: [`id = ${record}`], sort: '-id', limit: 1, count: false })
      const catalog = await workspace.catalog()
      const type = findObject(catalog, object)
      if (!found || !type) throw missing(object, record)
      const links = await recordLinks(db.reading(organization, { settings: limited }), organization, catalog, type, record)
      const { job, row } = readRecordId(BigInt(record))
      return { ...found, links, madeBy: { job, row } }
    },
    async related(name, record) {
      const catalog = await workspace.catalog()
      const object = findObject(catalog, name)
      const { items: [found] } = await work.records({ object: name, fields: ['id'], where: [`id = ${record}`], sort: '-id', limit: 1, count: false })
      if (!found || !object) throw missing(name, record)
      const reading = db.reading(organization, { settings: { ...limited, ...relatedSettings } })
      const [related, associations] = await Promise.all([relatedRecords(reading, organization, catalog, object, record, mostRelated), listAssociations(reading, organization, catalog, { record, limit: mostRelated + 1 })])
      return {
        related,
        moreAssociations: associations.length > mostRelated,
        associations: associations.slice(0, mostRelated).map(({ association, from, to, role }) => {
          const other = from.record === record ? to : from
          return { association, object: other.object, id: other.record, name: other.name, role }
        }),
      }
    },
    async history(name, record, { limit, cursor }) {
      const catalog = await workspace.catalog()
      const object = findObject(catalog, name)
      if (cursor !== undefined && !/^\d{1,18}$/.test(cursor)) throw badCursor()
      const changes = object && await recordHistory(db.reading(organization, { settings: limited }), organization, object, record, { limit: limit + 1, before: cursor ?? null })
      if (!object || !changes) throw missing(name, record)
      const items = changes.slice(0, limit).map((change) => ({ ...change, before: known(object, change.before), after: known(object, change.after) }))
      const [called, people] = await Promise.all([
        referenceNames(db.reading(organization), organization, catalog, object, items.flatMap(({ before, after }) => [before, after])),
        memberNames(db.reading(null), organization, items.flatMap(({ by }) => by ?? [])),
      ])
      return { items: items.map((item) => ({ ...item, byName: people.get(item.by ?? 0) ?? null })), next: changes.length > limit ? items.at(-1)?.id ?? null : null, names: Object.fromEntries([...called.values()].flatMap((names) => [...names])) }
    },
  }
  return work
}

/** What the actor knows of a change's fields: others are hidden from them, or gone. */
function known(object: ObjectType, values: Record<string, string | null>): Record<string, string | null> {
  return printValues(object, Object.fromEntries(Object.entries(values).filter(([name]) => findField(object, name) !== undefined)))
}

/** A cursor bears the sort that it belongs to: under another one it would skip records. */
function writeCursor(end: RecordCursor, sort: string): string {
  return Buffer.from(JSON.stringify([sort, end.value, end.id])).toString('base64url')
}

function readCursor(cursor: string, sort: string): RecordCursor {
  try {
    const [of, value, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown[]
    if (of === sort && (value === null || typeof value === 'string') && typeof id === 'string' && /^\d{1,19}$/.test(id)) return { value, id }
  } catch { /* no cursor of ours */ }
  throw badCursor()
}

function badCursor(): Fault {
  return new Fault('request.cursor', 'The cursor is none that a page of this list, in this order, gave as "next". Begin without one.', { path: 'cursor' })
}

function missing(object: string, record: string): Fault {
  return new Fault('record.missing', `There is no record ${record.slice(0, 20)} of ${object.slice(0, 80)}, or it is in the bin.`)
}
