import { Fault } from '@longshore/core'
import type { Transaction } from '../postgres/database.ts'
import { sqlState } from '../postgres/database-fault.ts'
import { quoteIdentifier } from '../postgres/quote.ts'
import { scopedRole, type Organization } from './organization.ts'

/**
 * Makes sure that the organization's role exists, that we may act as it, and that it has rights on its schema and nothing else but
 * the policed tables of `longshore`. Roles belong to the whole server: they are missing when a database was restored elsewhere.
 */
export async function ensureRole(tx: Transaction, organization: Organization): Promise<void> {
  for (const name of bothRoles(organization)) {
    const role = quoteIdentifier(name)
    const { rows: [there] } = await tx.query('SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = $1', [name])
    if (!there) await createRole(tx, role)
    const { rows: [may] } = await tx.query<{ act: boolean }>(
      `SELECT pg_catalog.pg_has_role(current_user, $1::name, 'SET') AND pg_catalog.pg_has_role(current_user, $1::name, 'USAGE') AS act`, [name])
    if (!may?.act) await joinRole(tx, organization, role)
  }
}

/** The role that sees all records, and the one that sees those of some members. */
export function bothRoles({ role }: Pick<Organization, 'role'>): string[] {
  return [role, scopedRole(role)]
}

/** Rights on the schema, on what is in it and on what will be. */
export async function grantSchema(tx: Transaction, organization: Organization): Promise<void> {
  const role = bothRoles(organization).map(quoteIdentifier).join(', ')
  const schema = quoteIdentifier(organization.schema)
  await tx.query(`
    GRANT USAGE ON SCHEMA longshore TO ${role};
    GRANT USAGE ON SCHEMA ${schema} TO ${role};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${role};
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${schema} TO ${role};
    ALTER DEFAULT PRIVILEGES IN SCHEMA ${schema} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${role};
    ALTER DEFAULT PRIVILEGES IN SCHEMA ${schema} GRANT USAGE, SELECT ON SEQUENCES TO ${role}`)
}

/** Another database of the same server may be making the same role at this moment. */
async function createRole(tx: Transaction, role: string): Promise<void> {
  await tx.query('SAVEPOINT role')
  try {
    await tx.query(`CREATE ROLE ${role} NOLOGIN`)
  } catch (error) {
    const duplicateObject = '42710', uniqueViolation = '23505'
    if (![duplicateObject, uniqueViolation].includes(sqlState(error) ?? '')) throw error
    await tx.query('ROLLBACK TO SAVEPOINT role')
  }
  await tx.query('RELEASE SAVEPOINT role')
}

async function joinRole(tx: Transaction, organization: Organization, role: string): Promise<void> {
  try {
    await tx.query(`GRANT ${role} TO CURRENT_USER WITH SET TRUE, INHERIT TRUE`)
  } catch (cause) {
    throw new Fault(
      'db.role-taken',
      `The role ${role} of the organization "${organization.name}" exists on this PostgreSQL server and belongs to somebody else: probably another Longshore uses the server with another user. `
      + `As an administrator: GRANT ${role} TO the user of DATABASE_URL WITH ADMIN OPTION, or use a server of its own.`,
      { remedy: 'stop', cause },
    )
  }
}
