import { Fault, fieldType, findField, keyOf, linkKeyOf, normalFormOf, rowContext, searchFilters } from '@longshore/core'
import type { Catalog, ObjectType } from '@longshore/core'
import { idsWithKey, listRecords } from '@longshore/store'
import type { Workspace } from '../../open-workspace.ts'
import { orderOf, selectionOf } from './selection-of.ts'

/** Whoever types waits no longer: for one object, and for all of them. */
const objectMs = 1_500
const searchMs = 3_000
/** Objects that are looked through side by side: a search is no reason to keep the database from others. */
const atOnce = 3
/** What a record is told apart by, beside its name. */
const besideKinds: ReadonlySet<string> = new Set(['email', 'phone', 'external-id'])
const mostBeside = 4

/** `beside`: of its address, numbers and external ids the one that was looked for, else the first. */
export interface FoundRecord { object: string; id: string; name: string | null; beside: string | null }
/** `unfinished`: objects with too many records to look through in the time; what they have may be missing. */
export interface FoundRecords { records: FoundRecord[]; unfinished: string[] }

/** Records of all objects that the actor reads, by what people look for them by; of each object the newest. Once nobody waits, no other object is begun. */
export async function searchRecords(workspace: Workspace, { text, limit }: { text: string; limit: number }, signal?: AbortSignal): Promise<FoundRecords> {
  const where = searchFilters(text)
  if (where.length === 0) return { records: [], unfinished: [] }
  const catalog = await workspace.catalog()
  const objects = catalog.objects.filter((object) => linkKeyOf(object) === undefined)
  const found = new Map<string, Looked>()
  const until = Date.now() + searchMs
  const waiting = [...objects]
  const lookOn = async (): Promise<void> => {
    for (let object = waiting.shift(); object !== undefined; object = waiting.shift()) found.set(object.name, Date.now() < until && signal?.aborted !== true ? await foundOf(workspace, catalog, object, { where, text, limit }) : { records: [], whole: false })
  }
  await Promise.all(Array.from({ length: atOnce }, lookOn))
  return { records: objects.flatMap(({ name }) => found.get(name)?.records ?? []), unfinished: objects.filter(({ name }) => found.get(name)?.whole !== true).map(({ name }) => name) }
}

/** `whole`: false where it took too long. */
interface Looked { records: FoundRecord[]; whole: boolean }

/** First those that have the very text by a key; of an address that is all, while others may have an external id or a number in their names. */
async function foundOf(workspace: Workspace, catalog: Catalog, object: ObjectType, { where, text, limit }: { where: string[]; text: string; limit: number }): Promise<Looked> {
  const beside = object.fields.filter((field) => besideKinds.has(field.kind) && field.companionOf === undefined && field.name !== object.nameField).slice(0, mostBeside).map(({ name }) => name)
  const named = object.fields.some(({ name }) => name === object.nameField) ? [object.nameField] : []
  const order = await orderOf(workspace, catalog, object.name, '-id')
  const look = async (conditions: string[]): Promise<FoundRecord[]> => {
    const selection = await selectionOf(workspace, catalog, { object: object.name, fields: ['id', ...named, ...beside], where: conditions })
    const { records } = await listRecords(workspace.db.reading(workspace.organization, { settings: { statement_timeout: `${objectMs}ms` } }), workspace.organization, selection, { order, after: null, limit })
    return records.map(({ id, values }) => {
      const [, ...rest] = values
      const name = named.length > 0 ? rest.shift() ?? null : null
      const filled = rest.filter((value) => value !== null)
      return { object: object.name, id, name, beside: filled.find((value) => value.toLowerCase().includes(text.trim().toLowerCase())) ?? filled[0] ?? null }
    })
  }
  let records: FoundRecord[] = []
  try {
    const { ids, address } = await idsByKey(workspace, object, text, limit)
    if (ids.length > 0) records = await look([`id in (${ids.join(', ')})`])
    if (records.length < limit && !(address && records.length > 0)) records = [...records, ...(await look(where)).filter(({ id }) => !ids.includes(id))].slice(0, limit)
    return { records, whole: true }
  } catch (error) {
    if (error instanceof Fault && error.code === 'db.statement-timeout') return { records, whole: false }
    throw error
  }
}

/** Records whose address, number or external id is the very text, where a match key is kept of it: found by an index, however many records there are. */
async function idsByKey({ db, organization }: Workspace, object: ObjectType, text: string, limit: number): Promise<{ ids: string[]; address: boolean }> {
  const context = rowContext(object, { defaultCountry: organization.settings.country })
  const found = new Set<string>()
  let address = false
  for (const rule of object.matchKeys) {
    const field = findField(object, rule.criterion)
    if (field === undefined || rule.since !== undefined || !besideKinds.has(field.kind)) continue
    const canonical = fieldType(field.kind).parse(text.trim(), field, context)
    const key = typeof canonical === 'string' ? keyOf([canonical], { criterion: rule.criterion, rule: rule.id, reference: null, object: object.name, targets: [0], forms: [normalFormOf(field)] }) : null
    const ids = key === null ? [] : await idsWithKey(db.reading(organization, { settings: { statement_timeout: `${objectMs}ms` } }), organization, object, rule, key, limit)
    for (const id of ids) found.add(id)
    if (ids.length > 0 && field.kind === 'email') address = true
  }
  return { ids: [...found].slice(0, limit), address }
}
