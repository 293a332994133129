import { optionLookup } from '@longshore/core'
import type { ColumnMapping, ImportDefinition, Mapping, Target } from '@longshore/core'
import { columnsWithValueMaps } from '@longshore/store'
import type { Workspace } from '../../open-workspace.ts'

/** What earlier imports decided about values that are no option, by column; `from`: the job that decided last. */
export interface RememberedValues { header: string; values: Record<string, string>; from: number }

/**
 * The definition with the values that people mapped in earlier, finished imports of the object: a value that somebody has decided once is not
 * asked about again. The latest decision wins; what the definition itself maps, and what has become an option since, is left as it is.
 */
export async function withRememberedValues({ db, organization }: Workspace, definition: ImportDefinition, mapping: Mapping): Promise<{ definition: ImportDefinition; remembered: RememberedValues[] }> {
  const targets = mapping.targets.filter((target) => target.column !== null && (target.field.kind === 'picklist' || target.field.kind === 'multi-select'))
  if (targets.length === 0) return { definition, remembered: [] }
  const earlier = await db.transaction(null, (tx) => columnsWithValueMaps(tx, organization, mapping.object.name), { readOnly: true })
  const decided = new Map<string, Map<string, { stored: string; job: number }>>()
  for (const { job, columns } of earlier) {
    for (const { field, transforms } of columns as ColumnMapping[]) {
      if (!field) continue
      const known = decided.get(field) ?? new Map<string, { stored: string; job: number }>()
      decided.set(field, known)
      for (const [found, stored] of mapped(transforms)) if (!known.has(found)) known.set(found, { stored, job })
    }
  }
  const columns = [...definition.columns]
  const remembered: RememberedValues[] = []
  for (const target of targets) {
    const useful = [...decided.get(target.path) ?? []].filter(([found, { stored }]) => isUseful(target, found, stored))
    if (useful.length === 0) continue
    const values = Object.fromEntries(useful.map(([found, { stored }]) => [found, stored]))
    remembered.push({ header: target.header ?? '', values, from: Math.max(...useful.map(([, { job }]) => job)) })
    const position = (target.column ?? 0) + 1
    const at = columns.findIndex((column) => column.position === position || (column.position === undefined && column.header?.trim() === target.header?.trim()))
    const transform = { kind: 'value-map' as const, values, otherwise: 'keep' as const }
    const column = columns[at]
    if (column) columns[at] = { ...column, transforms: [...column.transforms ?? [], transform] }
    else columns.push({ position, transforms: [transform] })
  }
  return { definition: { ...definition, columns }, remembered }
}

function mapped(transforms: ColumnMapping['transforms']): [found: string, stored: string][] {
  return (transforms ?? []).flatMap((transform) => (transform.kind === 'value-map' ? Object.entries(transform.values).map(([found, stored]) => [found.trim(), stored] as [string, string]) : []))
}

function isUseful({ field, transforms }: Target, found: string, stored: string): boolean {
  const options = optionLookup(field.options ?? [])
  if (found === '' || options.find(found) !== undefined || (stored !== '' && options.find(stored) === undefined)) return false
  return !mapped(transforms).some(([own]) => own.toLowerCase() === found.toLowerCase())
}
