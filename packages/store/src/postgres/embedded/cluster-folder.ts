import { createHash, randomBytes } from 'node:crypto'
import { accessSync, chmodSync, chownSync, constants, mkdirSync, readdirSync, realpathSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Fault } from '@longshore/core'
import type { ServerAccount } from './account.ts'
import { passableRoot } from './binaries.ts'

/** Where one data directory keeps its server. */
export interface ClusterFolder {
  /** The data directory itself, links resolved. */
  directory: string
  /** PostgreSQL's data; may not exist yet. Its parent does, and belongs to the server's account. */
  data: string
  /** The folder of the socket, which only the server's account (and root) may enter. */
  socket: string
  /** The server's log file. */
  log: string
}

/** The longest path of a Unix socket, in bytes, less `/.s.PGSQL.5432`. */
const maxSocketFolderBytes = 107 - 14

/**
 * Prepares the folders of a data directory: `postgres/` holds PostgreSQL's data and socket. Where the server's account cannot
 * pass the folders above, `postgres` is a link to a folder of its own under /var/lib/longshore.
 */
export function prepareClusterFolder(dataDirectory: string, account: ServerAccount): ClusterFolder {
  const directory = usableDirectory(dataDirectory)
  const home = existingHome(directory) ?? makeHome(directory, account)
  assertOwn(home, directory)
  return { directory, data: join(home, 'data'), socket: socketFolder(home, account), log: join(directory, 'postgres.log') }
}

function usableDirectory(dataDirectory: string): string {
  try {
    // Passable for the server's account, readable for nobody else.
    mkdirSync(dataDirectory, { recursive: true, mode: 0o711 })
    const directory = realpathSync(dataDirectory)
    accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK)
    return directory
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code
    const found = code === 'ENOTDIR' || code === 'EEXIST' ? 'a file is in its way' : code === 'EROFS' ? 'its disk is read-only' : `it cannot be made or written (${code ?? 'unknown'})`
    throw new Fault(
      'data.directory',
      `The data directory ${dataDirectory} cannot be used: ${found}. Name another one with --data or LONGSHORE_DATA, or correct its permissions.`,
      { remedy: 'stop', cause },
    )
  }
}

function existingHome(directory: string): string | null {
  try {
    return realpathSync(join(directory, 'postgres'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

function makeHome(directory: string, account: ServerAccount): string {
  const here = join(directory, 'postgres')
  const { uid, gid } = account.ids
  if (uid === undefined || gid === undefined) {
    mkdirSync(here, { recursive: true, mode: 0o700 })
    return here
  }
  // A fresh directory of ours is opened for passing; one that holds anything keeps the permissions that somebody gave it.
  if (readdirSync(directory).length === 0) chmodSync(directory, statSync(directory).mode | 0o011)
  if (isPassable(directory, uid, gid)) {
    mkdirSync(here, { recursive: true, mode: 0o700 })
    chownSync(here, uid, gid)
    return here
  }
  const name = createHash('sha256').update(directory).digest('hex').slice(0, 12)
  const elsewhere = join(passableRoot, `${name}-${randomBytes(4).toString('hex')}`)
  mkdirSync(elsewhere, { recursive: true, mode: 0o711 })
  chmodSync(elsewhere, 0o700)
  chownSync(elsewhere, uid, gid)
  try {
    symlinkSync(elsewhere, here)
    return elsewhere
  } catch (error) {
    // Another process of ours was first: its folder is the one.
    rmSync(elsewhere, { recursive: true, force: true })
    const theirs = existingHome(directory)
    if (theirs === null) throw error
    return theirs
  }
}

/** Whether an account may enter `directory` and every folder above it. Access lists beyond the mode are not looked at. */
function isPassable(directory: string, uid: number, gid: number): boolean {
  for (let folder = directory; ; folder = dirname(folder)) {
    const { mode, uid: owner, gid: group } = statSync(folder)
    const bit = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001
    if ((mode & bit) === 0) return false
    if (folder === dirname(folder)) return true
  }
}

/** A data directory once used as root belongs to another account afterwards, and the reverse; PostgreSQL would fail in the middle. */
function assertOwn(home: string, directory: string): void {
  const us = process.getuid?.()
  if (us === undefined || us === 0) return
  const owner = statSync(home).uid
  if (owner === us) return
  throw new Fault(
    'data.owner',
    `The database in ${directory} belongs to another account (user id ${owner}; you are ${us}). `
    + 'Start Longshore as the account that made it, or name another data directory with --data.',
    { remedy: 'stop' },
  )
}

function socketFolder(home: string, account: ServerAccount): string {
  const beside = join(home, 'socket')
  // A path that is too long for a socket gets a short one, the same for every process that uses this data directory.
  const name = createHash('sha256').update(home).digest('hex').slice(0, 12)
  const folder = Buffer.byteLength(beside) <= maxSocketFolderBytes ? beside : join(tmpdir(), `longshore-${name}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const { uid } = account.ids
  // Root serves the owner of the data.
  const wanted = uid === undefined ? process.getuid?.() : statSync(home).uid
  if (uid !== undefined && wanted !== undefined && statSync(folder).uid === 0) chownSync(folder, wanted, statSync(home).gid)
  if (wanted !== undefined && statSync(folder).uid !== wanted) {
    throw new Fault('data.socket', `The folder ${folder} for the database's socket belongs to another account. Remove it, or use a data directory with a shorter path.`, { remedy: 'stop' })
  }
  return folder
}
