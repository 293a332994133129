import type { Transaction } from '../postgres/database.ts'
import { quoteIdentifier } from '../postgres/quote.ts'
import { roleOf, type Organization } from './organization.ts'

/** Does one thing as the system in a transaction of an organization's role, such as telling a job's state beside what it wrote; then is that role again. */
export async function asSystem<T>(tx: Transaction, organization: Organization, work: () => Promise<T>): Promise<T> {
  await tx.query('RESET ROLE')
  const result = await work() // after an error the transaction is over, whoever it was
  await tx.query(`SET LOCAL ROLE ${quoteIdentifier(roleOf(organization))}`)
  return result
}

/** Does one thing with all records of the organization in sight, whatever the scope of the transaction; what it finds must not reach the one who asks. */
export async function asWhole<T>(tx: Transaction, organization: Organization, work: () => Promise<T>): Promise<T> {
  await tx.query(`SET LOCAL ROLE ${quoteIdentifier(organization.role)}`)
  const result = await work()
  await tx.query(`SET LOCAL ROLE ${quoteIdentifier(roleOf(organization))}`)
  return result
}
