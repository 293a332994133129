import type { ObjectType } from '@longshore/core'
import { objectColumnOf, tableOf } from '../objects/column.ts'
import { asWhole } from '../organizations/as-system.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'
import { quoteIdentifier } from '../postgres/quote.ts'

/**
 * Of the references to their own object that two records hold (values by field name), those that come back to one of the two: at once, or through
 * any number of others. As `field id`. Made one, the two would stand in a circle. Records in the bin count, because they may come back.
 */
export async function leadingBack(tx: Transaction, organization: Organization, object: ObjectType, ids: readonly string[], records: readonly Readonly<Record<string, string | null>>[]): Promise<Set<string>> {
  const circular = new Set<string>()
  for (const field of object.fields) {
    if (field.kind !== 'reference' || !field.targets?.includes(object.name)) continue
    const column = quoteIdentifier(field.name)
    const objectColumn = objectColumnOf(field)
    const ofOwnKind = objectColumn === null ? '' : ` AND o.${quoteIdentifier(objectColumn)} = '${object.name}'`
    for (const start of new Set(records.flatMap((record) => record[field.name] ?? []))) {
      // a way through records that the one who asks does not see is a way all the same
      const { rows: [back] } = await asWhole(tx, organization, () => tx.query(`WITH RECURSIVE up (id) AS (SELECT $1::bigint UNION SELECT o.${column} FROM up JOIN ${tableOf(organization, object)} o ON o.id = up.id
          WHERE NOT up.id = ANY($2::bigint[]) AND o.${column} IS NOT NULL${ofOwnKind}) SELECT 1 FROM up WHERE id = ANY($2::bigint[]) LIMIT 1`, [start, ids]))
      if (back) circular.add(`${field.name} ${start}`)
    }
  }
  return circular
}
