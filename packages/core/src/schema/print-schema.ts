import { closest } from '../issues/closest.ts'
import { Fault } from '../issues/fault.ts'
import { findObject, type Catalog } from './catalog.ts'

/**
 * The catalog, or one object of it, as a document that `changeSchema` takes: applying it to where it came from changes nothing.
 * Throws a Fault that names the nearest object when there is none called `name`.
 */
export function printSchema(catalog: Catalog, name?: string): { objects: unknown[] } {
  const object = name === undefined ? undefined : findObject(catalog, name)
  if (name !== undefined && !object) {
    const near = closest(name, catalog.objects.map((one) => one.name))
    throw new Fault('object.unknown', `There is no object "${name.slice(0, 80)}".${near === null ? '' : ` Did you mean "${near}"?`} There are ${catalog.objects.map((one) => one.name).join(', ')}.`)
  }
  const objects = object ? [object] : catalog.objects
  return { objects: objects.map(({ matchKeys, ...rest }) => ({ ...rest, matchKeys: matchKeys.map(({ criterion, passing }) => (passing ? { criterion, passing } : criterion)) })) }
}
