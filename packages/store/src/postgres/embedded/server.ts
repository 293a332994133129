import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Fault } from '@longshore/core'
import { assertFreeSpace, freeSpace } from '../free-space.ts'
import { accountOf, serverAccount } from './account.ts'
import { findBinaries } from './binaries.ts'
import { prepareClusterFolder } from './cluster-folder.ts'
import type { ClusterFolder } from './cluster-folder.ts'
import { initCluster, isAlive, postmasterPid, spawnServer } from './cluster.ts'
import type { StartingServer } from './cluster.ts'
import { giveBack, isAnswered, takeLease } from './lease.ts'
import type { Lease } from './lease.ts'
import { serverSettings } from './settings.ts'
import { removeStaleLock } from './stale-lock.ts'

/** Free space below which the server is not started: its write-ahead log needs room to come up safely. */
export const startFloorBytes = 500e6
/** Recovery after a crash replays up to max_wal_size; this is far above what that takes. */
const startLimitMs = 10 * 60_000
const stopLimitMs = 5 * 60_000
/** A start may fail while the remains of a killed server go; more often means something else. */
const maxStarts = 3
/** A server that holds the lock files opens its socket at once; one that has not done so after this long is not there. */
const lockedLimitMs = 2000
const pollMs = 20
/** After this the waiting is explained. */
const longWaitMs = 3000
const restartPauseMs = 300

/** A PostgreSQL that we start, share with other processes, and stop. */
export interface EmbeddedServer {
  /** The folder of its socket. */
  readonly socket: string
  readonly directory: string
  /** Makes sure that the server runs and that we hold a lease on it; many calls at once are one. */
  ensure(): Promise<void>
  /** Gives the lease back; stops the server and waits for its end when nobody else uses it. */
  leave(): Promise<void>
}

export interface EmbeddedOptions {
  dataDirectory: string
  log: (line: string) => void
  /** Over our own settings; only for tests. */
  settings?: Record<string, string>
}

/**
 * The embedded server of a data directory, running when this resolves. Connects first: a server that another process started, or
 * that outlived a killed one, is simply joined. Throws a Fault when account, directory, binaries, disk or socket stand in the way.
 */
export async function openEmbeddedServer(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const us = serverAccount()
  const folder = prepareClusterFolder(options.dataDirectory, us)
  const account = accountOf(folder, us)
  let lease: Lease | null = null
  let ensuring: Promise<Lease> | null = null

  async function start(): Promise<StartingServer> {
    assertFreeSpace(folder.directory, startFloorBytes, 'start the database')
    const binaries = await findBinaries(account)
    if (!existsSync(join(folder.data, 'PG_VERSION'))) {
      options.log(`Making a new database in ${folder.directory} …`)
      await initCluster(folder, binaries, account)
    }
    return spawnServer(folder, binaries, account, { ...serverSettings(freeSpace(folder.directory)), ...options.settings })
  }

  async function ensure(): Promise<void> {
    if (lease && await isAnswered(lease)) return
    ensuring ??= lead(folder, start, options.log).finally(() => { ensuring = null })
    lease = await ensuring
  }

  async function leave(): Promise<void> {
    const mine = lease
    lease = null
    if (!mine?.held) return
    const pid = await giveBack(mine) === 'last' ? postmasterPid(folder) : null
    if (pid === null) return await mine.client.end()
    // Fast shutdown: connections end, the checkpoint is written.
    try {
      process.kill(pid, 'SIGINT')
    } catch (cause) {
      await mine.client.end()
      throw new Fault('db.stop', `The database server (process ${pid}) could not be told to stop.`, { remedy: 'retry', cause })
    }
    await mine.client.end().catch(() => {})
    await ended(folder, pid)
  }

  await ensure()
  return { socket: folder.socket, directory: folder.directory, ensure, leave }
}

/** Connect → else start → poll, until we hold a lease. */
async function lead(folder: ClusterFolder, start: () => Promise<StartingServer>, log: (line: string) => void): Promise<Lease> {
  const deadline = Date.now() + startLimitMs
  let starting: StartingServer | null = null
  let starts = 0
  let busySince: number | null = null
  let toldToWait = false
  let lockedSince: number | null = null
  for (;;) {
    const lease = await takeLease(folder.socket).catch((cause: NodeJS.ErrnoException) => { throw noEntry(folder, cause) })
    if (typeof lease === 'object') return lease
    const failure = starting?.failure() ?? null
    if (failure?.kind === 'fault') throw failure.fault
    if (failure) starting = null
    if (lease === 'busy') lockedSince = null
    if (failure?.kind === 'elsewhere') {
      lockedSince ??= Date.now()
      if (Date.now() - lockedSince > lockedLimitMs && removeStaleLock(folder)) lockedSince = null
    }
    if (failure?.kind === 'retry' && starts === maxStarts) {
      throw new Fault('db.start', `PostgreSQL did not start on ${folder.directory} in ${maxStarts} tries: a server that was killed is still going. Wait a minute, then start again. Details: ${folder.log}`, { remedy: 'retry' })
    }
    if (Date.now() > deadline) {
      throw new Fault('db.start', `PostgreSQL did not come up on ${folder.directory} within ${startLimitMs / 60_000} minutes. Details: ${folder.log}`, { remedy: 'stop' })
    }
    if (lease === 'absent' && starting === null) {
      if (starts > 0) await sleep(restartPauseMs)
      starting = await start()
      starts += 1
    }
    busySince = lease === 'busy' ? busySince ?? Date.now() : null
    if (busySince !== null && !toldToWait && Date.now() - busySince > longWaitMs) {
      log('Waiting for the database, which is recovering or shutting down …')
      toldToWait = true
    }
    await sleep(pollMs)
  }
}

function noEntry(folder: ClusterFolder, cause: NodeJS.ErrnoException): Fault {
  return cause.code === 'EACCES' || cause.code === 'EPERM'
    ? new Fault('data.owner', `The database in ${folder.directory} belongs to another account. Start Longshore as the account that made it, or name another data directory with --data.`, { remedy: 'stop', cause })
    : new Fault('db.start', `The database in ${folder.directory} answers, but not to us: ${cause.message}. Details: ${folder.log}`, { remedy: 'stop', cause })
}

/** The server removes its pid file last. The process alone would not tell: where nobody reaps orphans, it stays as a zombie. */
async function ended(folder: ClusterFolder, pid: number): Promise<void> {
  for (const deadline = Date.now() + stopLimitMs; Date.now() < deadline; await sleep(pollMs)) {
    if (postmasterPid(folder) !== pid || !isAlive(pid)) return
  }
  throw new Fault('db.stop', `The database server (process ${pid}) did not stop within ${stopLimitMs / 60_000} minutes.`, { remedy: 'retry' })
}
