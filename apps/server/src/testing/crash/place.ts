import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { openDatabase } from '@longshore/store'
import type { Database } from '@longshore/store'
import { openTestServer, testDatabasePrefix } from '@longshore/store/testing'

/** Where one run lives: a data directory, and a database on the shared test server or in an embedded server of its own. */
export interface Place {
  folder: string
  /** For `--data`. */
  data: string
  /** null: the embedded server of the data directory. */
  databaseUrl: string | null
  /** Rows of one statement, past the product and without keeping a server up; null while the database is away. */
  look<Row>(sql: string, values?: readonly unknown[]): Promise<Row[] | null>
  open(): Promise<Database>
  /** Process id of the embedded server, null when none runs. */
  postmaster(): number | null
  remove(): Promise<void>
}

/** Makes places, as copies of others: a copy is taken of a place that nobody uses at the moment. */
export interface Places {
  make(from?: Place): Promise<Place>
  close(): Promise<void>
}

let made = 0

/** Places on the shared test server: fast, but its postmaster is nobody's to kill. */
export async function sharedPlaces(): Promise<Places> {
  const server = await openTestServer()
  const admin = new pg.Client({ connectionString: server.adminUrl })
  await admin.connect()
  return {
    async make(from) {
      const name = `${testDatabasePrefix}${process.pid}_crash_${++made}`
      const template = from?.databaseUrl ? new URL(from.databaseUrl).pathname.slice(1) : 'template0'
      await admin.query(`CREATE DATABASE ${name} TEMPLATE ${template}${from ? ' STRATEGY FILE_COPY' : ` ENCODING 'UTF8'`}`)
      const folder = newFolder(from)
      const databaseUrl = server.adminUrl.replace(/\/[^/?]*(\?.*)?$/, `/${name}$1`)
      return placeOf(folder, databaseUrl, async () => { await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) })
    },
    async close() {
      await admin.end()
      await server.leave()
    },
  }
}

/** Places with an embedded server each, which starts with its first user. */
export function embeddedPlaces(): Places {
  return {
    make: (from) => {
      const folder = newFolder(from)
      const place = placeOf(folder, null, () => {
        const pid = place.postmaster()
        if (pid !== null) process.kill(pid, 'SIGQUIT')
        return Promise.resolve()
      })
      return Promise.resolve(place)
    },
    close: () => Promise.resolve(),
  }
}

function newFolder(from: Place | undefined): string {
  const folder = mkdtempSync(join(tmpdir(), 'longshore-crash-'))
  chmodSync(folder, 0o711) // the server's account has to pass; else its files would live elsewhere, and a copy would share them
  mkdirSync(join(folder, 'data'))
  if (from && existsSync(from.data)) {
    // cp keeps owners, which the database's files need when the tests run as root
    if (from.databaseUrl === null) execFileSync('cp', ['-a', '--', `${from.data}/.`, join(folder, 'data')])
    else cpSync(from.data, join(folder, 'data'), { recursive: true })
  }
  return folder
}

function placeOf(folder: string, databaseUrl: string | null, drop: () => Promise<void>): Place {
  const data = join(folder, 'data')
  const connection = databaseUrl === null ? { host: join(data, 'postgres/socket'), user: 'longshore', database: 'longshore' } : { connectionString: databaseUrl }
  return {
    folder, data, databaseUrl,
    async look<Row>(sql: string, values: readonly unknown[] = []) {
      const client = new pg.Client({ ...connection, connectionTimeoutMillis: 2_000 })
      client.on('error', () => undefined)
      try {
        await client.connect()
        return (await client.query(sql, values as unknown[])).rows as Row[]
      } catch { return null } finally { await client.end().catch(() => undefined) }
    },
    open: () => openDatabase({ dataDirectory: data, ...(databaseUrl === null ? {} : { databaseUrl }) }),
    postmaster() {
      try { return Number(readFileSync(join(data, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0]) || null } catch { return null }
    },
    async remove() {
      await drop()
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    },
  }
}
