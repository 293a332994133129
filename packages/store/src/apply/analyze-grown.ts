import type { ObjectType } from '@longshore/core'
import { tableOf } from '../objects/column.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Database } from '../postgres/database.ts'
import { quoteIdentifier } from '../postgres/quote.ts'
import { indexedColumns } from './bulk-indexes.ts'

/** An object that has grown by this share is another one to PostgreSQL's planner. */
const grownBy = 0.1

/**
 * Tells PostgreSQL's planner how objects look that a job has made much larger: by itself it looks once a minute, and takes a new table for nearly
 * empty until then. Only the columns by which records are found and joined; the others are left to it.
 */
export async function analyzeGrown(db: Database, organization: Organization, come: readonly { object: ObjectType; records: number }[]): Promise<void> {
  for (const { object, records } of come) {
    if (records === 0) continue
    await db.transaction(null, async (tx) => {
      const table = tableOf(organization, object)
      const { rows: [known] } = await tx.query<{ records: number }>('SELECT reltuples::float8 AS records FROM pg_catalog.pg_class WHERE oid = $1::regclass', [table])
      if (records > (known?.records ?? 0) * grownBy) await tx.query(`ANALYZE ${table} (${columnsToFindBy(object).join(', ')})`)
    })
  }
}

function columnsToFindBy(object: ObjectType): string[] {
  const owners = object.fields.filter(({ kind }) => kind === 'owner').map(({ name }) => quoteIdentifier(name))
  return ['id', 'deleted_at', ...owners, ...indexedColumns(object).map(({ column }) => column)]
}
