import { setTimeout as sleep } from 'node:timers/promises'
import { Fault, findObject, isAtRest, mostBulkRecords, rightsOn, tierRates } from '@longshore/core'
import type { ImportDefinitionInput } from '@longshore/core'
import { checkUrl, forWebhooks, newWebhookSecret } from '@longshore/connectors'
import { addWebhookSecret, audit, onceForRequest, recordEndings, takeTurn, webhookOf, webhookSecrets } from '@longshore/store'
import type { Job, RecordEnding, StartRequest } from '@longshore/store'
import { demandRight, doer } from '../../actor.ts'
import { workspaceOf, type Workspace } from '../../open-workspace.ts'
import { RateFault } from '../../people/door.ts'
import type { UploadWork } from '../uploads/upload-work.ts'
import { createImport } from '../import/create-import.ts'
import { callbackPurpose, webhookSecretPurpose } from '../outbox/purposes.ts'
import { bytesOf } from './bytes-of.ts'
import { layoutOfLines } from './layout-of-lines.ts'
import { recordLines } from './record-lines.ts'

/** Records that are waited for; more are a job to ask for. */
const waitedRecords = 1_000
const patienceMs = 20_000
const lookEveryMs = 25
const minuteSeconds = 60
/** NDJSON has no header: its first line is row 1. */
const firstRow = 1

export interface BulkRequest {
  object: string
  operation: 'insert' | 'update' | 'upsert' | 'delete'
  matchField?: string | undefined
  onDuplicate?: ImportDefinitionInput['onDuplicate'] | undefined
  missingReference?: ImportDefinitionInput['missingReference'] | undefined
  records: Record<string, unknown>[]
  callbackUrl?: string | undefined
}

/** `index`: place in the request, from 0. */
export type BulkRecord = Omit<RecordEnding, 'row'> & { index: number }

export interface BulkPage { records: BulkRecord[]; next: string | null; webhook: Awaited<ReturnType<typeof webhookOf>> }

/** Records that come in the body of a request: an import like any other, whose file is the request. */
export interface BulkWork {
  /** Makes the job and, of few records, waits for its end. Throws `rate.exceeded` beyond the organization's tier. */
  begin(request: BulkRequest, once: StartRequest | null): Promise<number>
  /** What became of the records, once the job has ended; none before. */
  page(job: number, options: { cursor?: string | undefined; limit: number; failed: boolean }): Promise<BulkPage>
  /** Makes one record by hand; gives what became of it. Whoever may write records of the object may make one. */
  createRecord(object: string, values: Readonly<Record<string, string | null>>, once: StartRequest | null): Promise<BulkRecord>
  /** A new secret that webhooks are signed with; shown this once. */
  newSecret(): Promise<string>
}

export interface BulkPorts { read(job: number): Promise<Job>; uploads: UploadWork; run(job: number, awaited: boolean): Promise<void> }

