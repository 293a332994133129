import { findField, findObject, printValue } from '@longshore/core'
import type { Catalog, Target } from '@longshore/core'
import { readFields, recordNames, referenceNames } from '@longshore/store'
import type { Organization, PlannedDiff, PlannedRowPreview, Transaction } from '@longshore/store'
import type { PlanDiff } from './longshore.ts'

/** Planned changes of records of an object, with what people call the records and those that they are linked to; what a plan is yet to make has no name. */
export async function namedDiffs(tx: Transaction, organization: Organization, catalog: Catalog, objectName: string, diffs: readonly PlannedDiff[]): Promise<PlanDiff[]> {
  const object = findObject(catalog, objectName)
  if (!object) return diffs.map((diff) => ({ ...diff, name: null }))
  const names = await recordNames(tx, organization, object, diffs.map(({ record }) => record))
  const sides = (['from', 'to'] as const).flatMap((side) => diffs.map(({ fields }) => Object.fromEntries(Object.entries(fields).map(([field, change]) => [field, change[side]]))))
  const linked = await referenceNames(tx, organization, catalog, object, sides)
  return diffs.map(({ fields, ...diff }) => ({
    ...diff, name: names.get(diff.record) ?? null,
    fields: Object.fromEntries(Object.entries(fields).map(([field, { from, to }]) => {
      const called = linked.get(field)
      const kept = findField(object, field)
      return [field, { from: printValue(kept, from), to: printValue(kept, to), ...(called ? { fromName: called.get(from ?? '') ?? null, toName: called.get(to ?? '') ?? null } : {}) }]
    })),
  }))
}

/** What the records that rows update are linked to once they are updated, by row and path: merged values hold what is the record's own alone. What the plan is yet to make is called as its row calls it. */
export async function linksOfUpdated(tx: Transaction, organization: Organization, catalog: Catalog, objectName: string, targets: readonly (Pick<Target, 'path' | 'field' | 'reference'> & { object: string })[], rows: readonly PlannedRowPreview[], diffs: readonly PlanDiff[]): Promise<Map<number, Record<string, string | null>>> {
  const object = findObject(catalog, objectName)
  const updated = rows.filter(({ outcome, record }) => outcome === 'updated' && record !== null)
  const naming = targets.flatMap(({ path, reference, field, object: name }, at) => {
    const to = findObject(catalog, name)
    return to && reference?.targets?.length === 1 && field.name === to.nameField ? [{ path, at, reference: reference.name, to }] : []
  })
  const links = new Map<number, Record<string, string | null>>(updated.map(({ row }) => [row, {}]))
  if (!object || updated.length === 0) return links
  for (const { path, at, reference: name, to } of naming) {
    const held = await readFields(tx, organization, object, [name], updated.map(({ record }) => record ?? ''))
    const names = await recordNames(tx, organization, to, [...held.values()].flatMap((values) => values[name] ?? []))
    for (const { row, record, cells } of updated) {
      const change = diffs.find((diff) => diff.row === row)?.fields[name]
      Object.assign(links.get(row) ?? {}, { [path]: change ? change.toName ?? (change.to === null ? null : cells[at] ?? null) : names.get(held.get(record ?? '')?.[name] ?? '') ?? null })
    }
  }
  return links
}
