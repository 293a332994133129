import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from './database.ts'
import { openDatabase } from './open-database.ts'
import { openTestDatabase } from './testing.ts'
import type { TestDatabase } from './testing.ts'

/** What PgBouncer gives a connection in place of the number of PostgreSQL's process. */
const poolerProcess = 7

let db: TestDatabase
let pooler: Server
let pooled: Database
beforeAll(async () => {
  db = await openTestDatabase('pooler')
  await db.transaction(null, (tx) => tx.query('CREATE TABLE public.t (word text)'))
  const url = new URL(db.databaseUrl)
  pooler = poolerBefore(url)
  await once(pooler.listen(0, '127.0.0.1'), 'listening')
  pooled = await openDatabase({ dataDirectory: '/does/not/matter', databaseUrl: `postgresql://${url.username}:${url.password}@127.0.0.1:${(pooler.address() as AddressInfo).port}${url.pathname}` })
})
afterAll(async () => {
  await pooled.close()
  pooler.close()
  await db.close()
})

const asked = `current_setting('TimeZone') AS zone, current_setting('DateStyle') AS dates, array_to_string(pg_catalog.current_schemas(false), ',') AS path, current_setting('lock_timeout') AS "lock"`
const ours = { zone: 'UTC', dates: 'ISO, YMD', path: '', lock: '1min' }

describe('behind a pooler, which takes no options and keeps no session', () => {
  test('each transaction, reading and statement alone has the settings of a session', async () => {
    await pooled.transaction(null, (tx) => tx.query(`INSERT INTO public.t VALUES ('kept')`))
    expect((await pooled.transaction(null, (tx) => tx.query(`SELECT word, ${asked} FROM public.t`))).rows).toEqual([{ word: 'kept', ...ours }])
    expect((await pooled.alone.query(`SELECT word, ${asked} FROM public.t`)).rows).toEqual([{ word: 'kept', ...ours }])
    const reading = pooled.reading(null)
    expect((await Promise.all([reading.query(`SELECT ${asked}`), reading.query('SELECT word FROM public.t')])).map(({ rows }) => rows)).toEqual([[ours], [{ word: 'kept' }]])
  })

  test('they hold for the transaction alone: the next may come to a server of others', async () => {
    await pooled.transaction(null, () => Promise.resolve())
    const { rows } = await pooled.transaction(null, (tx) => tx.query<{ lock: string }>(`SELECT reset_val AS "lock" FROM pg_catalog.pg_settings WHERE name = 'lock_timeout'`))
    expect(rows).toEqual([{ lock: '0' }])
  })

  test('an aborted transaction is cancelled at the process that carries it out', async () => {
    const stop = new AbortController()
    const sleeping = pooled.transaction(null, (tx) => tx.query(`SELECT pg_catalog.pg_sleep(60) AS "the statement of the pooler's test"`), { signal: stop.signal })
    sleeping.catch(() => {})
    await expect.poll(async () => (await db.alone.query(`SELECT 1 FROM pg_catalog.pg_stat_activity WHERE state = 'active' AND query LIKE '%the statement of the pooler%' AND pid <> pg_backend_pid()`)).rowCount, { timeout: 10_000 }).toBe(1)
    stop.abort(new Error('enough'))
    await expect(sleeping).rejects.toMatchObject({ code: 'db.statement-timeout' })
    expect((await db.alone.query(`SELECT 1 FROM pg_catalog.pg_stat_activity WHERE state = 'active' AND query LIKE '%the statement of the pooler%' AND pid <> pg_backend_pid()`)).rowCount).toBe(0)
  })
})

/** Refuses the startup parameter "options" as PgBouncer does, and gives the connection a number of its own. */
function poolerBefore(url: URL): Server {
  const socketFolder = decodeURIComponent(url.hostname)
  return createServer((client) => {
    client.once('data', (startup: Buffer) => {
      if (startup.includes('\0options\0')) {
        const fields = 'SFATAL\0C08P01\0Munsupported startup parameter: options\0\0'
        const head = Buffer.alloc(5)
        head.write('E')
        head.writeUInt32BE(4 + fields.length, 1)
        client.end(Buffer.concat([head, Buffer.from(fields)]))
        return
      }
      const server = socketFolder.startsWith('/') ? connect(`${socketFolder}/.s.PGSQL.${url.port || '5432'}`) : connect(Number(url.port || '5432'), url.hostname)
      server.write(startup)
      client.pipe(server)
      server.once('data', (first: Buffer) => { pass(first, server, client) })
      server.on('error', () => client.destroy())
      client.on('error', () => server.destroy())
    })
    client.on('error', () => {})
  })
}

/** Passes on what the server says up to the number of its process, in the place of which ours goes out, and then all that follows. */
function pass(first: Buffer, server: Socket, client: Socket): void {
  let held = first
  const look = (more?: Buffer): void => {
    if (more) held = Buffer.concat([held, more])
    for (let at = 0; at + 13 <= held.length;) {
      if (held[at] === 0x4b) { // BackendKeyData
        held.writeUInt32BE(poolerProcess, at + 5)
        server.off('data', look)
        client.write(held)
        server.pipe(client)
        return
      }
      at += 1 + held.readUInt32BE(at + 1)
    }
  }
  server.on('data', look)
  look()
}
