import { execFileSync, spawn } from 'node:child_process'
import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../database.ts'
import { openDatabase } from '../open-database.ts'

const holder = fileURLToPath(new URL('./testing-holder.ts', import.meta.url))
const isRoot = process.getuid?.() === 0
const nobody = 65534

/** A data directory that was started and stopped once; most tests begin with a copy, which is made in no time. */
let used: string
beforeAll(async () => {
  used = mkdtempSync(join(tmpdir(), 'longshore-server-'))
  await (await openDatabase({ dataDirectory: used })).close()
})
afterAll(() => { rmSync(used, { recursive: true, force: true }) })

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

describe('the embedded server', () => {
  test('is made, started, and stopped by the last who leaves', async () => {
    const directory = folder()
    const db = await open(directory)
    expect(db.embedded).toBe(true)
    expect(await startTime(db)).toMatch(/^\d{4}-/)
    const pid = postmaster(directory)
    expect(isAlive(pid)).toBe(true)
    await db.close()
    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false)
  })

  test('keeps what was committed over a stop and a start', async () => {
    const directory = usedFolder()
    const first = await open(directory)
    await first.transaction(null, (tx) => tx.query('CREATE TABLE public.kept AS SELECT 42 AS answer'))
    await first.close()
    const second = await open(directory)
    const { rows } = await second.transaction(null, (tx) => tx.query('SELECT answer FROM public.kept'))
    expect(rows).toEqual([{ answer: 42 }])
  })

  test('is shared by two processes and outlives the first that leaves', async () => {
    const directory = usedFolder()
    const one = await hold(directory)
    const two = await hold(directory)
    expect(two.said['startedAt']).toBe(one.said['startedAt'])
    const pid = postmaster(directory)
    await one.leave()
    expect(isAlive(pid)).toBe(true)
    await two.leave()
    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false)
  })

  test('is one server for two processes that start at once on a new data directory', async () => {
    const directory = folder()
    const [one, two] = await Promise.all([hold(directory), hold(directory)])
    expect(one.said['startedAt']).toBeTruthy()
    expect(two.said['startedAt']).toBe(one.said['startedAt'])
    await Promise.all([one.leave(), two.leave()])
    expect(serversOf(directory)).toBe(0)
  })

  test('is adopted when its process was killed, and stopped by the adopter', async () => {
    const directory = usedFolder()
    const one = await hold(directory)
    const pid = postmaster(directory)
    one.child.kill('SIGKILL')
    await once(one.child, 'exit')
    expect(isAlive(pid)).toBe(true)
    const two = await hold(directory)
    expect(two.said['startedAt']).toBe(one.said['startedAt'])
    await two.leave()
    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false)
  })

  test('comes back with all commits when the server itself was killed', async () => {
    const directory = usedFolder()
    const db = await open(directory)
    await db.transaction(null, (tx) => tx.query('CREATE TABLE public.kept AS SELECT 42 AS answer'))
    process.kill(postmaster(directory), 'SIGKILL')
    await until(async () => {
      const { rows } = await db.transaction(null, (tx) => tx.query('SELECT answer FROM public.kept'))
      expect(rows).toEqual([{ answer: 42 }])
    })
  })

  test('is started again by one who comes while the last is leaving', async () => {
    const directory = usedFolder()
    const db = await open(directory)
    const before = await startTime(db)
    const [, next] = await Promise.all([db.close(), sleep(5).then(() => openDatabase({ dataDirectory: directory }))])
    undo.push(() => next.close())
    // Either the newcomer was in time and kept the server up, or it started it anew; both serve.
    expect(await startTime(next) >= before).toBe(true)
    expect(serversOf(directory)).toBe(1)
  })

  test('logs neither statements nor values', async () => {
    const directory = usedFolder()
    const db = await open(directory)
    await expect(db.transaction(null, (tx) => tx.query(`SELECT 'jane@private.example'::integer`))).rejects.toMatchObject({ code: 'db.bad-value' })
    await db.close()
    expect(readFileSync(join(directory, 'postgres.log'), 'utf8')).not.toContain('private')
  })

  test('is closed to other accounts: socket and data can be entered by their owner alone', async () => {
    const directory = usedFolder()
    await open(directory)
    for (const part of ['postgres', 'postgres/data', 'postgres/socket']) expect(statSync(join(directory, part)).mode & 0o077, part).toBe(0)
  })

  test('uses a short socket folder where the data directory has a long path', async () => {
    const directory = join(folder(), 'x'.repeat(120))
    const db = await open(directory)
    expect(await startTime(db)).toBeTruthy()
  })

  test('replaces the data that a killed initialisation left half made', async () => {
    const directory = usedFolder()
    const gone = 2 ** 22 - 1
    rmSync(join(directory, 'postgres/data'), { recursive: true })
    mkdirSync(join(directory, `postgres/data.${gone}`))
    writeFileSync(join(directory, `postgres/data.${gone}/half`), '')
    await open(directory)
    expect(existsSync(join(directory, `postgres/data.${gone}`))).toBe(false)
  })

  test.skipIf(process.platform !== 'linux')('starts although the process number in its lock file now belongs to another program', async () => {
    const directory = usedFolder()
    writeFileSync(join(directory, 'postgres/data/postmaster.pid'), `${process.pid}\n${join(directory, 'postgres/data')}\n1700000000\n5432\n\n\n\nready   \n`)
    expect(await startTime(await open(directory))).toBeTruthy()
  })

  test('ends the statement of a process that was killed', async () => {
    const directory = usedFolder()
    const db = await open(directory)
    const script = `import { openDatabase } from ${JSON.stringify(fileURLToPath(new URL('../open-database.ts', import.meta.url)))}
      const db = await openDatabase({ dataDirectory: ${JSON.stringify(directory)} })
      await db.transaction(null, (tx) => tx.query('SELECT pg_sleep(600)'), { label: 'sleeper' })`
    const sleeper = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' })
    const sleepers = async (): Promise<unknown> => (await db.transaction(null, (tx) => tx.query(`SELECT 1 FROM pg_catalog.pg_stat_activity WHERE application_name = 'sleeper'`))).rows.length
    await expect.poll(sleepers, { timeout: 20_000 }).toBe(1)
    sleeper.kill('SIGKILL')
    await expect.poll(sleepers, { timeout: 20_000 }).toBe(0)
  })

  test('says so when a file is in the way of the data directory', async () => {
    const file = join(folder(), 'a-file')
    writeFileSync(file, '')
    await expect(openDatabase({ dataDirectory: file })).rejects.toMatchObject({ code: 'data.directory', message: expect.stringContaining('--data') as string })
  })

  test('says which version made a data directory that it cannot read', async () => {
    const directory = usedFolder()
    writeFileSync(join(directory, 'postgres/data/PG_VERSION'), '15\n')
    await expect(openDatabase({ dataDirectory: directory })).rejects.toMatchObject({ code: 'db.version', message: expect.stringContaining('PostgreSQL 15') as string })
  })

  test.skipIf(!isRoot)('puts its data elsewhere when its account cannot pass the folders above (needs root)', async () => {
    const closed = folder()
    chmodSync(closed, 0o700)
    const directory = join(closed, 'data')
    const db = await open(directory)
    expect(await startTime(db)).toBeTruthy()
    expect(lstatSync(join(directory, 'postgres')).isSymbolicLink()).toBe(true)
    const elsewhere = realpathSync(join(directory, 'postgres'))
    undo.splice(-1, 0, () => { rmSync(elsewhere, { recursive: true, force: true }) })
    expect(elsewhere.startsWith(closed)).toBe(false)
    await db.close()
    expect(await startTime(await open(directory))).toBeTruthy()
    expect(realpathSync(join(directory, 'postgres'))).toBe(elsewhere)
  })

  const readable = isRoot && passableForAll(holder)
  test.skipIf(!readable)('runs for an ordinary user, and refuses the data of another account in clear words (needs root and a checkout that all may read)', async () => {
    const theirs = folder()
    chownSync(theirs, nobody, nobody)
    const one = await hold(theirs, nobody)
    expect(one.said['startedAt']).toBeTruthy()
    await one.leave()
    const other = 1234
    const stranger = await hold(theirs, other)
    expect(stranger.said).toMatchObject({ code: 'data.directory', message: expect.stringContaining(theirs) as string })
    chmodSync(theirs, 0o777)
    expect((await hold(theirs, other)).said).toMatchObject({ code: 'data.owner' })
    // Root is no stranger: it serves the account that the data belongs to.
    expect(await startTime(await open(theirs))).toBeTruthy()
    expect(statSync(join(theirs, 'postgres/data')).uid).toBe(nobody)
  })
})

