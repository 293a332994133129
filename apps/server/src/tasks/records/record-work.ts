import { Fault, closest, countryField, countryOf, fieldType, findField, findObject, isEditable, isRecordId, printValues, rowContext, sayOfField } from '@longshore/core'
import type { Catalog, ObjectType, Side } from '@longshore/core'
import { audit, binRecords, countBin, dismissReview, editRecord, emptyBin, listAssociations, listBin, listReviews, mergeReview, objectsNamed, readFields, readReview, restoreRecords } from '@longshore/store'
import type { BinCursor, ReviewedRecord } from '@longshore/store'
import type { JobSummary, Longshore } from '../../longshore.ts'
import { demandRight, doer } from '../../actor.ts'
import type { Workspace } from '../../open-workspace.ts'
import { demandOwnerInReach } from './owner-in-reach.ts'
import { momentOfJob } from '../import/create-import.ts'

type RecordWork = Pick<Longshore, 'editRecord' | 'associations' | 'binRecords' | 'bin' | 'restore' | 'emptyBin' | 'reviews' | 'mergeReview' | 'dismissReview'>

const dayMs = 24 * 60 * 60 * 1000

/** What people do to single records: edits, the bin, the queue for review. */
export function recordWork(workspace: Workspace, job: (number: number) => Promise<JobSummary>): RecordWork {
  const { db, organization, actor } = workspace
  const editor = async () => ({ job: null, at: momentOfJob(), by: actor.member?.id ?? (await workspace.members())[0]?.id ?? null, doer: doer(actor) })
  /** The object of a pair. A pair of which the actor may not see both sides does not exist for them. */
  const pair = async (review: string): Promise<string> => {
    const catalog = await workspace.catalog()
    const found = await db.transaction(organization, (tx) => readReview(tx, organization, catalog, reviewNumber(review)), { readOnly: true })
    if (Object.keys(found.record.values).length === 0 || Object.keys(found.other.values).length === 0) throw new Fault('review.unknown', `There is no pair ${review} in the queue for review. "longshore review list" shows those that wait.`)
    return found.object
  }
  return {
    async editRecord({ object: name, record, values, version }) {
      const object = objectNamed(await workspace.catalog(), name)
      const [id, names] = [recordNumber(record), object.fields.filter((field) => field === countryField(object.fields) || (object.pipelines && field.name === 'pipeline')).map(({ name }) => name)]
      // what the record holds says how a value is read, as the other cells of its row do: a phone by its country, a stage by its pipeline
      const held = names.length === 0 ? {} : (await db.transaction(organization, (tx) => readFields(tx, organization, object, names, [id]), { readOnly: true })).get(id) ?? {}
      await editRecord(db, organization, object, id, await canonicalValues(workspace, object, values, held), await editor(), version)
    },
    async binRecords({ object, records }) {
      await binRecords(db, organization, objectNamed(await workspace.catalog(), object), [...new Set(records.map(recordNumber))], await editor())
    },
    async bin({ object, limit, cursor }) {
      const catalog = await workspace.catalog()
      const after = cursor === undefined ? null : readBinCursor(cursor)
      return db.transaction(organization, async (tx) => {
        const found = await listBin(tx, organization, objectsNamed({ catalog }, object), { limit: limit + 1, after })
        const records = found.slice(0, limit)
        const last = records.at(-1)
        return { records, next: last && found.length > limit ? writeBinCursor(last) : null, counts: after === null ? await countBin(tx, organization, catalog.objects) : null }
      }, { readOnly: true, isolation: 'repeatable read' })
    },
    async restore({ object, records }) {
      await restoreRecords(db, organization, objectNamed(await workspace.catalog(), object), [...new Set(records.map(recordNumber))], await editor())
    },
    async emptyBin({ object, olderThanDays }) {
      const by = await editor()
      const before = new Date(Date.parse(by.at) - olderThanDays * dayMs + (olderThanDays === 0 ? 1 : 0)).toISOString()
      return emptyBin(db, organization, objectsNamed({ catalog: await workspace.catalog() }, object), before, by)
    },
    async associations({ record, limit }) {
      const catalog = await workspace.catalog()
      return db.transaction(organization, (tx) => listAssociations(tx, organization, catalog, { limit, ...(record === undefined ? {} : { record: recordNumber(record) }) }), { readOnly: true })
    },
    async reviews({ object, limit }) {
      const catalog = await workspace.catalog()
      const found = await db.transaction(organization, (tx) => listReviews(tx, organization, catalog, { limit, ...(object === undefined ? {} : { object: objectNamed(catalog, object).name }) }), { readOnly: true })
      const printed = (side: ReviewedRecord, of: ObjectType): ReviewedRecord => ({ ...side, values: printValues(of, side.values) })
      return found.map((review) => { const of = objectNamed(catalog, review.object); return { ...review, record: printed(review.record, of), other: printed(review.other, of) } })
    },
    async mergeReview({ review, keep, values }) {
      const found = await pair(review)
      demandRight(actor, 'write', found)
      demandRight(actor, 'delete', found)
      return job(await mergeReview(db, organization, await workspace.catalog(), reviewNumber(review), { keep, values: new Map<string, Side>(Object.entries(values)) }, await editor()))
    },
    async dismissReview(review) {
      demandRight(actor, 'write', await pair(review))
      await db.transaction(organization, async (tx) => {
        await dismissReview(tx, organization, reviewNumber(review), momentOfJob())
        await audit(tx, organization, doer(actor), { act: 'review.dismiss', target: `review/${review}` })
      })
    },
  }
}

