import { stat } from 'node:fs/promises'
import { isUpload, uploadGone } from '@longshore/store'
import { pathOfFile, type Workspace } from '../open-workspace.ts'

/** A file that somebody sent: its id in the file store, and what they call it. */
export interface UploadedFile { upload: string; name: string }

/** Throws `file.missing` for an id that nobody of the organization was given. */
export async function pathOfUpload(workspace: Workspace, upload: string): Promise<string> {
  const path = pathOfFile(workspace, upload)
  if (!await workspace.db.transaction(null, (tx) => isUpload(tx, workspace.organization, upload), { readOnly: true }) || !await stat(path).then((found) => found.isFile(), () => false)) throw uploadGone()
  return path
}
