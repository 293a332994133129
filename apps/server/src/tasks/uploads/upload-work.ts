import { Fault, findObject, parseImportDefinition } from '@longshore/core'
import type { ReadSettings } from '@longshore/core'
import { noteUpload } from '@longshore/store'
import type { StoredFile } from '@longshore/store'
import type { Workspace } from '../../open-workspace.ts'
import { pathOfUpload } from '../../source/uploaded-file.ts'
import type { UploadedFile } from '../../source/uploaded-file.ts'
import { readSettings } from '../import/create-import.ts'
import { boundedContent } from '../import/refuse-over-limits.ts'
import { columnsInSight, firstRows, previewRows } from './look-at-file.ts'
import type { ColumnInSight, FileReading } from './look-at-file.ts'

/** Files that people send, before there is a job. */
export interface UploadWork {
  take(name: string, content: AsyncIterable<Uint8Array>): Promise<StoredFile>
  /** How the file is read, and its first rows. */
  reading(file: UploadedFile, settings: ReadSettings): Promise<FileReading>
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
    reading: async ({ upload, name }, settings) => firstRows(workspace, { id: upload, path: await pathOfUpload(workspace, upload), name, settings }, previewRows),
    async mapping({ upload, name }, document) {
      const definition = parseImportDefinition(document)
      const catalog = await workspace.catalog()
      const object = findObject(catalog, definition.object)
      if (!object) throw new Fault('unknown-object', `There is no object "${definition.object}".`, { path: 'object' })
      return { columns: await columnsInSight(workspace, { catalog, object }, { id: upload, path: await pathOfUpload(workspace, upload), name, settings: readSettings(definition) }, definition) }
    },
  }
}
