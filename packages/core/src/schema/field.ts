/**
 * The kinds of field that an object can have. The list is closed: each kind has one file under `fields/`
 * with its parse, print and constraints, and one column type in the store.
 */
export const fieldKinds = [
  'text', 'long-text', 'email', 'phone', 'url', 'date', 'date-time', 'number', 'currency', 'percent', 'boolean',
  'picklist', 'multi-select', 'tags', 'reference', 'owner', 'external-id',
] as const
export type FieldKind = (typeof fieldKinds)[number]

/** Which part of an address a text field holds; parts of one address share `address.group` (`mailing`, `billing`). */
export type AddressPart = 'street' | 'street2' | 'city' | 'state' | 'postal-code' | 'country'

export interface PicklistOption {
  /** What is stored and matched. */
  value: string
  /** What people read; the value where absent. */
  label?: string
  /** An inactive option stays readable on records but is refused on import. */
  active?: boolean
}

/** One attribute of an object. `name` is the API name: lower case, `^[a-z][a-z0-9_]{0,47}$`. */
export interface Field {
  name: string
  label: string
  kind: FieldKind
  /** Needed when a record is created. */
  required?: boolean
  /** Only for text kinds: the longest value, in characters. Absent: 255 for text and external-id, 131 072 for long-text. */
  maxLength?: number
  /** number, currency and percent: digits before and after the point that the column holds, default 18 and 6. */
  precision?: { integerDigits: number; decimals: number }
  /** number, currency and percent: inclusive bounds, as decimal text. */
  min?: string
  max?: string
  /** picklist and multi-select. */
  options?: PicklistOption[]
  /** picklist: false lets a file bring values outside the options (a warning then). Default true. */
  restricted?: boolean
  /** reference: API names of the objects it may point to. */
  targets?: string[]
  /** Set on the parts of an address. */
  address?: { group: string; part: AddressPart }
  /**
   * text: the value is a country or a state, stored as its code (ISO 3166 `DE`; of ISO 3166-2 what stands behind the country, `BY`), so that
   * `DE`, `Germany` and `Deutschland` are one to a filter. What is not recognised is kept as it is, with a warning.
   */
  iso?: 'country' | 'state'
  /** phone, url …: not among the standard fields. */
  custom?: boolean
  /**
   * The field is filled from its parent's value, never by a column of its own: the source text of a phone
   * (`phone` → `phone_source`), the ISO code of an amount that has no code field of its own.
   */
  companionOf?: string
  /** currency: API name of the field with the ISO 4217 code of this amount. */
  currencyField?: string
  /** Value a new record takes when the file brings none, as text that the kind can parse. */
  default?: string
  /** Kept by Longshore itself (created_at, updated_at): writable by a file only with the right to set audit fields. */
  audit?: boolean
  /**
   * Mappable, but not stored as such: `full_name` is split on the way in and joined on the way out; `related_to.object` says to which
   * object another column's reference leads; `id` finds the record that Longshore gave this number.
   */
  virtual?: 'full-name' | 'target-object' | 'record-id'
  help?: string
}
