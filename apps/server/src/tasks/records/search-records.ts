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

/** Records of all objects that the actor reads, by what people look for them by; of each object the newest. */
export async function searchRecords(workspace: Workspace, { text, limit }: { text: string; limit: number }): Promise<FoundRecords> {
  const where = searchFilters(text)
  if (where.length === 0) return { records: [], unfinished: [] }
  const catalog = await workspace.catalog()
  const objects = catalog.objects.filter((object) => linkKeyOf(object) === undefined)
  const found = new Map<string, FoundRecord[] | null>()
  const until = Date.now() + searchMs
  const waiting = [...objects]
  const lookOn = async (): Promise<void> => {
    for (let object = waiting.shift(); object !== undefined; object = waiting.shift()) found.set(object.name, Date.now() < until ? await foundOf(workspace, catalog, object, { where, text, limit }) : null)
  }
  await Promise.all(Array.from({ length: atOnce }, lookOn))
  return { records: objects.flatMap(({ name }) => found.get(name) ?? []), unfinished: objects.filter(({ name }) => !found.get(name)).map(({ name }) => name) }
}

/** Null: it took too long. */
async function foundOf(workspace: Workspace, catalog: Catalog, object: ObjectType, { where, text, limit }: { where: string[]; text: string; limit: number }): Promise<FoundRecord[] | null> {
  const beside = object.fields.filter((field) => besideKinds.has(field.kind) && field.companionOf === undefined && field.name !== object.nameField).slice(0, mostBeside).map(({ name }) => name)
  const named = object.fields.some(({ name }) => name === object.nameField) ? [object.nameField] : []
  const exactly = await idsByKey(workspace, object, text, limit)
  const selection = await selectionOf(workspace, catalog, { object: object.name, fields: ['id', ...named, ...beside], where: exactly.length > 0 ? [`id in (${exactly.join(', ')})`] : where })
  const order = await orderOf(workspace, catalog, object.name, '-id')
  try {
    const { records } = await listRecords(workspace.db.reading(workspace.organization, { settings: { statement_timeout: `${objectMs}ms` } }), workspace.organization, selection, { order, after: null, limit })
    return records.map(({ id, values }) => {
      const [, ...rest] = values
      const name = named.length > 0 ? rest.shift() ?? null : null
      const filled = rest.filter((value) => value !== null)
      return { object: object.name, id, name, beside: filled.find((value) => value.toLowerCase().includes(text.trim().toLowerCase())) ?? filled[0] ?? null }
    })
  } catch (error) {
    if (error instanceof Fault && error.code === 'db.statement-timeout') return null
    throw error
  }
}

/** Records whose address, number or external id is the very text, where a match key is kept of it: found by an index, however many records there are. */
async function idsByKey({ db, organization }: Workspace, object: ObjectType, text: string, limit: number): Promise<string[]> {
  const context = rowContext(object, { defaultCountry: organization.settings.country })
  const found: string[] = []
  for (const rule of object.matchKeys) {
    const field = findField(object, rule.criterion)
    if (field === undefined || rule.since !== undefined || !besideKinds.has(field.kind)) continue
    const canonical = fieldType(field.kind).parse(text.trim(), field, context)
    const key = typeof canonical === 'string' ? keyOf([canonical], { criterion: rule.criterion, rule: rule.id, reference: null, object: object.name, targets: [0], forms: [normalFormOf(field)] }) : null
    if (key !== null) found.push(...await idsWithKey(db.reading(organization, { settings: { statement_timeout: `${objectMs}ms` } }), organization, object, rule, key, limit))
  }
  return [...new Set(found)].slice(0, limit)
}
