import { readdirSync, readlinkSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { ClusterFolder } from './cluster-folder.ts'

/**
 * Removes the lock files of a server that is gone, when their process number now belongs to something else: PostgreSQL then refuses
 * to start for ever. Usual in containers, which count their processes from 1 at each start. Every process of a server works in its
 * data folder, so where none does, none is left. Linux only: elsewhere it does nothing. Says whether it removed anything.
 */
export function removeStaleLock(folder: ClusterFolder): boolean {
  if (process.platform !== 'linux' || isWorkedIn(folder.data)) return false
  rmSync(join(folder.data, 'postmaster.pid'), { force: true })
  rmSync(join(folder.socket, '.s.PGSQL.5432.lock'), { force: true })
  return true
}

function isWorkedIn(data: string): boolean {
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue
    try {
      if (readlinkSync(`/proc/${entry}/cwd`) === data) return true
    } catch (error) {
      // A process that just ended is none; one that we may not look at could be a server.
      if ((error as NodeJS.ErrnoException).code === 'EACCES' && isOurs(entry)) return true
    }
  }
  return false
}

/** The server runs as us, or we are root and may look at everything: a process that is closed to us is somebody else's. */
function isOurs(entry: string): boolean {
  try {
    process.kill(Number(entry), 0)
    return true
  } catch {
    return false
  }
}