export function bulkWork(workspace: Workspace, { read, uploads, run }: BulkPorts): BulkWork {
  const { db, organization, secrets, actor } = workspace

  async function demandTurn(records: number): Promise<void> {
    const { tier } = await workspace.settings()
    const most = tier === undefined ? mostBulkRecords : tierRates[tier].records
    if (records > most) throw new Fault('bulk.too-many', `The request has ${records} records, and ${tier === undefined ? 'a request' : `the tier "${tier}"`} takes ${most} at once. Send them in several requests.`, { path: 'records' })
    if (tier === undefined) return
    const { requests } = tierRates[tier]
    const turn = await db.transaction(null, (tx) => takeTurn(tx, `bulk-import:${organization.id}`, requests, minuteSeconds))
    if (!turn.allowed) throw new RateFault(`The tier "${tier}" allows ${requests} bulk imports a minute. Nothing was done. Send it again in ${turn.after} seconds.`, turn.after)
  }

  /** The address as it is kept; refused here where it may not be reached, or where nothing could be signed. */
  async function callbackOf(address: string | undefined): Promise<string | null> {
    if (address === undefined) return null
    if ((await db.transaction(null, (tx) => webhookSecrets(tx, organization), { readOnly: true })).length === 0) throw new Fault('webhook.no-secret', 'Webhooks are signed, and this organization has no secret yet. Make one: POST /v1/webhook-secret.', { path: 'callback_url' })
    await checkUrl(address, workspace.egress, undefined, forWebhooks).catch((error: unknown) => { throw error instanceof Fault ? new Fault(error.code, error.message, { path: 'callback_url' }) : error })
    return secrets.seal(address, callbackPurpose)
  }

  async function make(request: BulkRequest, callback: string | null, once: StartRequest | null, as = workspace, name = 'bulk-import.ndjson'): Promise<Job> {
    const required = request.operation === 'insert' || request.operation === 'upsert' ? (findObject(await workspace.catalog(), request.object)?.fields ?? []).filter((field) => field.required === true) : []
    const named = new Set(request.records.flatMap((record) => Object.keys(record)))
    const { keys, lines } = recordLines(request.records, named.has('full_name') ? [] : required.map(({ name }) => name))
    const definition: ImportDefinitionInput = {
      object: request.object, operation: request.operation, match: request.matchField === undefined ? [] : [request.matchField.split('+')],
      ...(request.onDuplicate === undefined ? {} : { onDuplicate: request.onDuplicate }), ...(request.missingReference === undefined ? {} : { missingReference: request.missingReference }),
      autoMap: false, columns: keys.map((key) => ({ header: key, field: key })), source: { format: 'ndjson' },
    }
    const [{ id }, layout] = await Promise.all([uploads.take(name, bytesOf(lines)), layoutOfLines(lines, name)])
    try {
      return await createImport(as, { file: { upload: id, name }, layout, definition, dryRun: false, request: once, callback })
    } catch (error) {
      await workspace.files.remove(id) // of a request that was refused nothing stays
      throw inRequestWords(error, keys)
    }
  }

  /** Waits until the job has ended, is queued, or takes too long. */
  async function ended(number: number): Promise<void> {
    for (const until = Date.now() + patienceMs; Date.now() < until; await sleep(lookEveryMs)) {
      const { state, dryRun } = await read(number)
      if (state === 'queued' || (isAtRest(state) && !(state === 'planned' && !dryRun))) return
    }
  }

  const work: BulkWork = {
    async begin(request, once) {
      await demandTurn(request.records.length)
      if (request.operation !== 'insert' && request.matchField === undefined) throw new Fault('match-missing', `To ${request.operation} records, say by which field they are found, such as "match_field": "email".`, { path: 'match_field' })
      const callback = await callbackOf(request.callbackUrl)
      const { job, made } = await onceForRequest(db, organization, actor.member?.id ?? null, once, () => make(request, callback, once))
      const awaited = request.records.length <= waitedRecords
      if (made) await run(job.number, awaited)
      if (awaited) await ended(job.number)
      return job.number
    },
    async page(number, { cursor, limit, failed }) {
      const { state, rowsLetGoAt } = await read(number)
      const webhook = await db.transaction(null, (tx) => webhookOf(tx, organization, number), { readOnly: true })
      if (rowsLetGoAt !== null || !['done', 'cancelled', 'failed', 'undone', 'undoing'].includes(state)) return { records: [], next: null, webhook }
      const found = await db.transaction(organization, (tx) => recordEndings(tx, organization, number, { after: Number(cursor ?? 0), limit: limit + 1, failed }), { readOnly: true })
      const records = found.slice(0, limit).map(({ row, ...rest }) => ({ ...rest, index: row - firstRow }))
      return { records, next: found.length > limit ? String((records.at(-1)?.index ?? 0) + firstRow) : null, webhook }
    },
    async createRecord(object, values, once) {
      demandRight(actor, 'write', object)
      const maker = workspaceOf(workspace, { ...actor, role: { ...actor.role, objects: { ...actor.role.objects, [object]: [...rightsOn(actor.role, object), 'import'] } } })
      const { job, made } = await onceForRequest(db, organization, actor.member?.id ?? null, once, () => make({ object, operation: 'insert', records: [{ ...values }] }, null, once, maker, 'record.ndjson'))
      if (made) await run(job.number, true)
      await ended(job.number)
      const { records: [record] } = await work.page(job.number, { limit: 1, failed: false })
      if (!record) throw new Fault('record.queued', `The record waits for imports that are under way (job ${job.number}); it is made by itself when they have ended.`, { remedy: 'retry' })
      return record
    },
    async newSecret() {
      const secret = newWebhookSecret()
      const sealed = await secrets.seal(secret, webhookSecretPurpose(organization.id))
      await db.transaction(null, async (tx) => {
        await addWebhookSecret(tx, organization, sealed)
        await audit(tx, organization, doer(actor), { act: 'webhook-secret.create' })
      })
      return secret
    },
  }
  return work
}

/** Faults of the definition that was made of the request, by the words of the request. */
function inRequestWords(error: unknown, keys: readonly string[]): unknown {
  if (!(error instanceof Fault) || error.path === undefined) return error
  const column = /^columns\[(\d+)\]/.exec(error.path)?.[1]
  const path = column === undefined ? { object: 'object_type', match: 'match_field', missingReference: 'missing_reference', onDuplicate: 'on_duplicate' }[error.path.split(/[[.]/)[0] ?? ''] ?? error.path : `records[].${keys[Number(column)] ?? ''}`
  return new Fault(error.code, error.message, { remedy: error.remedy, path, cause: error })
}
