import { isLinkKey, keysOf, normalFormOf, resolvePath } from '@longshore/core'
import type { Catalog, MatchKeyRule, ObjectType, RowKey } from '@longshore/core'
import { keyColumn } from './key-columns.ts'
import { canonicalValue } from '../objects/canonical-value.ts'
import { columnOf, tableOf } from '../objects/column.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'
import { quoteIdentifier } from '../postgres/quote.ts'

/**
 * Sets the match keys of records again from the values that they now hold, where a rule uses one of the `changed` fields: of the records
 * themselves, and of those whose keys look at them through a reference (a contact's, by the name of its account).
 */
export async function rekey(tx: Transaction, organization: Organization, catalog: Catalog, object: ObjectType, changed: ReadonlySet<string>, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await rekeyBy(tx, organization, catalog, object, object.matchKeys.filter((rule) => rule.criterion.split('+').some((name) => changed.has(name))), ids)
  for (const { object: from, rule, reference, field } of keysThrough(catalog, object)) {
    if (!changed.has(field)) continue
    const { rows } = await tx.query<{ id: string }>(`SELECT id FROM ${tableOf(organization, from)} WHERE ${quoteIdentifier(reference)} = ANY($1::bigint[]) ORDER BY id`, [ids])
    await rekeyBy(tx, organization, catalog, from, [rule], rows.map(({ id }) => id))
  }
}

/** Sets the given rules' keys of records from the values that they hold. */
export async function rekeyBy(tx: Transaction, organization: Organization, catalog: Catalog, object: ObjectType, wanted: readonly MatchKeyRule[], ids: readonly string[]): Promise<void> {
  const rules = wanted.filter(({ criterion }) => !isLinkKey(object, criterion))
  if (rules.length === 0 || ids.length === 0) return
  const { keys, columns, joins } = partsOf(organization, catalog, object, rules)
  const { rows } = await tx.query<{ id: string; cells: (string | null)[] }>(
    `SELECT o.id, ARRAY[${columns.join(', ')}]::text[] AS cells FROM ${tableOf(organization, object)} o ${joins.join(' ')} WHERE o.id = ANY($1::bigint[]) ORDER BY o.id`, [ids])
  const hashes = rows.map(({ cells }) => keysOf(cells, keys))
  await tx.query(
    `UPDATE ${tableOf(organization, object)} o SET ${rules.map((rule, k) => `${quoteIdentifier(keyColumn(rule))} = v.k${k}`).join(', ')}
     FROM unnest($1::bigint[], ${rules.map((_, k) => `$${k + 2}::bigint[]`).join(', ')}) v (id, ${rules.map((_, k) => `k${k}`).join(', ')})
     WHERE o.id = v.id AND (${rules.map((rule, k) => `o.${quoteIdentifier(keyColumn(rule))} IS DISTINCT FROM v.k${k}`).join(' OR ')})`,
    [rows.map(({ id }) => id), ...rules.map((_, k) => hashes.map((hash) => hash[k]?.toString() ?? null))])
}

/** Rules of any object that look at `object` through a reference, each with the reference and the field it looks at. */
export function keysThrough(catalog: Catalog, object: ObjectType): { object: ObjectType; rule: MatchKeyRule; reference: string; field: string }[] {
  return catalog.objects.flatMap((from) => from.matchKeys.flatMap((rule) => rule.criterion.split('+').flatMap((name) => {
    const path = resolvePath(catalog, from, name)
    return 'field' in path && path.reference !== null && path.object.name === object.name ? [{ object: from, rule, reference: path.reference.name, field: path.field.name }] : []
  })))
}

/** These objects and those whose keys look at them: whoever writes the first writes keys of the second, so has to be the writer of all. By name. */
export function withLooking(catalog: Catalog, objects: readonly string[]): string[] {
  const looking = catalog.objects.filter(({ name }) => objects.includes(name)).flatMap((object) => keysThrough(catalog, object).map(({ object: from }) => from.name))
  return [...new Set([...objects, ...looking])].sort()
}

/** Sets the keys again that look at records which are gone for good. */
export async function rekeyLooking(tx: Transaction, organization: Organization, catalog: Catalog, object: ObjectType, gone: readonly string[]): Promise<void> {
  await rekey(tx, organization, catalog, { ...object, matchKeys: [] }, new Set(object.fields.map(({ name }) => name)), gone)
}

/** The rules as core hashes them, over a list of columns that holds each part; a part behind a reference is read from there. */
export function partsOf(organization: Organization, catalog: Catalog, object: ObjectType, rules: readonly MatchKeyRule[]): { keys: RowKey[]; columns: string[]; joins: string[] } {
  const columns: string[] = []
  const joins: string[] = []
  const keys = rules.map((rule): RowKey => {
    const key: RowKey = { criterion: rule.criterion, rule: rule.id, reference: null, object: object.name, targets: [], forms: [] }
    for (const name of rule.criterion.split('+')) {
      const path = resolvePath(catalog, object, name)
      const column = 'field' in path ? columnOf(path.field) : null
      if (!('field' in path) || column === null) { key.targets.push(-1); key.forms.push('exact'); continue }
      const alias = path.reference === null ? 'o' : `r${columns.length}`
      if (path.reference !== null) joins.push(`LEFT JOIN ${tableOf(organization, path.object)} ${alias} ON ${alias}.id = o.${quoteIdentifier(path.reference.name)}`)
      key.targets.push(columns.push(canonicalValue(path.field, `${alias}.${quoteIdentifier(column)}`)) - 1)
      key.forms.push(normalFormOf(path.field))
    }
    return key
  })
  return { keys, columns, joins }
}
