import { createInterface } from 'node:readline'
import { Fault, findObject, mapFile, parseImportDefinition } from '@longshore/core'
import type { ColumnProfile, Proposal, ReadSettings, SourceLayout } from '@longshore/core'
import { noteUpload } from '@longshore/store'
import type { StoredFile } from '@longshore/store'
import type { Workspace } from '../../open-workspace.ts'
import { pathOfUpload } from '../../source/uploaded-file.ts'
import type { UploadedFile } from '../../source/uploaded-file.ts'
import { readSettings } from '../import/create-import.ts'
import { boundedContent } from '../import/refuse-over-limits.ts'
import { settleColumns } from '../import/settle-columns.ts'
import { lookThrough, profiledForMap } from '../parser/detect-file.ts'
import { runParser } from '../parser/run-parser.ts'

/** Rows that a preview shows. */
const previewRows = 10
/** Rows that samples of a column come from. */
const sampledRows = 200
const samplesOfColumn = 3

export interface ColumnInSight extends Proposal { samples: string[]; filled: number | null; distinct: number | null }

/** Files that people send, before there is a job. */
export interface UploadWork {
  take(name: string, content: AsyncIterable<Uint8Array>): Promise<StoredFile>
  /** How the file is read, and its first rows. */
  reading(file: UploadedFile, settings: ReadSettings): Promise<{ layout: SourceLayout; rows: (string | null)[][] }>
  /** What becomes of each column by the definition and by what is proposed. */
  mapping(file: UploadedFile, definition: unknown): Promise<{ columns: ColumnInSight[] }>
}

export function uploadWork(workspace: Workspace): UploadWork {
  return {
    async take(name, content) {
      const stored = await workspace.files.put(name, boundedContent(await workspace.settings(), content))
      await workspace.db.transaction(null, (tx) => noteUpload(tx, workspace.organization, stored))
      return stored
    },
    reading: async ({ upload, name }, settings) => firstRows(await pathOfUpload(workspace, upload), name, settings, previewRows),
    async mapping({ upload, name }, document) {
      const definition = parseImportDefinition(document)
      const catalog = await workspace.catalog()
      const object = findObject(catalog, definition.object)
      if (!object) throw new Fault('unknown-object', `There is no object "${definition.object}".`, { path: 'object' })
      const path = await pathOfUpload(workspace, upload)
      const [{ layout, profiles }, { rows }] = [await lookThrough(path, readSettings(definition), profiledForMap, name), await firstRows(path, name, readSettings(definition), sampledRows)]
      const { definition: settled, ...memory } = await settleColumns(workspace, catalog, object, definition, layout.columns)
      return { columns: mapFile({ catalog, object, columns: layout.columns, profiles }, settled, memory).map((proposal) => inSight(proposal, rows, profiles[proposal.position])) }
    },
  }
}

function inSight(proposal: Proposal, rows: (string | null)[][], profile: ColumnProfile | undefined): ColumnInSight {
  const cells = rows.flatMap((row) => { const cell = row[proposal.position]?.trim(); return cell ? [cell] : [] })
  return { ...proposal, samples: [...new Set(cells)].slice(0, samplesOfColumn), filled: rows.length === 0 ? null : cells.length / rows.length, distinct: profile && profile.sampled > 0 ? profile.distinct : null }
}

/** Read by the child, as an import reads. */
async function firstRows(path: string, fileName: string, settings: ReadSettings, limit: number): Promise<{ layout: SourceLayout; rows: (string | null)[][] }> {
  let layout: SourceLayout | null = null
  const parser = await runParser(path, { task: 'read', fileName, settings, limit }, (report) => { if (report.kind === 'layout') layout = report.layout })
  parser.issues().resume()
  const rows: (string | null)[][] = []
  try {
    for await (const line of createInterface({ input: parser.rows() })) rows.push(JSON.parse(line) as (string | null)[]) // the child prints what it has read itself
    await parser.ended
  } finally { parser.kill() }
  if (layout === null) throw new Fault('parser.broken', 'The file could not be read. This is an error in Longshore.')
  return { layout, rows }
}
