import { Fault } from '@longshore/core'
import pg from 'pg'
import type { PoolClient, PoolConfig, QueryResult } from 'pg'
import { roleOf, type Organization } from '../organizations/organization.ts'
import { settingNames } from './database.ts'
import type { Database, Transaction, TransactionOptions } from './database.ts'
import { databaseFault, isUnreachable, sqlState } from './database-fault.ts'
import { Demand } from './demand.ts'
import { sendTogether } from './one-message.ts'
import type { Statement } from './one-message.ts'
import { preparedOf } from './prepared.ts'
import { openTransaction } from './open-transaction.ts'
import { quoteIdentifier, quoteLiteral } from './quote.ts'
import { standBack } from './stand-back.ts'
import { typeParsers } from './type-parsers.ts'

/** Connections that one process opens at most, and as many for work that stands back; an embedded server takes 100 in all. */
const maxConnections = 16
/** How long a transaction waits for a free connection. */
const connectTimeoutMs = 30_000
/** What PostgreSQL says of a prepared statement whose table has changed, or that it does not know. */
const outdatedStates = new Set(['0A000', '26000'])
/** How long a statement waits for a lock unless the transaction says otherwise: every wait has a limit. */
const lockTimeout = '60s'

/** What a server adds to a pool of connections to it. */
export interface ServerHooks {
  embedded: boolean
  /** A pooler stands in between: what is set holds for a transaction, the next may come to another server. */
  pooled?: boolean
  /** Brings the server back after it stopped answering; throws a Fault when it cannot. */
  revive(): Promise<void>
  /** Called before each transaction that may write; throws a Fault when writing would be unsafe. */
  beforeWrite(): void
  /** Called when the last connection has ended. */
  leave(): Promise<void>
  /** What goes over these connections stands back behind everything else; tells whether many ask for something at the time. */
  standsBack?: () => boolean
}

/** Settings of every session. search_path is empty: each name says its schema. */
const sessionSettings = Object.entries({ TimeZone: 'UTC', DateStyle: 'ISO,YMD', IntervalStyle: 'iso_8601', search_path: '', lock_timeout: lockTimeout, extra_float_digits: '1' })
const sessionOptions = sessionSettings.map(([name, value]) => `-c ${name}=${value}`).join(' ')

