import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { PassThrough, pipeline, Readable } from 'node:stream'
import { Fault, failpoint } from '@longshore/core'
import { assertFreeSpace } from '../postgres/free-space.ts'
import { missingFile, newFileId, readFileId } from './file-id.ts'
import type { FileStore } from './file-store.ts'
import { pieceCollector } from './piece-collector.ts'
import { verified } from './verified.ts'

/** Below this nothing is taken in: the database needs the rest. */
const floorBytes = 200e6
/** Free space is looked at each time that so much was written. */
const checkEveryBytes = 16e6
/** Half-written files older than this belong to nobody. */
const abandonedMs = 24 * 3600_000

/**
 * Files in a folder of this machine. A file is written beside its place, synced, renamed, and its folder synced: after a crash it is
 * there whole or not at all. Throws `data.directory` when the folder cannot be made.
 */
export async function openFileFolder(directory: string): Promise<FileStore> {
  const incoming = join(directory, 'incoming')
  try {
    await mkdir(incoming, { recursive: true, mode: 0o700 })
    await removeAbandoned(incoming)
  } catch (cause) {
    throw new Fault('data.directory', `The folder ${directory} for files cannot be used (${errorCode(cause)}). Correct its permissions, or name another data directory with --data.`, { remedy: 'stop', cause })
  }
  const pathOf = (id: string): string => {
    readFileId(id)
    return join(directory, id.slice(0, 2), id)
  }

  return {
    async put(name, content) {
      const part = join(incoming, randomBytes(12).toString('hex'))
      try {
        const facts = await write(content, part, directory)
        const id = newFileId(facts)
        const path = pathOf(id)
        await mkdir(dirname(path), { recursive: true, mode: 0o700 })
        await failpoint('file.before-rename')
        await rename(part, path)
        await failpoint('file.after-rename')
        await syncFolder(dirname(path))
        await syncFolder(directory)
        return { id, name, ...facts }
      } catch (error) {
        if (content instanceof Readable) content.destroy()
        await rm(part, { force: true })
        throw writeFault(error, directory)
      }
    },
    open(id, { start = 0 } = {}) {
      const facts = readFileId(id)
      const source = createReadStream(pathOf(id), { start, highWaterMark: 256 * 1024 })
      // Only a reading from the first byte on can be verified.
      const out = start === 0 ? verified(facts) : new PassThrough()
      source.on('error', (error) => out.destroy(errorCode(error) === 'ENOENT' ? missingFile(error) : error))
      pipeline(source, out, () => {})
      return out
    },
    path: pathOf,
    async remove(id) {
      await rm(pathOf(id), { force: true })
    },
  }
}

async function write(content: AsyncIterable<Uint8Array | string>, path: string, directory: string): Promise<{ sizeBytes: number; sha256: string }> {
  assertFreeSpace(directory, floorBytes, 'take in a file')
  const hash = createHash('sha256')
  const file = await open(path, 'wx', 0o600)
  try {
    let sizeBytes = 0
    let checkAt = checkEveryBytes
    const passed = pieceCollector()
    for await (const piece of content) {
      const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece
      hash.update(bytes)
      await writeAll(file, bytes)
      sizeBytes += bytes.length
      passed(bytes.length)
      if (sizeBytes < checkAt) continue
      assertFreeSpace(directory, floorBytes, 'take in a file')
      checkAt = sizeBytes + checkEveryBytes
    }
    await file.sync()
    return { sizeBytes, sha256: hash.digest('hex') }
  } finally {
    await file.close()
  }
}

/** One write may take only a part of the bytes. */
async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length;) done += (await file.write(bytes, done)).bytesWritten
}

/** Makes a rename outlive a power cut. Windows has no such thing and needs none. */
async function syncFolder(directory: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(directory, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

async function removeAbandoned(incoming: string): Promise<void> {
  for (const name of await readdir(incoming)) {
    const path = join(incoming, name)
    const found = await stat(path).catch(() => null)
    if (found && Date.now() - found.mtimeMs > abandonedMs) await rm(path, { force: true })
  }
}

function writeFault(error: unknown, directory: string): unknown {
  if (errorCode(error) !== 'ENOSPC') return error
  return new Fault('disk.low', `The disk of ${directory} became full while a file was written; nothing of it was kept. Free some space, then try again.`, { remedy: 'stop', cause: error })
}

function errorCode(error: unknown): string {
  return error instanceof Error ? String((error as NodeJS.ErrnoException).code ?? error.message) : String(error)
}