/** A data directory that was in use before. */
function usedFolder(): string {
  const directory = folder()
  execFileSync('cp', ['-a', `${used}/.`, directory])
  return directory
}

/** An empty data directory of its own, passable for the account that serves root. */
function folder(): string {
  const directory = mkdtempSync(join(tmpdir(), 'longshore-server-'))
  chmodSync(directory, 0o711)
  undo.push(() => { rmSync(directory, { recursive: true, force: true, maxRetries: 3 }) })
  return directory
}

async function open(directory: string): Promise<Database> {
  const db = await openDatabase({ dataDirectory: directory })
  let closing: Promise<void> | null = null
  const once: Database = { embedded: db.embedded, transaction: db.transaction, transactionBeside: db.transactionBeside, alone: db.alone, reading: db.reading, behind: () => once, close: () => closing ??= db.close() }
  undo.push(() => once.close())
  return once
}

interface Held { child: ChildProcessWithoutNullStreams; said: Record<string, unknown>; leave(): Promise<void> }

/** Another process that has the database open; ended at the latest after the test. */
async function hold(directory: string, uid?: number): Promise<Held> {
  const child = spawn(process.execPath, [holder, directory], { cwd: '/', ...(uid !== undefined && { uid, gid: uid }) })
  const lines = createInterface(child.stdout)
  const exited = once(child, 'exit')
  const leave = async (): Promise<void> => {
    child.stdin.end()
    await exited
  }
  child.stdin.on('error', () => {})
  undo.push(leave)
  const [line] = await once(lines, 'line') as [string]
  return { child, said: JSON.parse(line) as Record<string, unknown>, leave }
}

async function startTime(db: Database): Promise<string> {
  const { rows } = await db.transaction(null, (tx) => tx.query<{ at: string }>('SELECT pg_postmaster_start_time() AS at'), { readOnly: true })
  return rows[0]?.at ?? ''
}

function postmaster(directory: string): number {
  return Number(readFileSync(join(directory, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0])
}

function serversOf(directory: string): number {
  return existsSync(join(directory, 'postgres/data/postmaster.pid')) && isAlive(postmaster(directory)) ? 1 : 0
}

/** One that ended and was not yet reaped by its parent does not count as alive. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return process.platform !== 'linux' || !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

/** Tries until `attempt` holds; its last failure is the test's. */
async function until(attempt: () => Promise<void>): Promise<void> {
  const tries = 100
  for (let n = 1; ; n += 1) {
    try {
      return await attempt()
    } catch (error) {
      if (n === tries) throw error
      await sleep(50)
    }
  }
}

function passableForAll(file: string): boolean {
  for (let part = dirname(realpathSync(file)); ; part = dirname(part)) {
    if ((statSync(part).mode & 0o005) !== 0o005) return false
    if (part === dirname(part)) return (statSync(realpathSync(process.execPath)).mode & 0o005) === 0o005
  }
}
