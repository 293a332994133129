import type { Catalog } from '../schema/catalog.ts'

/**
 * The objects called `names`, those that refer before those that are referred to: contacts before their accounts. Where
 * references go round in a circle, the catalog's order decides.
 */
export function undoOrder(catalog: Catalog, names: readonly string[]): string[] {
  const order: string[] = []
  const entered = new Set<string>()
  const enter = (name: string): void => {
    if (entered.has(name)) return
    entered.add(name)
    for (const object of catalog.objects) {
      if (names.includes(object.name) && object.fields.some((field) => field.kind === 'reference' && field.targets?.includes(name))) enter(object.name)
    }
    order.push(name)
  }
  for (const object of catalog.objects) if (names.includes(object.name)) enter(object.name)
  return order
}
