import { Fault } from '@longshore/core'
import { describe, expect, test } from 'vitest'
import { databaseFault, isUnreachable, sqlState } from './database-fault.ts'

const fromServer: [sqlState: string, code: string, remedy: string][] = [
  ['53100', 'db.disk-full', 'stop'],
  ['53200', 'db.out-of-memory', 'retry'],
  ['53300', 'db.too-many-connections', 'retry'],
  ['55P03', 'db.lock-timeout', 'retry'],
  ['57014', 'db.statement-timeout', 'retry'],
  ['40001', 'db.conflict', 'retry'],
  ['40P01', 'db.conflict', 'retry'],
  ['22003', 'db.bad-value', 'stop'],
  ['23505', 'db.constraint', 'stop'],
  ['42501', 'db.not-allowed', 'stop'],
  ['42P01', 'db.statement', 'stop'],
  ['28P01', 'db.refused', 'stop'],
  ['3D000', 'db.no-database', 'stop'],
  ['XX001', 'db.corrupt', 'stop'],
  ['57P01', 'db.unreachable', 'retry'],
  ['57P03', 'db.unreachable', 'retry'],
  ['08006', 'db.unreachable', 'retry'],
  ['0A000', 'db.statement', 'stop'],
]

describe('databaseFault', () => {
  test.each(fromServer)('makes of SQLSTATE %s the fault %s, to %s', (state, code, remedy) => {
    const error = Object.assign(new Error('words'), { code: state, severity: 'ERROR' })
    expect(databaseFault(error)).toMatchObject({ code, remedy, cause: error })
  })

  test.each(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTFOUND', 'ETIMEDOUT'])('takes the system error %s for a server out of reach', (code) => {
    expect(databaseFault(Object.assign(new Error(), { code }))).toMatchObject({ code: 'db.unreachable', remedy: 'retry' })
  })

  test.each(['Connection terminated unexpectedly', 'timeout exceeded when trying to connect', 'Client has encountered a connection error and is not queryable'])(
    'takes "%s" for a broken connection', (message) => { expect(isUnreachable(new Error(message))).toBe(true) })

  test.each([new Error('mine'), new TypeError('x is not a function'), Object.assign(new Error(), { code: 'EISDIR' }), 'text', null])(
    'leaves %s as it is', (error) => { expect(databaseFault(error)).toBe(error) })

  test('leaves a fault as it is and finds the SQLSTATE behind it', () => {
    const fault = new Fault('db.conflict', 'words', { cause: Object.assign(new Error(), { code: '40P01' }) })
    expect(databaseFault(fault)).toBe(fault)
    expect(sqlState(fault)).toBe('40P01')
  })
})
