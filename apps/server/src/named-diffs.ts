import { findObject } from '@longshore/core'
import type { Catalog } from '@longshore/core'
import { recordNames } from '@longshore/store'
import type { Organization, PlannedDiff, Transaction } from '@longshore/store'
import type { PlanDiff } from './longshore.ts'

/** Planned changes of records of an object, with what people call the records and those that they are linked to; what a plan is yet to make has no name. */
export async function namedDiffs(tx: Transaction, organization: Organization, catalog: Catalog, objectName: string, diffs: readonly PlannedDiff[]): Promise<PlanDiff[]> {
  const object = findObject(catalog, objectName)
  if (!object) return diffs.map((diff) => ({ ...diff, name: null }))
  const names = await recordNames(tx, organization, object, diffs.map(({ record }) => record))
  const linked = new Map<string, Map<string, string>>()
  for (const field of object.fields) {
    const ids = field.kind === 'reference' ? diffs.flatMap(({ fields }) => [fields[field.name]?.from, fields[field.name]?.to].flatMap((id) => id ?? [])) : []
    for (const target of ids.length === 0 ? [] : field.targets ?? []) {
      const to = findObject(catalog, target)
      if (to) linked.set(field.name, new Map([...linked.get(field.name) ?? [], ...await recordNames(tx, organization, to, ids)]))
    }
  }
  return diffs.map(({ fields, ...diff }) => ({
    ...diff, name: names.get(diff.record) ?? null,
    fields: Object.fromEntries(Object.entries(fields).map(([field, { from, to }]) => {
      const called = linked.get(field)
      return [field, { from, to, ...(called ? { fromName: called.get(from ?? '') ?? null, toName: called.get(to ?? '') ?? null } : {}) }]
    })),
  }))
}
