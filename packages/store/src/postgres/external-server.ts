import { Fault } from '@longshore/core'
import pg from 'pg'
import { databaseFault, sqlState } from './database-fault.ts'

/** The oldest PostgreSQL that we are tested with. */
const minMajorVersion = 16

interface Capability { version: number; name: string; user: string; database: string; mayMakeRoles: boolean; mayMakeSchemas: boolean; encoding: string; standby: boolean; process: number }

/**
 * Checks a server given by DATABASE_URL: version, encoding, and that the account may make schemas and roles. Throws a Fault that says what is missing.
 * `pooled`: a pooler stands in between, which shows by the number that it gives the connection.
 */
export async function checkExternalServer(databaseUrl: string): Promise<{ pooled: boolean }> {
  refuseNoAddress(databaseUrl)
  const client = await connected(databaseUrl)
  try {
    const found = await client.query<Capability>(`
      SELECT current_setting('server_version_num')::int AS version, current_setting('server_version') AS name,
        current_user AS "user", current_database() AS database,
        (SELECT rolsuper OR rolcreaterole FROM pg_catalog.pg_roles WHERE rolname = current_user) AS "mayMakeRoles",
        pg_catalog.has_database_privilege(current_database(), 'CREATE') AS "mayMakeSchemas",
        current_setting('server_encoding') AS encoding, pg_catalog.pg_is_in_recovery() AS standby, pg_catalog.pg_backend_pid() AS process`)
    const it = found.rows[0]
    if (!it) throw refusal('PostgreSQL at DATABASE_URL gave no answer about itself.')
    if (it.version < minMajorVersion * 10_000) {
      throw refusal(`PostgreSQL at DATABASE_URL is version ${it.name}; Longshore needs ${minMajorVersion} or newer. Update it, or unset DATABASE_URL to use the PostgreSQL that Longshore brings.`)
    }
    if (it.standby) throw refusal('PostgreSQL at DATABASE_URL is a standby that cannot be written. Name the primary server.')
    if (it.encoding !== 'UTF8') throw refusal(`The database "${it.database}" at DATABASE_URL is encoded in ${it.encoding}; Longshore needs UTF8. Make a database with ENCODING 'UTF8'.`)
    if (!it.mayMakeSchemas) throw refusal(`The user "${it.user}" may not make schemas in the database "${it.database}". As an administrator: GRANT CREATE ON DATABASE "${it.database}" TO "${it.user}"`)
    if (!it.mayMakeRoles) throw refusal(`The user "${it.user}" may not make roles, which keep organizations apart. As an administrator: ALTER ROLE "${it.user}" CREATEROLE`)
    const pooled = it.process !== (client as pg.Client & { processID: number }).processID
    if (pooled && !await takesTransactions(client)) throw refusal('The pooler at DATABASE_URL gives each statement a server of its own. Longshore needs transactions: set its mode to "transaction" or "session", or name PostgreSQL itself.')
    return { pooled }
  } catch (error) {
    throw databaseFault(error)
  } finally {
    await client.end().catch(() => {})
  }
}

/** Whether a pooler lets a transaction go on to its end; PgBouncer in statement mode ends the connection instead. */
function takesTransactions(client: pg.Client): Promise<boolean> {
  return client.query('BEGIN').then(() => client.query('ROLLBACK')).then(() => true, (error: unknown) => {
    if (sqlState(error) === '08P01') return false
    throw error
  })
}

/** Addresses that the driver takes: it would look for a server of the name "base" in any other text. The text itself is not repeated: it may hold a password. */
function refuseNoAddress(databaseUrl: string): void {
  if (/^(postgres(ql)?:\/\/|socket:|\/)/i.test(databaseUrl)) return
  throw refusal('DATABASE_URL is no address of a PostgreSQL: one looks like postgresql://user:password@host:5432/name. Correct it, or unset DATABASE_URL to use the PostgreSQL that Longshore brings.')
}

async function connected(databaseUrl: string): Promise<pg.Client> {
  try {
    const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000, application_name: 'longshore' })
    client.on('error', () => {})
    await client.connect()
    return client
  } catch (error) {
    const fault = databaseFault(error)
    if (fault instanceof Fault && fault.code !== 'db.unreachable') throw fault
    const reason = error instanceof Error ? error.message : String(error)
    throw new Fault(
      'db.unreachable',
      `PostgreSQL at DATABASE_URL cannot be reached: ${withoutPassword(reason, databaseUrl)}. Check host, port and that the server runs, or unset DATABASE_URL to use the PostgreSQL that Longshore brings.`,
      { remedy: 'retry', cause: error },
    )
  }
}

/** The driver's words may repeat the address, and the address holds the password. */
function withoutPassword(words: string, databaseUrl: string): string {
  return words.replaceAll(databaseUrl, 'DATABASE_URL')
}

function refusal(message: string): Fault {
  return new Fault('db.unsuitable', message, { remedy: 'stop' })
}
