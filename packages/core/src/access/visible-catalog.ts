import type { Catalog } from '../schema/catalog.ts'
import type { ObjectType } from '../schema/object.ts'
import { mayOn } from './role.ts'
import type { Role } from './role.ts'

/** What a full name is put together of: one of which a part is hidden is hidden, too. */
export const nameParts = ['first_name', 'last_name'] as const

/**
 * The catalog as members of the role know it: objects that they may not read, and fields that are hidden from them, do not exist. Whatever takes
 * names from the catalog (selections, mappings, edits) thereby cannot reach them.
 */
export function visibleCatalog(catalog: Catalog, role: Role): Catalog {
  const objects = catalog.objects.filter((object) => mayOn(role, 'read', object.name))
  if (objects.length === catalog.objects.length && Object.values(role.hiddenFields).every((fields) => fields.length === 0)) return catalog
  const known = new Set(objects.map((object) => object.name))
  return { ...catalog, objects: objects.map((object) => visibleObject(object, role, known)) }
}

/** Equal only for roles that see the same of every catalog, whatever else they may do: what was looked up for one may be shown to the other. */
export function sightOf(role: Role): string {
  const others = mayOn(role, 'read', '*')
  const named = Object.keys(role.objects).filter((name) => mayOn(role, 'read', name) !== others).sort()
  const hidden = Object.entries(role.hiddenFields).filter(([, fields]) => fields.length > 0).map(([name, fields]) => [name, [...fields].sort()] as const)
  return JSON.stringify([others, named, hidden.sort(([one], [other]) => (one < other ? -1 : 1))])
}

function visibleObject(object: ObjectType, role: Role, known: ReadonlySet<string>): ObjectType {
  const hidden = new Set(role.hiddenFields[object.name] ?? [])
  const fields = object.fields.flatMap((field) => {
    if (hidden.has(field.name) || (field.companionOf !== undefined && hidden.has(field.companionOf))) return []
    if (field.virtual === 'full-name' && nameParts.some((part) => hidden.has(part))) return []
    if (field.kind !== 'reference') return [field]
    const targets = (field.targets ?? []).filter((target) => known.has(target))
    return targets.length === 0 ? [] : [{ ...field, targets }]
  })
  const names = new Set(fields.map((field) => field.name))
  const seen = (criterion: string): boolean => criterion.split('+').every((part) => names.has(part.split('.')[0] ?? part))
  return { ...object, fields, matchKeys: object.matchKeys.filter((key) => seen(key.criterion)) }
}
