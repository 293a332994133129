import { Fault } from '@longshore/core'
import type { FaultRemedy } from '@longshore/core'

/** What PostgreSQL and the driver put on an error; every part may be missing. */
interface DatabaseError { code?: unknown; message?: unknown; constraint?: unknown; table?: unknown; column?: unknown }

interface Translation { code: string; remedy: FaultRemedy; says: (error: DatabaseError) => string }

/** A pooler says everything under this one; what it is stands in its words alone. */
const protocolState = '08P01'
const unreachable: Translation = {
  code: 'db.unreachable', remedy: 'retry',
  says: (error) => `The connection to PostgreSQL was lost or could not be made (${text(error.code) === protocolState ? `${protocolState}: ${text(error.message)}` : text(error.code) || text(error.message) || 'no answer'}). `
    + 'Nothing of the unfinished step was kept; it can be tried again.',
}
const statement: Translation = {
  code: 'db.statement', remedy: 'stop',
  says: (error) => `PostgreSQL refused a statement (${text(error.code)}): ${text(error.message)}. This is an error in Longshore.`,
}

/** By SQLSTATE, or its class (first two characters), or the operating system's code. Messages repeat no values: they may be people's data. */
const translations: Record<string, Translation> = {
  '53100': {
    code: 'db.disk-full', remedy: 'stop',
    says: () => 'PostgreSQL has no disk space left. What was committed is safe. Free some space, then resume the job.',
  },
  '53200': { code: 'db.out-of-memory', remedy: 'retry', says: () => 'PostgreSQL ran out of memory for a statement. Try again when the machine is less busy.' },
  '53300': { code: 'db.too-many-connections', remedy: 'retry', says: () => 'PostgreSQL has no free connection. Close other programs that use it, or raise its max_connections.' },
  '55P03': { code: 'db.lock-timeout', remedy: 'retry', says: () => 'Another transaction held what this one needed for longer than the wait allows. Try again.' },
  '57014': { code: 'db.statement-timeout', remedy: 'retry', says: () => 'A statement was cancelled, or ran longer than its limit.' },
  '40001': { code: 'db.conflict', remedy: 'retry', says: () => 'Two transactions changed the same records at once; this one was rolled back and can be tried again.' },
  '40P01': { code: 'db.conflict', remedy: 'retry', says: () => 'Two transactions waited for each other; this one was rolled back and can be tried again.' },
  '22': {
    code: 'db.bad-value', remedy: 'stop',
    says: (error) => `PostgreSQL refused a value (${text(error.code)}) that Longshore's own check should have caught. The step was rolled back.`,
  },
  '23': {
    code: 'db.constraint', remedy: 'stop',
    says: (error) => `A rule of the database was broken: ${text(error.constraint) || text(error.column) || text(error.code)} of table ${text(error.table) || '?'}. The step was rolled back.`,
  },
  '42501': { code: 'db.not-allowed', remedy: 'stop', says: (error) => `The database account may not do this: ${text(error.message)}.` },
  '28': {
    code: 'db.refused', remedy: 'stop',
    says: (error) => `PostgreSQL refused the log-in (${text(error.code)}): ${text(error.message)}. Check user and password of DATABASE_URL.`,
  },
  '3D000': { code: 'db.no-database', remedy: 'stop', says: (error) => `${capital(text(error.message))}. Create it, or correct DATABASE_URL.` },
  XX001: { code: 'db.corrupt', remedy: 'stop', says: (error) => `PostgreSQL found damaged data on disk: ${text(error.message)}. Restore from a backup; do not go on writing.` },
  XX002: { code: 'db.corrupt', remedy: 'stop', says: (error) => `PostgreSQL found a damaged index: ${text(error.message)}. Restore from a backup, or reindex.` },
  '08': unreachable, '57P01': unreachable, '57P02': unreachable, '57P03': unreachable, '57P05': unreachable, '25P03': unreachable, '25P04': unreachable,
  ECONNREFUSED: unreachable, ECONNRESET: unreachable, EPIPE: unreachable, ENOENT: unreachable, ETIMEDOUT: unreachable,
  ENOTFOUND: unreachable, EAI_AGAIN: unreachable, EHOSTUNREACH: unreachable, ENETUNREACH: unreachable, EADDRNOTAVAIL: unreachable,
}

/** The driver's own errors have no code; these are the ones that mean a broken connection. */
const brokenConnection = /connection terminated|connection ended|not queryable|timeout exceeded when trying to connect|timeout expired|client was closed/i

/**
 * The Fault for an error that PostgreSQL, its driver or the socket gave. Faults, and errors that have nothing to do with the
 * database, come back as they are.
 */
export function databaseFault(error: unknown): unknown {
  if (error instanceof Fault || !(error instanceof Error)) return error
  const found = translate(error)
  return found ? new Fault(found.code, found.says(error as DatabaseError), { remedy: found.remedy, cause: error }) : error
}

/** Whether the error says that no server answers, or that it is going away: trying again on a new connection may help. */
export function isUnreachable(error: unknown): boolean {
  if (error instanceof Fault) return error.code === 'db.unreachable'
  return error instanceof Error && translate(error) === unreachable
}

/** PostgreSQL's SQLSTATE or the system's code of an error, also behind a Fault. */
export function sqlState(error: unknown): string | null {
  if (error instanceof Fault) return sqlState(error.cause)
  return error instanceof Error ? text((error as DatabaseError).code) || null : null
}

function translate(error: Error): Translation | null {
  const code = text((error as DatabaseError).code)
  const known = translations[code] ?? translations[code.length === 5 ? code.slice(0, 2) : '']
  if (known) return known
  // A five-character code together with a severity is PostgreSQL's word; anything else is somebody else's error.
  if (/^[0-9A-Z]{5}$/.test(code) && 'severity' in error) return statement
  return code === '' && brokenConnection.test(error.message) ? unreachable : null
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
