import type { ImportDefinition } from '../definition/import.ts'
import type { ColumnReading } from '../fields/column-reading.ts'
import { fieldType, type FieldType } from '../fields/field-type.ts'
import type { RowContext } from '../fields/row-context.ts'
import type { Mapping } from '../map/mapping.ts'
import type { Field } from '../schema/field.ts'
import { referencePath } from '../schema/reference-path.ts'
import { compileTransforms, transformOf } from '../transform/compile-transforms.ts'
import type { ColumnBook } from './evidence/column-book.ts'
import type { ColumnEvidence } from './evidence/column-evidence.ts'
import { nullWordsOf, type NullWords } from './null-words.ts'
import type { RowScope } from './row-scope.ts'

/** What becomes of an empty cell in a required field. */
export type WhenMissing = 'nothing' | 'error' | 'error-on-create'

/** Everything the check needs for one target, looked up once: the hot loop touches only numbers, functions and this. */
export interface CellStep {
  /** Target position. */
  position: number
  /** Column position; -1 for none. */
  column: number
  /** Column of a full name; -1 for none. */
  nameColumn: number
  namePart: 'first' | 'last'
  /** Transforms of the full-name column, which come before the split. */
  nameTransform: ((text: string) => string) | null
  transform: ((text: string) => string) | null
  reading: ColumnReading
  nullWords: NullWords
  /** Takes down what the values of the column say together; null where a value stands for itself. */
  evidence: ColumnEvidence | null
  /** Other columns whose texts are joined to this one's; null for nearly all. */
  combine: { columns: number[]; separator: string } | null
  /** Text for an empty cell, trimmed, or null. */
  default: string | null
  field: Field
  type: FieldType
  /** Whether values of this field can raise a doubt: an option of a closed list never does. */
  mayWarn: boolean
  context: RowContext
  whenMissing: WhenMissing
  /** Target position of the companion that this step fills; -1 for none. */
  companion: number
  /** Position of the target with this amount's ISO code; -1 when it is no amount or has none. */
  code: number
  /** Target position of the cell that says to which object the row's reference leads: the step is for rows that say `onlyObject`; -1 for all rows. */
  onlyFor: number
  onlyObject: string
  header: string | null
  path: string
}

/** One step per target that is not a companion, in target order; what others wait for comes first. */
export function cellSteps(mapping: Mapping, definition: ImportDefinition, scopes: readonly RowScope[], book: ColumnBook | null): CellStep[] {
  return mapping.targets.flatMap((target, position) => {
    const { field, object, reference, path } = target
    const through = referencePath(target)
    const scope = scopes.find((s) => s.reference === through)
    if (target.companionOf !== null || !scope) return []
    const type = fieldType(field.kind)
    const prefix = path.slice(0, path.length - field.name.length)
    const named = (name: string | undefined): number => (name === undefined ? -1 : mapping.targets.findIndex((t) => t.path === prefix + name))
    const follower = object.fields.find((f) => f.companionOf === field.name && f.name !== field.currencyField)
    const step: CellStep = {
      position,
      column: target.column ?? -1,
      nameColumn: target.nameFrom?.column ?? -1,
      namePart: target.nameFrom?.part ?? 'last',
      nameTransform: compileTransforms(target.nameFrom?.transforms ?? []),
      transform: transformOf(target),
      combine: target.combine ?? null,
      reading: target.reading,
      nullWords: nullWordsOf(field, target.nullWords),
      evidence: book?.evidence[position] ?? null,
      default: target.default?.trim() || null,
      field,
      type,
      mayWarn: type.mayWarn && (field.kind !== 'picklist' || field.restricted === false) && (field.kind !== 'text' || field.iso !== undefined),
      context: scope.context,
      whenMissing: reference === null ? whenMissing(definition, field, target.blankClears) : 'nothing',
      companion: type.companion && field.kind !== 'currency' ? named(follower?.name) : -1,
      code: field.kind === 'currency' ? named(field.currencyField ?? follower?.name) : -1,
      onlyFor: target.onlyFor ?? -1,
      onlyObject: object.name,
      header: target.header || target.nameFrom?.header || null,
      path,
    }
    return [step]
  }).sort((a, b) => Number(b.field.virtual === 'target-object') - Number(a.field.virtual === 'target-object'))
}

/**
 * Updates may leave a required field out, but never empty it. Where a row may turn out to update or to create, a missing value counts
 * only against creating.
 */
export function whenMissing({ operation, onDuplicate }: ImportDefinition, field: Field, blankClears: boolean): WhenMissing {
  if (!field.required) return 'nothing'
  if (blankClears && operation !== 'insert') return 'error'
  if (field.default !== undefined || operation === 'update') return 'nothing'
  if (operation === 'upsert' || (operation === 'insert' && (onDuplicate === 'update' || onDuplicate === 'update-if-newer'))) return 'error-on-create'
  return operation === 'insert' ? 'error' : 'nothing'
}
