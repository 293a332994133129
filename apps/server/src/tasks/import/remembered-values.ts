import { optionLookup } from '@longshore/core'
import type { ColumnMapping, ImportDefinition, Mapping, Target } from '@longshore/core'
import { rememberedValues, type ValueDecision } from '@longshore/store'
import type { Workspace } from '../../open-workspace.ts'
import { sayMore } from './say-more.ts'

/** What earlier imports decided about values that are no option, by column; `from`: the job that decided last. */
export interface RememberedValues { header: string; values: Record<string, string>; from: number }

/**
 * The definition with the values that people mapped in earlier, finished imports of the object: a value that somebody has decided once is not
 * asked about again. The actor's own decision goes before that of others, of which the latest wins; what the definition itself maps, and what has become an option since, is left as it is.
 */
export async function withRememberedValues({ db, organization, actor }: Workspace, definition: ImportDefinition, mapping: Mapping): Promise<{ definition: ImportDefinition; remembered: RememberedValues[] }> {
  const targets = mapping.targets.filter((target) => target.column !== null && hasOptions(target))
  if (targets.length === 0) return { definition, remembered: [] }
  const decided = await db.transaction(null, (tx) => rememberedValues(tx, organization, mapping.object.name, targets.map(({ path }) => path), actor.member?.id), { readOnly: true })
  let columns = definition.columns
  const remembered: RememberedValues[] = []
  for (const target of targets) {
    const useful = decided.filter(({ field, found, stored }) => field === target.path && isUseful(target, found, stored))
    if (useful.length === 0) continue
    const values = Object.fromEntries(useful.map(({ found, stored }) => [found, stored]))
    remembered.push({ header: target.header ?? '', values, from: Math.max(...useful.map(({ job }) => job)) })
    const position = (target.column ?? 0) + 1
    const transform = { kind: 'value-map' as const, values, otherwise: 'keep' as const }
    columns = sayMore(columns, { header: target.header ?? '', position }, (known) => (known ? { ...known, transforms: [...known.transforms ?? [], transform] } : { position, transforms: [transform] }))
  }
  return { definition: { ...definition, columns }, remembered }
}

/** The values that a mapping's columns map by hand, to be remembered once the import is finished. */
export function valueDecisions(mapping: Mapping): ValueDecision[] {
  return mapping.targets.filter(hasOptions).flatMap(({ path, transforms }) => mapped(transforms).filter(([found]) => found !== '').map(([found, stored]) => ({ field: path, found, stored })))
}

function hasOptions({ field }: Target): boolean {
  return field.kind === 'picklist' || field.kind === 'multi-select'
}

function mapped(transforms: ColumnMapping['transforms']): [found: string, stored: string][] {
  return (transforms ?? []).flatMap((transform) => (transform.kind === 'value-map' ? Object.entries(transform.values).map(([found, stored]) => [found.trim(), stored] as [string, string]) : []))
}

function isUseful({ field, transforms }: Target, found: string, stored: string): boolean {
  const options = optionLookup(field.options ?? [])
  if (found === '' || options.find(found) !== undefined || (stored !== '' && options.find(stored) === undefined)) return false
  return !mapped(transforms).some(([own]) => own.toLowerCase() === found.toLowerCase())
}
