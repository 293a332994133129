import { statfsSync } from 'node:fs'
import { Fault } from '@longshore/core'

/** Bytes that an ordinary account can still write on the disk that holds `directory`. */
export function freeSpace(directory: string): number {
  const disk = statfsSync(directory)
  return disk.bavail * disk.bsize
}

/**
 * Throws `disk.low` when fewer than `floorBytes` are free: a disk that fills up stops PostgreSQL altogether, so we stop first.
 * `purpose` completes "… to": `start the database`.
 */
export function assertFreeSpace(directory: string, floorBytes: number, purpose: string): void {
  const free = freeSpace(directory)
  if (free >= floorBytes) return
  throw new Fault(
    'disk.low',
    `Only ${megabytes(free)} MB are free on the disk of ${directory}, and ${megabytes(floorBytes)} MB are needed to ${purpose}. `
    + 'Free some space (old exports and results are the first to go) or move the data directory to a larger disk, then try again.',
    { remedy: 'stop' },
  )
}

function megabytes(bytes: number): number {
  return Math.floor(bytes / 1e6)
}
