import { Fault } from '@longshore/core'
import type { Organization } from '../organizations/organization.ts'
import { loadCatalog } from '../objects/catalog-rows.ts'
import { changeSchema, noFieldsInUse } from '../objects/change-schema.ts'
import type { Database } from '../postgres/database.ts'

/**
 * Takes back the keys that an import switched on by matching by a new criterion, when no job has matched by it since `before`: each costs
 * every later import its part. Those that a person asked for in the schema stay. While anybody is at work none goes. Returns what was taken back,
 * as `contacts: last_name+phone`.
 */
export async function dropUnusedKeys(db: Database, organization: Organization, before: string): Promise<string[]> {
  const catalog = await db.transaction(organization, (tx) => loadCatalog(tx, organization), { readOnly: true })
  const passing = catalog.objects.flatMap((object) => object.matchKeys.filter(({ passing: goes }) => goes).map((rule) => ({ object: object.name, ...rule })))
  if (passing.length === 0) return []
  const { rows: used } = await db.transaction(null, (tx) => tx.query<{ object: string; rule: number }>(`
    SELECT DISTINCT k.key ->> 'object' AS object, (k.key ->> 'rule')::integer AS rule
    FROM longshore.job j, jsonb_array_elements(j.compiled -> 'mapping' -> 'keys') WITH ORDINALITY k (key, n)
    WHERE j.organization = $1 AND j.kind = 'import' AND (j.created_at >= $2::timestamptz OR j.finished_at >= $2::timestamptz OR j.finished_at IS NULL)
      AND (k.n <= (j.compiled -> 'mapping' ->> 'criteria')::integer OR j.finished_at IS NULL OR k.key ->> 'reference' IS NOT NULL)`, [organization.id, before]), { readOnly: true })
  const unused = passing.filter(({ object, id }) => !used.some((one) => one.object === object && one.rule === id))
  const dropped: string[] = []
  for (const { object, criterion } of unused) {
    try {
      await changeSchema(db, organization, { objects: [{ name: object, matchKeys: [{ criterion, remove: true }] }] }, noFieldsInUse)
      dropped.push(`${object}: ${criterion}`)
    } catch (error) {
      if (!(error instanceof Fault && ['schema.busy', 'schema.key-in-use'].includes(error.code))) throw error
    }
  }
  return dropped
}
