import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { link, lstat, open, realpath, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Fault } from '@longshore/core'
import type { ExportTarget, FileChunk } from '@longshore/core'

/**
 * A file that appears only when it is whole and on disk: it is written beside its place under another name. One that is there already is
 * replaced where that is wished, or where it is empty. What is no plain file (a device, a pipe) is written to as it is, but not by way of
 * a link. Opened with the first piece, so a request that is refused leaves nothing. Throws Faults `export.exists`, `export.cannot-write` and
 * `export.disk-full`.
 */
export function exportFile(path: string, { replace }: { replace: boolean }): ExportTarget {
  let opened: { file: FileHandle; place: string; temporary: string | null } | null = null

  async function begin(): Promise<NonNullable<typeof opened>> {
    const there = await stat(path).catch(() => null)
    if (there?.isDirectory()) throw new Fault('export.cannot-write', `"${path}" is a folder. Name a file in it.`)
    if (there && !there.isFile() && (await lstat(path)).isSymbolicLink()) throw new Fault('export.cannot-write', `"${path}" is a link to what is no plain file. Name a file, or - for standard output.`)
    if (there?.isFile() && there.size > 0 && !replace) throw alreadyThere(path)
    if (there && !there.isFile()) return { file: await open(path, 'w'), place: path, temporary: null }
    const place = there ? await realpath(path) : path
    const temporary = join(dirname(place), `.${basename(place).slice(0, 150)}.${randomBytes(6).toString('hex')}.part`)
    return { file: await open(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, there ? there.mode & 0o777 : 0o666), place, temporary }
  }

  async function write(chunk: FileChunk): Promise<void> {
    opened ??= await begin()
    if (chunk.length > 0) await opened.file.writeFile(chunk)
  }

  async function finish(): Promise<string> {
    opened ??= await begin()
    const { file, place, temporary } = opened
    if (temporary !== null) await file.sync()
    await file.close()
    if (temporary !== null) {
      await settle(temporary, place)
      await syncFolder(dirname(place))
    }
    opened = null
    return path
  }

  /** Gives the file its name. Where nothing is to be replaced, a file that appeared meanwhile is not either. */
  async function settle(temporary: string, place: string): Promise<void> {
    const there = await stat(place).catch(() => null)
    if (replace || there !== null) {
      if (there !== null && there.size > 0 && !replace) throw alreadyThere(path)
      return rename(temporary, place)
    }
    try { await link(temporary, place) } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EEXIST') throw alreadyThere(path)
      return rename(temporary, place) // a file system without links
    }
    await rm(temporary, { force: true })
  }

  return {
    write: (chunk) => write(chunk).catch((error: unknown) => { throw fileFault(path, error) }),
    finish: () => finish().catch((error: unknown) => { throw fileFault(path, error) }),
    async discard() {
      if (opened === null) return
      const { file, temporary } = opened
      opened = null
      await file.close().catch(() => {})
      if (temporary !== null) await rm(temporary, { force: true }).catch(() => {})
    },
  }
}

function alreadyThere(path: string): Fault {
  return new Fault('export.exists', `There is a file "${path}" already, and it was left as it is. Name another place, or say with --replace that it is to be replaced.`)
}

/** Makes the new name survive a crash of the machine. Some systems cannot open folders; there the rename has to do. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null)
  await handle?.sync().catch(() => {})
  await handle?.close()
}

function fileFault(path: string, cause: unknown): unknown {
  if (cause instanceof Fault || !(cause instanceof Error)) return cause
  const { code } = cause as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') {
    return new Fault('export.disk-full', `There is no room left where "${path}" was to be written. Nothing of the export was kept. Free some space, or name another place.`, { cause })
  }
  const why = code === undefined ? undefined : reasons[code]
  return new Fault('export.cannot-write', `"${path}" cannot be written: ${why ?? code ?? cause.message}. Name another place.`, { cause })
}

const reasons: Record<string, string> = {
  ENOENT: 'its folder does not exist', ENOTDIR: 'a part of the path is a file, not a folder', EACCES: 'permission was refused', EPERM: 'permission was refused',
  EROFS: 'the file system is read-only', ENAMETOOLONG: 'the name is too long', EIO: 'the disk reported an error', EPIPE: 'the reader has gone',
}
