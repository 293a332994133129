import { nearestHint } from '../fields/nearest.ts'
import { optionLookup } from '../fields/option-lookup.ts'
import { Fault } from '../issues/fault.ts'
import type { Mapping } from '../map/mapping.ts'

/** Refuses a value mapping that leads to nothing that its picklist has: one typo is one fault then, and not an issue per row. */
export function refuseBadValueMaps({ targets }: Mapping): void {
  for (const { field, path, header, transforms } of targets) {
    if (field.kind !== 'picklist' || field.restricted === false || field.name === 'stage') continue
    // what comes after a value map may change its values again
    const maps = transforms.flatMap((transform, i) => (transform.kind === 'value-map' && transforms.slice(i).every(({ kind }) => kind !== 'case') ? Object.entries(transform.values) : []))
    if (maps.length === 0) continue
    const options = optionLookup(field.options ?? [])
    for (const [found, stored] of maps) {
      if (stored.trim() === '' || options.find(stored.trim()) !== undefined) continue
      throw new Fault('value-map-invalid', `The column "${header ?? ''}" is to take "${found}" as "${stored}", which is no option of ${path}${nearestHint(stored, options.values)}. There are: ${options.values.slice(0, 20).join(', ')}.`, { path: 'columns' })
    }
  }
}
