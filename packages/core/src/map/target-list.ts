import type { MergeRule } from '../definition/import.ts'
import { noReading } from '../fields/column-reading.ts'
import { findField, type FieldPath } from '../schema/catalog.ts'
import type { AssignedColumn } from './columns-by-hand.ts'
import type { Target } from './mapping.ts'
import { referencePath } from '../schema/reference-path.ts'

/** The targets of a mapping while it is put together: one per field path, in the order in which their columns come. */
export class TargetList {
  private readonly targets: Target[] = []

  /** `bare`: the column counts only in rows that say this object. */
  addColumn({ position, header, given, combined }: AssignedColumn, to: FieldPath, merge: MergeRule, { part, bare = false }: { part?: Target['part']; bare?: boolean } = {}): void {
    const said = {
      transforms: given?.transforms ?? [], default: given?.default ?? null, blankClears: given?.blankClears ?? false, merge,
    }
    if (to.field.virtual !== 'full-name') {
      const target = this.at(to, merge)
      Object.assign(target, said, { column: position, header, ...(combined && given?.combine ? { combine: { columns: combined, separator: given.combine.separator } } : {}), ...(part ? { part } : {}), ...(bare ? { onlyFor: -1 } : {}) })
      return
    }
    for (const part of ['first', 'last'] as const) {
      const field = findField(to.object, `${part}_name`)
      if (!field) continue
      const through = referencePath(to)
      const path = through === null ? field.name : `${through}.${field.name}`
      const target = this.at({ ...to, path, field }, merge)
      // A part with a column of its own keeps what was said of that column.
      if (target.column === null) Object.assign(target, { blankClears: said.blankClears, merge })
      target.nameFrom = { column: position, header, part, transforms: said.transforms }
      if (bare) target.onlyFor = -1
    }
  }

  addDefault(to: FieldPath, text: string, merge: MergeRule): void {
    const target = this.at(to, merge)
    target.default ??= text
  }

  /** All targets, each companion right after its parent: a phone's source text, and an amount's code where that has no column of its own. */
  withCompanions(): Target[] {
    const all: Target[] = []
    const named = new Set(this.targets.map((target) => target.path))
    for (const target of this.targets) {
      const parent = all.push(target) - 1
      const { object, field, reference, path } = target
      const prefix = path.slice(0, path.length - field.name.length)
      for (const companion of object.fields) {
        if (companion.companionOf !== field.name && companion.name !== field.currencyField) continue
        if (named.has(prefix + companion.name)) continue
        named.add(prefix + companion.name)
        const { blankClears, merge } = target
        all.push({ ...blankTarget({ path: prefix + companion.name, field: companion, object, reference }, merge), blankClears, companionOf: parent })
      }
    }
    return all
  }

  /** The target for a path, made when it is new. A full-name column may come before the column of one of its parts. */
  private at(to: FieldPath, merge: MergeRule): Target {
    const known = this.targets.find((target) => target.path === to.path)
    if (known) return known
    const target = blankTarget(to, merge)
    this.targets.push(target)
    return target
  }
}

function blankTarget({ path, field, object, reference }: FieldPath, merge: MergeRule): Target {
  return {
    path, field, object, reference, column: null, header: null, nameFrom: null, transforms: [], reading: noReading, default: null, blankClears: false, merge, companionOf: null,
  }
}
