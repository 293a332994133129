import { isLinkKey, recordIdRule } from '@longshore/core'
import type { MatchKeyRule, ObjectType } from '@longshore/core'
import type { Organization } from '../organizations/organization.ts'
import { quoteIdentifier } from '../postgres/quote.ts'
import { linkKeySql } from './link-key-sql.ts'

/**
 * A match key in force is a column of the object's own table: the 64-bit hash of the record's normal form, null without one.
 * A record's own number is its key as it is. A link key is kept by the database itself, from the record's own columns.
 * Measured against a table of keys of its own (docs/decisions/0002): half the cost, and a key leaves and comes back with its record.
 */
export function keyColumn(rule: Pick<MatchKeyRule, 'id'>): string {
  return rule.id === recordIdRule ? 'id' : `_k${rule.id}`
}

/** Statements that give a table the column and index of each of the rules. Records in the bin are in no index. */
export function addKeyColumns(organization: Organization, object: ObjectType, rules: readonly MatchKeyRule[]): string[] {
  const table = `${quoteIdentifier(organization.schema)}.${quoteIdentifier(object.name)}`
  return rules.flatMap((rule) => {
    const column = quoteIdentifier(keyColumn(rule))
    return [
      addKeyColumn(organization, object, rule),
      `CREATE INDEX ON ${table} (${column}) WHERE ${column} IS NOT NULL AND deleted_at IS NULL`,
    ]
  })
}

/** Statement that gives a table with records the column of a rule. Its index is built once its keys are filled. */
export function addKeyColumn(organization: Organization, object: ObjectType, rule: MatchKeyRule): string {
  const kept = isLinkKey(object, rule.criterion) ? ` GENERATED ALWAYS AS (${linkKeySql(object, rule, quoteIdentifier)}) STORED` : ''
  return `ALTER TABLE ${quoteIdentifier(organization.schema)}.${quoteIdentifier(object.name)} ADD COLUMN ${quoteIdentifier(keyColumn(rule))} bigint${kept}`
}

/** Statement that takes the column of a rule away, and its index with it. */
export function dropKeyColumn(organization: Organization, object: Pick<ObjectType, 'name'>, rule: MatchKeyRule): string {
  return `ALTER TABLE ${quoteIdentifier(organization.schema)}.${quoteIdentifier(object.name)} DROP COLUMN ${quoteIdentifier(keyColumn(rule))}`
}
