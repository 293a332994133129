import type { Readable, Writable } from 'node:stream'
import type { Organization } from '../organizations/organization.ts'

/**
 * One PostgreSQL, ours or somebody else's, seen through transactions, each of which says on whose behalf it runs.
 */
export interface Database {
  /** True: we run the server ourselves. */
  readonly embedded: boolean
  /**
   * Runs `work` in one transaction; commits when it resolves, rolls back when it throws. Runs as the organization's role
   * (`SET LOCAL ROLE`, search_path empty: names are schema-qualified) or, with null, as the system.
   * Database errors arrive as Faults (`db.*`) with PostgreSQL's error as their cause.
   */
  transaction<T>(as: Organization | null, work: (tx: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T>
  /**
   * The same where a connection is to be had at once; null: all are taken, and nothing is done. For whoever is inside a transaction: one that waited for
   * a second connection would keep its first from others who may do the same.
   */
  transactionBeside<T>(as: Organization | null, work: (tx: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T> | null
  /**
   * Reads as the system, each SELECT a transaction of its own that PostgreSQL makes: one way there and back instead of three. For what every request
   * asks; what has to be seen at one moment needs a transaction, and what begins with WITH `reading`, for it may write.
   */
  readonly alone: Transaction
  /**
   * Reads as the organization's role (null: as the system), and PostgreSQL refuses what writes. What is asked for at once, before an answer is awaited, goes as one message and is seen at one
   * moment: one way there and back instead of one for each statement and two more for the transaction.
   */
  reading(as: Organization | null, options?: Pick<TransactionOptions, 'settings'>): Transaction
  /**
   * The same database for work that nobody waits for at this moment, over connections of its own: where the server is ours, PostgreSQL's processes
   * behind them stand back behind the others. Ends with this one.
   */
  behind(): Database
  /** Ends all connections and, when this was the last user of an embedded server, stops it. */
  close(): Promise<void>
}

export interface TransactionOptions {
  /** False: the commit may be lost in a crash (never torn); only where the work is re-derivable. Default true. */
  durable?: boolean
  /** Default read committed. */
  isolation?: 'read committed' | 'repeatable read'
  readOnly?: boolean
  /** Nobody waits any more once it aborts: the statement that runs is cancelled (`db.statement-timeout`), and everything is rolled back. */
  signal?: AbortSignal
  /**
   * Shown as application_name while the transaction runs, e.g. `longshore job 1/7 attempt 2`; lets a successor end the
   * connections of a stalled attempt. At most 63 bytes.
   */
  label?: string
  /** `SET LOCAL` settings, e.g. `{ work_mem: '128MB' }`; names from this fixed list, never from a request. */
  settings?: Partial<Record<SettingName, string>>
}

export const settingNames = [
  'work_mem', 'maintenance_work_mem', 'statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout',
  'enable_nestloop', 'enable_hashjoin', 'enable_mergejoin', 'enable_seqscan', 'jit', 'max_parallel_workers_per_gather',
] as const
export type SettingName = (typeof settingNames)[number]

/**
 * What can be done inside a transaction. Values come back as PostgreSQL prints them (bigint, numeric, date and timestamptz
 * as text; TimeZone UTC, DateStyle ISO), except integer and smallint (number), boolean, float8 (number), arrays and json (parsed).
 */
export interface Transaction {
  query<Row = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<{ rows: Row[]; rowCount: number }>
  /** `COPY … FROM STDIN`: takes bytes in the statement's format; done at `finish`. */
  copyFrom(sql: string): Writable
  /** `COPY … TO STDOUT`. */
  copyTo(sql: string): Readable
}
