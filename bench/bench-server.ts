import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { openDatabase } from '@longshore/store'
import { serverCpuSeconds } from './process-cost.ts'

/** One PostgreSQL server for both sides of a comparison: the embedded one with the product's settings, or that of DATABASE_URL. */
export interface BenchServer {
  /** Makes an empty database and returns its address. What was written before is on disk then, so that nobody pays for another. */
  freshDatabase(name: string): Promise<string>
  dropDatabase(name: string): Promise<void>
  /** CPU seconds since the server started; null where they cannot be seen. */
  cpuSeconds(): number | null
  version: string
  close(): Promise<void>
}

/** Starts or joins the server. Its data lives under bench/.cache. */
export async function openBenchServer(): Promise<BenchServer> {
  const external = process.env['DATABASE_URL']
  const held = external === undefined ? await openDatabase({ dataDirectory: join(import.meta.dirname, '.cache/server') }) : null
  const show = async (setting: string): Promise<string> => {
    const found = await held?.transaction(null, (tx) => tx.query<{ value: string }>('SELECT current_setting($1) AS value', [setting]))
    return found?.rows[0]?.value ?? ''
  }
  const socket = held ? encodeURIComponent(await show('unix_socket_directories')) : ''
  const user = held ? (await held.transaction(null, (tx) => tx.query<{ name: string }>('SELECT session_user AS name'))).rows[0]?.name ?? '' : ''
  const postmaster = held ? Number(readFileSync(join(await show('data_directory'), 'postmaster.pid'), 'utf8').split('\n')[0]) : null
  const address = (database: string): string => {
    if (external === undefined) return `postgresql://${user}@${socket}/${database}`
    const url = new URL(external)
    url.pathname = `/${database}`
    return url.href
  }
  const admin = new pg.Client({ connectionString: external ?? address('postgres') })
  await admin.connect()
  const version = (await admin.query<{ server_version: string }>('SHOW server_version')).rows[0]?.server_version ?? ''
  return {
    version,
    async freshDatabase(name) {
      await admin.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`)
      await admin.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`)
      await admin.query('CHECKPOINT')
      return address(name)
    },
    dropDatabase: async (name) => { await admin.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`) },
    cpuSeconds: () => (postmaster === null ? null : serverCpuSeconds(postmaster)),
    async close() {
      await admin.end()
      await held?.close()
    },
  }
}
