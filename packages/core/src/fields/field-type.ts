import type { Field, FieldKind } from '../schema/field.ts'
import { booleanType } from './boolean.ts'
import type { ColumnReading } from './column-reading.ts'
import { currencyType } from './currency.ts'
import { dateType } from './date.ts'
import { dateTimeType } from './date-time.ts'
import { emailType } from './email.ts'
import { externalIdType } from './external-id.ts'
import { longTextType } from './long-text.ts'
import { multiSelectType } from './multi-select.ts'
import { numberType } from './number.ts'
import { ownerType } from './owner.ts'
import { percentType } from './percent.ts'
import { phoneType } from './phone.ts'
import { picklistType } from './picklist.ts'
import type { Problem } from './problem.ts'
import { referenceType } from './reference.ts'
import type { RowContext } from './row-context.ts'
import { tagsType } from './tags.ts'
import { textType } from './text.ts'
import { urlType } from './url.ts'

/** What every kind of field can do. Whoever knows one knows all. */
export interface FieldType {
  readonly kind: FieldKind
  /**
   * Canonical text (what staging keeps and PostgreSQL casts), or what is wrong with it; where that is a mere warning, the field is left empty. `text` is trimmed and not empty.
   * `reading` is what the column's values say together; without it a value stands for itself.
   * Never throws, and takes time linear in the length of `text`.
   */
  parse(text: string, field: Field, row: RowContext, reading?: ColumnReading): string | Problem
  /** What is kept beside the canonical text (phone: the source where it differs; currency: the ISO code the text bears), or null. */
  companion?(text: string, canonical: string, field: Field, row: RowContext, reading?: ColumnReading): string | null
  /** What people and files read. `parse(print(canonical))` is `canonical` again. */
  print(canonical: string, field: Field): string
  /** A doubt about a value that was taken (a phone number that cannot be dialled), or null. Call it only when `mayWarn`. */
  warn?(text: string, canonical: string, field: Field, row: RowContext, reading?: ColumnReading): Problem | null
  /** Whether `warn` exists, as a flag that a compiled check can read once. */
  readonly mayWarn: boolean
  /** Whether the merge rule *append* makes sense: set union for lists, a new line for long text. */
  readonly appendable: boolean
}

const fieldTypes: Record<FieldKind, FieldType> = {
  text: textType,
  'long-text': longTextType,
  email: emailType,
  phone: phoneType,
  url: urlType,
  date: dateType,
  'date-time': dateTimeType,
  number: numberType,
  currency: currencyType,
  percent: percentType,
  boolean: booleanType,
  picklist: picklistType,
  'multi-select': multiSelectType,
  tags: tagsType,
  reference: referenceType,
  owner: ownerType,
  'external-id': externalIdType,
}

export function fieldType(kind: FieldKind): FieldType {
  return fieldTypes[kind]
}
