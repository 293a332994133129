import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { fetchFile } from '@longshore/connectors'
import { failpoint } from '@longshore/core'
import { readFileId } from '@longshore/store'
import type { StoredFile } from '@longshore/store'
import { pathOfUpload } from './uploaded-file.ts'
import type { UploadedFile } from './uploaded-file.ts'
import { descriptorSource } from '../tasks/parser/descriptor-source.ts'
import { pathOfFile, type Workspace } from '../open-workspace.ts'
import { fetchLimits } from './fetch-limits.ts'
import { toldOf } from './told-fetch.ts'
import type { TellFetched } from './told-fetch.ts'
import { mustBeFile } from './local-copy.ts'
import { isAddress } from './source-address.ts'

/** The source of a job before there is one: readable here and now, and kept for good by `keep`. */
export interface TakenSource {
  path: string
  name: string
  /** Where it was fetched from; null for a file of this machine. */
  url: string | null
  /** It was sent before, and goes when nobody needs it: also while it is looked at. */
  uploaded: boolean
  /** However often it is called, the file is kept once. */
  keep(): Promise<StoredFile>
  /** Lets go of what was fetched or copied for nothing. */
  discard(): Promise<void>
}

/**
 * A file of this machine is looked at where it is and copied by `keep`; one from an address is fetched into the file store at once, so
 * that what was looked at is what is imported. Each import fetches anew.
 */
export async function takeSource(workspace: Workspace, named: string | UploadedFile, signal?: AbortSignal, tell?: TellFetched): Promise<TakenSource> {
  const { files } = workspace
  if (typeof named !== 'string') return uploaded(workspace, named)
  if (isAddress(named)) {
    const { content, name, sizeBytes } = await fetchFile(named, workspace.egress, { ...fetchLimits(), ...(signal === undefined ? {} : { signal }) })
    const stored = await files.put(name, toldOf(content, sizeBytes, tell))
    return { path: pathOfFile(workspace, stored.id), name, url: named, uploaded: false, keep: () => Promise.resolve(stored), discard: () => files.remove(stored.id) }
  }
  await mustBeFile(named)
  const name = basename(named)
  let kept: Promise<StoredFile> | null = null
  const copy = async (): Promise<StoredFile> => {
    await failpoint('import.before-source')
    return files.put(name, piecesOf(named))
  }
  return {
    path: named, name, url: null, uploaded: false,
    keep: () => kept ??= copy(),
    async discard() {
      const stored = await kept?.catch(() => null)
      if (stored) await files.remove(stored.id)
    },
  }
}

/** A file that was sent is in the file store already; it may be imported again, so it stays whatever becomes of the job. */
async function uploaded(workspace: Workspace, { upload, name }: UploadedFile): Promise<TakenSource> {
  const { sizeBytes, sha256 } = readFileId(upload)
  return { path: await pathOfUpload(workspace, upload), name, url: null, uploaded: true, keep: () => Promise.resolve({ id: upload, name, sizeBytes, sha256 }), discard: () => Promise.resolve() }
}

/** A file in pieces through one buffer: streams make a new one each time, and 60 MB of them stand before they are let go. */
async function* piecesOf(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path, 'r')
  const source = descriptorSource(file.fd)
  try { yield* source.stream() } finally { await source.settled(); await file.close() }
}