function objectNamed(catalog: Catalog, name: string): ObjectType {
  const object = findObject(catalog, name)
  if (object) return object
  const nearest = closest(name, catalog.objects.flatMap((one) => [one.name, one.singular]))
  throw new Fault('unknown-object', `There is no object "${name}".${nearest === null ? '' : ` Did you mean "${nearest}"?`}`, { path: 'object' })
}

/** The values as the fields keep them, with what is kept beside them (the number as typed, the code of an amount). `held`: what the record holds of what says how others are read. Throws a Fault for the first that its field does not take. */
export async function canonicalValues(workspace: Workspace, object: ObjectType, values: Readonly<Record<string, string | null>>, held: Readonly<Record<string, string | null>> = {}): Promise<Record<string, string | null>> {
  const { country, currency } = workspace.organization.settings
  const members = (await workspace.members()).map(({ id, email }) => ({ id: String(id), email }))
  const context = rowContext(object, { defaultCountry: country, defaultCurrency: currency, members })
  const record = { ...held, ...values }
  context.country = countryOf(record[countryField(object.fields)?.name ?? ''] ?? '')
  context.pipeline = object.pipelines?.find(({ name }) => name.toLowerCase() === record['pipeline']?.trim().toLowerCase())?.name ?? null
  const saysWhose = object.fields.find(({ kind }) => kind === 'owner')
  return Object.fromEntries(Object.entries(values).flatMap(([name, text]) => {
    const field = findField(object, name)
    if (!field || !isEditable(field)) throw new Fault('unknown-field', `The field "${name}" of ${object.name} cannot be edited by hand.`, { path: `values.${name}` })
    const typed = text?.trim() ?? ''
    if (typed === '' && field.required === true) throw new Fault('value-invalid', `"${field.label}" is required: every record of ${object.label.toLowerCase()} has one. Give it another value instead of none.`, { path: `values.${name}` })
    const type = fieldType(field.kind)
    if (field.kind === 'reference') {
      if (typed !== '' && !isRecordId(typed)) throw new Fault('value-invalid', `"${field.label}" leads to a record: give its id, not "${typed.slice(0, 80)}". Lists of records show ids. Nothing was written.`, { path: `values.${name}` })
      return [[name, typed === '' ? null : typed]]
    }
    const parsed = typed === '' ? null : type.parse(typed, field, context)
    if (parsed === null || typeof parsed === 'string') {
      if (field === saysWhose) demandOwnerInReach(workspace.organization, parsed, `values.${name}`)
      const beside = parsed === null ? null : type.companion?.(typed, parsed, field, context) ?? null
      // an amount without a code of its own keeps the one that it has
      const companions = field.kind === 'currency' && beside === null ? [] : object.fields.filter(({ companionOf }) => companionOf === name)
      return [[name, parsed], ...companions.map((companion) => [companion.name, beside])]
    }
    throw new Fault('value-invalid', sayOfField(parsed, field, typed), { path: `values.${name}` })
  }))
}

function recordNumber(text: string): string {
  if (isRecordId(text)) return text
  throw new Fault('record.missing', `"${text.slice(0, 80)}" is not a record id. Results, exports and "longshore bin list" show them.`)
}

function reviewNumber(text: string): string {
  if (/^[1-9]\d{0,17}$/.test(text)) return text
  throw new Fault('review.unknown', `"${text.slice(0, 80)}" is not the number of a pair. "longshore review list" shows those that wait.`)
}

function writeBinCursor({ deletedAt, object, record }: BinCursor): string {
  return Buffer.from(JSON.stringify([deletedAt, object, record])).toString('base64url')
}

function readBinCursor(cursor: string): BinCursor {
  try {
    const [deletedAt, object, record] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown[]
    if (isInstant(deletedAt) && typeof object === 'string' && /^\w{1,80}$/.test(object) && typeof record === 'string' && isRecordId(record)) return { deletedAt, object, record }
  } catch { /* no cursor of ours */ }
  throw new Fault('request.cursor', 'The cursor is none that a page of this list gave as "next". Begin without one.', { path: 'cursor' })
}

function isInstant(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/.test(value) && !Number.isNaN(Date.parse(value))
}