/** A Database over a pool of connections. */
export function pooledDatabase(connection: PoolConfig, hooks: ServerHooks): Database {
  const pooled = hooks.pooled ?? false
  const pool = new pg.Pool({
    ...connection, types: typeParsers, ...(pooled ? {} : { options: sessionOptions }), application_name: 'longshore',
    max: maxConnections, connectionTimeoutMillis: connectTimeoutMs, idleTimeoutMillis: 30_000,
    keepAlive: true, keepAliveInitialDelayMillis: 10_000,
  })
  // a connection of its own: those that are to be cancelled may hold all others
  const cancelling = new pg.Pool({ ...connection, application_name: 'longshore', max: 1, connectionTimeoutMillis: connectTimeoutMs, idleTimeoutMillis: 1_000 })
  let behind: Database | null = null
  const demand = new Demand()
  // only where the server is ours its processes are those of this machine
  if (hooks.standsBack && hooks.embedded) pool.on('connect', (client) => standBack(processOf(client)))
  // An idle connection that ends (the server stopped) is dropped by the pool; the next transaction opens another.
  pool.on('error', () => {})
  cancelling.on('error', () => {})

  async function connect(): Promise<PoolClient> {
    try {
      return await pool.connect()
    } catch (error) {
      if (!isUnreachable(error)) throw databaseFault(error)
      await hooks.revive()
      return await pool.connect().catch((again: unknown) => { throw databaseFault(again) })
    }
  }

  /** A connection on which the transaction has begun. An idle connection may have died unnoticed, so the first statement gets a second try. */
  async function begin(opening: string): Promise<{ client: PoolClient; process: number }> {
    for (let attempt = 1; ; attempt += 1) {
      const client = await connect()
      // The connection may break between two statements; the next statement then reports it.
      client.on('error', ignore)
      try {
        const answer: unknown = await client.query(opening)
        return { client, process: pooled ? processIn(answer) : processOf(client) }
      } catch (error) {
        client.release(true)
        if (attempt === 2 || !isUnreachable(error)) throw databaseFault(error)
      }
    }
  }

  async function transaction<T>(as: Organization | null, work: (tx: Transaction) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    if (!options.readOnly) hooks.beforeWrite()
    const { client, process } = await begin(openingStatements(as, options, hooks.standsBack?.() ?? false, pooled))
    const tx = openTransaction(client)
    const stopping = cancelOn(options.signal, process)
    let result: T
    try {
      stopping.begin()
      result = await work(tx)
      await stopping.end()
    } catch (error) {
      await stopping.end().catch(ignore)
      const copying = tx.copying
      tx.close()
      await rollBack(client, copying || isUnreachable(error))
      throw databaseFault(error)
    }
    if (tx.copying) {
      tx.close()
      await rollBack(client, true)
      throw new Fault('db.copy-unfinished', 'A transaction was to be committed while a COPY was still running. This is an error in Longshore.', { remedy: 'stop' })
    }
    tx.close()
    await commit(client)
    return result
  }

  /** The check and the taking are one step: nothing else is done in between. */
  function transactionBeside<T>(...asked: Parameters<typeof transaction<T>>): Promise<T> | null {
    const free = pool.idleCount + maxConnections - pool.totalCount - pool.waitingCount
    return free > 0 ? transaction(...asked) : null
  }

  /** Cancels what a connection is doing once `signal` aborts. Nothing else may be sent through it before `end`, which throws where it was cancelled. */
  function cancelOn(signal: AbortSignal | undefined, process: number): { begin(): void; end(): Promise<void> } {
    let cancelled: Promise<unknown> | null = null
    const cancel = (): void => { cancelled ??= cancelling.query('SELECT pg_cancel_backend($1)', [process]).catch(ignore) }
    return {
      begin() {
        signal?.throwIfAborted()
        signal?.addEventListener('abort', cancel, { once: true })
      },
      async end() {
        signal?.removeEventListener('abort', cancel)
        await cancelled
        signal?.throwIfAborted()
      },
    }
  }

  /** Reading can be asked twice: an idle connection may have died unnoticed, and a table may have another shape than when a statement about it was prepared. */
  async function read(statements: readonly Statement[]): Promise<QueryResult[]> {
    let prepare = true
    for (let attempt = 1; ; attempt += 1) {
      const client = await connect()
      client.on('error', ignore)
      try {
        const results = await sendTogether(client, statements, prepare && !pooled)
        client.off('error', ignore)
        client.release()
        return results
      } catch (error) {
        const broken = isUnreachable(error)
        const outdated = outdatedStates.has(sqlState(error) ?? '')
        if (outdated) {
          preparedOf(client).forget()
          prepare = false // the next connection may have prepared them for the same old shape
        }
        await rollBack(client, broken)
        if (attempt === 2 || !(broken || outdated)) throw databaseFault(error)
      }
    }
  }

  async function readAlone<Row>(text: string, values?: readonly unknown[]): Promise<{ rows: Row[]; rowCount: number }> {
    refuseWriting(text, /^\s*SELECT\b/) // nothing says here that PostgreSQL is to refuse it, and a WITH may write
    const results = await read(pooled ? [settingsOf(null, {}, true), { text, values }] : [{ text, values }])
    return answerOf(results.at(-1))
  }

  function reading(as: Organization | null, options: Pick<TransactionOptions, 'settings'> = {}): Transaction {
    let asked: Asked[] = []
    const ask = async (): Promise<void> => {
      const [first, ...more] = asked
      asked = []
      if (!first) return
      const all = [first, ...more]
      try {
        const own = settingsOf(as, options, pooled)
        // one statement is a transaction by itself; several see one moment in one of their own
        const statements = more.length === 0 ? [own, first] : [{ text: 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY' }, own, ...all, { text: 'COMMIT' }]
        const results = (await read(statements)).slice(statements.indexOf(first))
        all.forEach(({ resolve }, i) => resolve(results[i]))
      } catch (error) {
        for (const { reject } of all) reject(error)
      }
    }
    return {
      async query<Row>(text: string, values?: readonly unknown[]) {
        refuseWriting(text, /^\s*(SELECT|WITH)\b/)
        return answerOf<Row>(await new Promise<QueryResult | undefined>((resolve, reject) => {
          if (asked.length === 0) {
            demand.note()
            queueMicrotask(() => void ask())
          }
          asked.push({ text, values, resolve, reject })
        }))
      },
      copyFrom: noCopy, copyTo: noCopy,
    }
  }

  return {
    embedded: hooks.embedded,
    transaction,
    transactionBeside,
    alone: { query: readAlone, copyFrom: noCopy, copyTo: noCopy },
    reading,
    behind() {
      behind ??= hooks.standsBack ? this : pooledDatabase(connection, { ...hooks, standsBack: () => demand.isHigh, leave: () => Promise.resolve() })
      return behind
    },
    async close() {
      if (behind !== this) await behind?.close()
      await cancelling.end()
      await pool.end()
      await hooks.leave()
    },
  }
}

/** A statement that somebody waits for. */
interface Asked extends Statement { resolve(result: QueryResult | undefined): void; reject(error: unknown): void }

function refuseWriting(text: string, reads: RegExp): void {
  if (!reads.test(text)) throw new Fault('db.not-alone', 'A statement that does more than read was sent without a transaction. This is an error in Longshore.', { remedy: 'stop' })
}

function noCopy(): never {
  throw new Fault('db.not-alone', 'A COPY needs a transaction. This is an error in Longshore.', { remedy: 'stop' })
}

function answerOf<Row>(result: QueryResult | undefined): { rows: Row[]; rowCount: number } {
  return { rows: (result?.rows ?? []) as Row[], rowCount: result?.rowCount ?? 0 }
}

/** As whom a transaction reads, and how, as a statement of it: for messages, which take no SET in the same breath as a SELECT. */
function settingsOf(as: Organization | null, { settings }: Pick<TransactionOptions, 'settings'>, pooled: boolean): Statement {
  const wanted: [string, string][] = [...(pooled ? sessionSettings : []), ['transaction_read_only', 'on']]
  if (as) wanted.push(['role', roleOf(as)])
  if (as?.scope) wanted.push(['longshore.scope', `{${as.scope.map(Number).join(',')}}`])
  for (const name of settingNames) {
    const value = settings?.[name]
    if (value !== undefined) wanted.push([name, value])
  }
  return { text: `SELECT ${wanted.map((_, i) => `set_config($${i * 2 + 1}, $${i * 2 + 2}, true)`).join(', ')}`, values: wanted.flat() }
}

/** BEGIN and its settings as one message: one way to the server and back. `alone`: without help from parallel workers. `pooled`: with those of a session, and whose process it is. */
function openingStatements(as: Organization | null, options: TransactionOptions, alone: boolean, pooled: boolean): string {
  const statements = [`BEGIN ISOLATION LEVEL ${options.isolation === 'repeatable read' ? 'REPEATABLE READ' : 'READ COMMITTED'}${options.readOnly ? ' READ ONLY' : ''}`]
  if (pooled) statements.push(...sessionSettings.map(([name, value]) => `SET LOCAL ${name} = ${quoteLiteral(value)}`))
  // PostgreSQL starts parallel workers by itself: they would not stand back with the process that they work for
  if (alone) statements.push('SET LOCAL max_parallel_workers_per_gather = 0', 'SET LOCAL max_parallel_maintenance_workers = 0')
  if (options.label !== undefined) statements.push(`SET LOCAL application_name = ${quoteLiteral(options.label)}`)
  if (options.durable === false) statements.push('SET LOCAL synchronous_commit = off')
  for (const name of settingNames) {
    const value = options.settings?.[name]
    if (value !== undefined) statements.push(`SET LOCAL ${name} = ${quoteLiteral(value)}`)
  }
  if (as) statements.push(`SET LOCAL ROLE ${quoteIdentifier(roleOf(as))}`)
  if (as?.scope) statements.push(`SET LOCAL longshore.scope = ${quoteLiteral(`{${as.scope.map(Number).join(',')}}`)}`)
  if (pooled && options.signal) statements.push('SELECT pg_catalog.pg_backend_pid() AS process')
  return statements.join('; ')
}

async function commit(client: PoolClient): Promise<void> {
  let answer: { command: string }
  try {
    answer = await client.query('COMMIT')
  } catch (error) {
    client.off('error', ignore)
    client.release(true)
    if (!isUnreachable(error)) throw databaseFault(error)
    throw new Fault(
      'db.commit-unknown',
      'The connection to PostgreSQL was lost during a commit: the step is either kept whole or not at all. Read its progress again before repeating it.',
      { remedy: 'retry', cause: error },
    )
  }
  client.off('error', ignore)
  client.release()
  // A statement failed, its error was swallowed, and PostgreSQL answered the COMMIT with a rollback: never a success.
  if (answer.command !== 'COMMIT') {
    throw new Fault('db.rolled-back', 'A statement had failed, so the transaction was rolled back instead of committed. This is an error in Longshore.', { remedy: 'stop' })
  }
}

/** Never throws: the error that led here is the one to report. A connection that is not known to be clean is ended. */
async function rollBack(client: PoolClient, broken: boolean): Promise<void> {
  const clean = !broken && await client.query('ROLLBACK').then(() => true, () => false)
  client.off('error', ignore)
  client.release(!clean)
}

/** What the last statement of a transaction's opening said: the number of the process behind a pooler, which gives out numbers of its own. 0: it was not asked. */
function processIn(opening: unknown): number {
  const last = ([opening].flat() as QueryResult<{ process?: number }>[]).at(-1)
  return last?.rows[0]?.process ?? 0
}

/** The number by which PostgreSQL knows a connection; its type does not tell of it. */
function processOf(client: PoolClient): number {
  return (client as PoolClient & { processID: number }).processID
}

function ignore(): void {}
