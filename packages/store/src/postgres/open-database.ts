import { setTimeout as sleep } from 'node:timers/promises'
import { Fault } from '@longshore/core'
import pg from 'pg'
import type { Database } from './database.ts'
import { databaseFault, sqlState } from './database-fault.ts'
import { superuser } from './embedded/cluster.ts'
import { openEmbeddedServer, type EmbeddedServer } from './embedded/server.ts'
import { checkExternalServer } from './external-server.ts'
import { assertFreeSpace } from './free-space.ts'
import { pooledDatabase } from './pooled-database.ts'

export interface DatabaseOptions {
  /** Where everything of an embedded server lives; made when absent. Not used for the server when `databaseUrl` is given. */
  dataDirectory: string
  /** `postgresql://user:password@host:5432/name`: use that PostgreSQL (16 or newer) instead of running one. */
  databaseUrl?: string | undefined
  /** Hears of long waits, in words for people. */
  log?: (line: string) => void
}

/** The database of the product in the embedded server; `postgres` holds only the leases. */
const productDatabase = 'longshore'
/** Below this no transaction may write: PostgreSQL needs the rest to shut down and come up again in good order. */
const writeFloorBytes = 200e6
/** Free space is looked at this often, at most. */
const spaceCheckMs = 1000

/**
 * Opens the database: the embedded server of the data directory (started, joined or adopted) or the one at `databaseUrl`.
 * Throws a Fault in clear words when neither can be had. Does not migrate; `prepareSystem` does.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { databaseUrl } = options
  if (databaseUrl !== undefined && databaseUrl !== '') {
    const { pooled } = await checkExternalServer(databaseUrl)
    return pooledDatabase({ connectionString: databaseUrl }, {
      embedded: false, pooled, revive: () => Promise.resolve(), beforeWrite: () => {}, leave: () => Promise.resolve(),
    })
  }
  if (process.platform === 'win32') {
    throw new Fault('db.platform', 'The embedded PostgreSQL does not run on Windows yet. Set DATABASE_URL to a PostgreSQL 16 or newer.', { remedy: 'stop' })
  }
  const server = await openEmbeddedServer({ dataDirectory: options.dataDirectory, log: options.log ?? (() => {}) })
  try {
    await createWhenReady(server)
  } catch (error) {
    await server.leave()
    throw databaseFault(error)
  }
  let checkedAt = 0
  return pooledDatabase({ host: server.socket, user: superuser, database: productDatabase }, {
    embedded: true,
    revive: server.ensure,
    leave: server.leave,
    beforeWrite() {
      const now = Date.now()
      if (now - checkedAt < spaceCheckMs) return
      assertFreeSpace(server.directory, writeFloorBytes, 'go on writing')
      checkedAt = now
    },
  })
}

/** Makes the database unless it exists; two processes may do so at once. */
async function createDatabase(socket: string, name: string): Promise<void> {
  const client = new pg.Client({ host: socket, user: superuser, database: 'postgres', connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  await client.connect()
  try {
    const { rows } = await client.query('SELECT 1 FROM pg_catalog.pg_database WHERE datname = $1', [name])
    if (rows.length > 0) return
    await client.query(`CREATE DATABASE "${name}"`)
  } catch (error) {
    const duplicateDatabase = '42P04', uniqueViolation = '23505'
    if (![duplicateDatabase, uniqueViolation].includes(sqlState(error) ?? '')) throw error
  } finally {
    await client.end()
  }
}

/** How often, and after what time, a server that says "not now" is asked again: it is going down with the last who used it, or coming up. */
const notNow = { code: '57P03', tries: 50, waitMs: 200 }

async function createWhenReady(server: EmbeddedServer): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await createDatabase(server.socket, productDatabase)
      return
    } catch (error) {
      if ((error as { code?: unknown }).code !== notNow.code || tries === notNow.tries) throw error
      await sleep(notNow.waitMs)
      await server.ensure()
    }
  }
}
