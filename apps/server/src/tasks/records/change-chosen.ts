import { Fault, findObject, visibleCatalog } from '@longshore/core'
import type { ImportDefinitionInput } from '@longshore/core'
import { onceForRequest, selectRecords } from '@longshore/store'
import type { Job, StartRequest } from '@longshore/store'
import { demandRight } from '../../actor.ts'
import type { Workspace } from '../../open-workspace.ts'
import { bytesOf } from '../bulk/bytes-of.ts'
import { layoutOfLines } from '../bulk/layout-of-lines.ts'
import { createImport } from '../import/create-import.ts'
import type { UploadWork } from '../uploads/upload-work.ts'
import { chosenWhere } from './chosen-where.ts'
import type { ChosenRecords } from './chosen-where.ts'
import { canonicalValues } from './record-work.ts'
import { selectionOf } from './selection-of.ts'

export interface ChosenChange extends ChosenRecords {
  object: string
  operation: 'update' | 'delete'
  /** Of an update: the same for all of them, as people write it; of a reference a record id; null clears. */
  values: Readonly<Record<string, string | null>>
  /** How many the one who asks has seen; other than that, nothing is done. Absent: however many there are. */
  count?: number | undefined
}

export interface ChosenPorts { uploads: UploadWork; run(job: number, awaited: boolean): Promise<void> }

/** What a change of many records writes down at most: a line for each of them. A longer text for more records is no change that somebody means. */
const mostBytes = 256 * 1024 * 1024

/**
 * One change of many records that were chosen in a list: an import whose file is their ids and the values, so that it is checked, accounted for row by
 * row, and undone like any other. Whatever is off about it is a Fault here, before there is a job.
 */
export async function changeChosen(workspace: Workspace, { uploads, run }: ChosenPorts, change: ChosenChange, once: StartRequest | null): Promise<number> {
  const { db, organization, actor } = workspace
  const catalog = await workspace.catalog()
  const object = findObject(catalog, change.object)
  if (!object) throw new Fault('object.unknown', `There is no object "${change.object}".`, { path: 'object' })
  demandRight(actor, change.operation === 'delete' ? 'delete' : 'write', object.name)
  demandRight(actor, 'import', object.name)
  // blanks are no value, as where a record is edited by hand
  const values = change.operation === 'delete' ? {} : Object.fromEntries(Object.entries(change.values).map(([name, value]) => [name, value === null || value.trim() === '' ? null : value]))
  if (change.operation === 'update') {
    if (Object.keys(values).length === 0) throw new Fault('value-invalid', 'Nothing is to be changed: name a field and its value.', { path: 'values' })
    await canonicalValues(workspace, object, values) // what no record could take fails here, not row by row
  }
  const { job, made } = await onceForRequest(db, organization, actor.member?.id ?? null, once, async (): Promise<Job> => {
    const ids = await idsOf(workspace, object.name, change)
    if (ids.length === 0) throw new Fault('chosen.none', 'None of the records that were chosen is there any more. Nothing was done.')
    if (change.count !== undefined && change.count !== ids.length) throw new Fault('chosen.changed', `${ids.length} records are chosen by now, and ${change.count} were when you looked. Nothing was done. Look at the list again, then decide.`, { path: 'count' })
    const fields = Object.entries(values).map(([name, value]) => ({ header: object.fields.find((field) => field.name === name)?.kind === 'reference' ? `${name}.id` : name, value }))
    const definition: ImportDefinitionInput = {
      object: object.name, operation: change.operation, match: [['id']], autoMap: false, source: { format: 'ndjson' },
      columns: [{ header: 'id', field: 'id' }, ...fields.map(({ header, value }) => ({ header, field: header, merge: 'always' as const, nullWords: false, ...(value === null ? { blankClears: true } : {}) }))],
    }
    const rest = Object.fromEntries(fields.map(({ header, value }) => [header, value]))
    const lineOf = (id: string): string => `${JSON.stringify({ id, ...rest })}\n`
    const bytes = Buffer.byteLength(lineOf(ids[0] ?? '')) * ids.length
    if (bytes > mostBytes) throw new Fault('chosen.too-large', `The values are to be written ${ids.length} times, which makes ${Math.ceil(bytes / 1024 / 1024)} MB; one change takes ${mostBytes / 1024 / 1024} MB. Nothing was done. Choose fewer records, or give them a shorter text.`, { path: 'values' })
    const lines = { *[Symbol.iterator]() { for (const id of ids) yield lineOf(id) } } // never all at once
    const name = `${change.operation === 'delete' ? 'deleted' : 'changed'}-${object.name}.ndjson`
    const [{ id }, layout] = await Promise.all([uploads.take(name, bytesOf(lines)), layoutOfLines(lines, name)])
    try {
      return await createImport(workspace, { file: { upload: id, name }, layout, definition, dryRun: false, request: once })
    } catch (error) {
      await workspace.files.remove(id) // of a request that was refused nothing stays
      throw error
    }
  })
  if (made) await run(job.number, false)
  return job.number
}

/** The ids of the chosen records, as they are at one moment. */
async function idsOf(workspace: Workspace, object: string, chosen: ChosenRecords): Promise<string[]> {
  const { db, organization, actor } = workspace
  const selection = await selectionOf(workspace, await workspace.catalog(), { object, fields: ['id'], where: chosenWhere(chosen) })
  const ids: string[] = []
  await selectRecords(db, organization, (catalog) => visibleCatalog(catalog, actor.role)).snapshot((records) => records.read(selection, (rows) => {
    for (const [id] of rows) if (typeof id === 'string') ids.push(id)
    return Promise.resolve()
  }))
  return ids
}
