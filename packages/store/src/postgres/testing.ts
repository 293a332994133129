import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { ensureOrganization } from '../organizations/ensure-organization.ts'
import type { Database } from './database.ts'
import { isAlive, superuser } from './embedded/cluster.ts'
import { openEmbeddedServer } from './embedded/server.ts'
import { checkExternalServer } from './external-server.ts'
import { pooledDatabase } from './pooled-database.ts'
import { quoteIdentifier } from './quote.ts'

/** A database of its own for one test file; dropped when it is closed. */
export interface TestDatabase extends Database {
  /** For `openDatabase` or DATABASE_URL: another process can work on the same database. */
  readonly databaseUrl: string
}

/** The server that all test files of a run share. */
export interface TestServer {
  /** Of the database that holds no tests: for making and dropping those of the tests. */
  readonly adminUrl: string
  /** A pooler stands in between. */
  readonly pooled: boolean
  leave(): Promise<void>
}

/** Names of test databases begin so, followed by the process id of their maker: one that outlived it can be dropped. */
export const testDatabasePrefix = 'longshore_test_'

/** Names the database with a fresh organization that a run of tests made for its processes to copy. */
const preparedName = 'LONGSHORE_TEST_PREPARED'

/**
 * A fresh database on the shared test server: an embedded one under the system's temporary folder, or the one that
 * LONGSHORE_TEST_DATABASE_URL names. `name` appears in the database's name. It is empty, or where `prepared` is asked for a copy of the run's
 * database with a fresh organization: `ensureOrganization`, which is called all the same, then finds what it would make.
 */
export async function openTestDatabase(name: string, { prepared = false } = {}): Promise<TestDatabase> {
  const server = await openTestServer()
  const database = await makeDatabase(server, name, prepared ? process.env[preparedName] : undefined)
  const databaseUrl = withDatabase(server.adminUrl, database)
  return Object.assign(testPool(databaseUrl, server.pooled, async () => {
    await dropDatabase(server, database)
    await server.leave()
  }), { databaseUrl })
}

/** Makes the database that others are copied of, for this process and those that it starts. Gives the function that drops it. */
export async function prepareTestDatabase(server: TestServer): Promise<() => Promise<void>> {
  const database = await makeDatabase(server, 'prepared')
  const db = testPool(withDatabase(server.adminUrl, database), server.pooled, () => Promise.resolve())
  try { await ensureOrganization(db) } finally { await db.close() } // a database that somebody uses cannot be copied
  process.env[preparedName] = database
  return () => dropDatabase(server, database)
}

async function makeDatabase(server: TestServer, name: string, from?: string): Promise<string> {
  const database = `${testDatabasePrefix}${process.pid}_${name.toLowerCase().replace(/[^a-z0-9]+/g, '_').slice(0, 24)}_${Date.now().toString(36).slice(-5)}`
  // copied file by file this takes a sixth of what making the tables anew does; the test server's checkpoints do not wait for the disk
  const source = from === undefined ? `template0 ENCODING 'UTF8'` : `${quoteIdentifier(from)} STRATEGY FILE_COPY`
  await administer(server.adminUrl, `CREATE DATABASE ${quoteIdentifier(database)} TEMPLATE ${source}`)
  return database
}

async function dropDatabase(server: TestServer, database: string): Promise<void> {
  await administer(server.adminUrl, `DROP DATABASE IF EXISTS ${quoteIdentifier(database)} WITH (FORCE)`)
}

function testPool(connectionString: string, pooled: boolean, leave: () => Promise<void>): Database {
  return pooledDatabase({ connectionString }, { pooled, embedded: process.env['LONGSHORE_TEST_DATABASE_URL'] === undefined, revive: () => Promise.resolve(), beforeWrite: () => {}, leave })
}

/** Starts or joins the test server. Its commits do not wait for the disk: tests end processes, not the machine. */
export async function openTestServer(): Promise<TestServer> {
  const external = process.env['LONGSHORE_TEST_DATABASE_URL']
  if (external !== undefined) {
    return { adminUrl: external, ...await checkExternalServer(external), leave: () => Promise.resolve() }
  }
  const server = await openEmbeddedServer({
    dataDirectory: join(tmpdir(), `longshore-test-${process.getuid?.() ?? 0}`),
    log: () => {},
    settings: { fsync: 'off', full_page_writes: 'off', shared_buffers: '256MB', max_connections: '200', max_wal_size: '2GB' },
  })
  return { adminUrl: socketUrl(server.socket, 'postgres'), pooled: false, leave: server.leave }
}

/** Drops the databases that killed test runs left. */
export async function dropAbandoned(server: TestServer): Promise<void> {
  const found = await administer(server.adminUrl, `SELECT datname AS name FROM pg_catalog.pg_database WHERE datname LIKE '${testDatabasePrefix}%'`)
  for (const { name } of found) {
    const pid = Number(name.slice(testDatabasePrefix.length).split('_')[0])
    if (!isAlive(pid)) await dropDatabase(server, name)
  }
}

/** An address that reaches a server through its socket. */
export function socketUrl(socketFolder: string, database: string): string {
  return `postgresql://${superuser}@${encodeURIComponent(socketFolder)}/${database}`
}

function withDatabase(url: string, database: string): string {
  return url.replace(/\/[^/?]*(\?.*)?$/, `/${database}$1`)
}

async function administer(url: string, statement: string): Promise<{ name: string }[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<{ name: string }>(statement)).rows
  } finally {
    await client.end()
  }
}
