import { Fault } from '@longshore/core'
import { sqlState } from '../postgres/database-fault.ts'
import type { Transaction } from '../postgres/database.ts'

/** Does some work inside a transaction; false where the database refuses a value, and then nothing of it is kept. */
export async function attempted(tx: Transaction, work: () => Promise<void>): Promise<boolean> {
  await tx.query('SAVEPOINT attempted')
  try {
    await work()
    await tx.query('RELEASE SAVEPOINT attempted')
    return true
  } catch (error) {
    if (!(error instanceof Fault) || !/^2[23]/.test(sqlState(error) ?? '')) throw error
    await tx.query('ROLLBACK TO SAVEPOINT attempted; RELEASE SAVEPOINT attempted')
    return false
  }
}
