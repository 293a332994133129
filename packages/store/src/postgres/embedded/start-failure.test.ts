import { describe, expect, test } from 'vitest'
import { explainStartFailure } from './start-failure.ts'

const faults: [words: string, code: string, says: string][] = [
  ['PANIC:  could not write to file "pg_wal/xlogtemp.42": No space left on device', 'db.disk-full', 'Free some space'],
  ['FATAL:  database files are incompatible with server\nDETAIL:  The data directory was initialized by PostgreSQL version 17, which is not compatible with this version 18.4.', 'db.version', 'PostgreSQL 17'],
  ['FATAL:  could not map anonymous shared memory: Cannot allocate memory', 'db.out-of-memory', 'memory'],
  ['FATAL:  data directory "/d" has invalid permissions', 'data.directory', 'permissions'],
  ['FATAL:  could not open file "pg_control": Permission denied', 'data.directory', 'Give the folder back'],
  ['FATAL:  could not create any Unix-domain sockets', 'data.socket', 'socket'],
  ['2026-11-20 [7] LOG:  starting\n2026-11-20 [7] FATAL:  something new', 'db.start', 'something new'],
  ['', 'db.start', 'it said nothing'],
]

describe('explainStartFailure', () => {
  test.each(faults)('makes of %j the fault %s', (words, code, says) => {
    const failure = explainStartFailure(words, '/d', '/d/postgres.log')
    expect(failure).toMatchObject({ kind: 'fault', fault: { code, message: expect.stringContaining(says) as string } })
  })

  test('waits for another process that holds the lock file', () => {
    expect(explainStartFailure('FATAL:  lock file "postmaster.pid" already exists', '/d', '/l')).toEqual({ kind: 'elsewhere' })
  })

  test('tries again when the server had come up and was stopped by somebody else', () => {
    expect(explainStartFailure('LOG:  database system is ready to accept connections\nLOG:  database system is shut down', '/d', '/l')).toEqual({ kind: 'retry' })
  })

  test('tries again while a killed server holds its shared memory', () => {
    expect(explainStartFailure('FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use', '/d', '/l')).toEqual({ kind: 'retry' })
  })
})
