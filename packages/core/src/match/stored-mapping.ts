import type { Catalog } from '../schema/catalog.ts'
import type { RowKey } from '../validate/checked-row.ts'
import type { Mapping, Target } from '../map/mapping.ts'
import { Fault } from '../issues/fault.ts'

/**
 * What a job keeps of its mapping: targets and keys as plain JSON, fields as they were when the job was made, objects by name.
 * Staged cells count by these positions, so every later step of the job reads them from here and from nowhere else.
 */
export interface StoredMapping {
  object: string
  targets: (Omit<Target, 'object'> & { object: string })[]
  unmapped: Mapping['unmapped']
  keys: RowKey[]
  /** How many of `keys` are match criteria. They come first. */
  criteria: number
}

export function storeMapping(mapping: Mapping, keys: RowKey[], criteria: number): StoredMapping {
  return {
    object: mapping.object.name,
    targets: mapping.targets.map((target) => ({ ...target, object: target.object.name })),
    unmapped: mapping.unmapped, keys, criteria,
  }
}

/** The mapping that a job was made with. Throws a Fault when an object of it does not exist any more. */
export function restoreMapping(stored: StoredMapping, catalog: Catalog): Mapping {
  const object = (name: string) => {
    const found = catalog.objects.find((o) => o.name === name)
    if (!found) throw new Fault('object.gone', `The object ${name} of this job does not exist any more.`, { remedy: 'stop' })
    return found
  }
  return { object: object(stored.object), unmapped: stored.unmapped, targets: stored.targets.map((target) => ({ ...target, reading: target.reading ?? {}, object: object(target.object) })) }
}

