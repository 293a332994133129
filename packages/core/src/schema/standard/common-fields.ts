import type { AddressPart, Field, FieldKind, PicklistOption } from '../field.ts'

/** One standard field in one line: API name, label, kind, and what else applies. */
export function field(name: string, label: string, kind: FieldKind, more: Partial<Field> = {}): Field {
  return { name, label, kind, ...more }
}

export function options(...values: string[]): PicklistOption[] {
  return values.map((value) => ({ value }))
}

/** A phone number with the field beside it that keeps the source text where it differs. */
export function phoneFields(name: string, label: string): Field[] {
  return [field(name, label, 'phone'), field(`${name}_source`, `${label} (as typed)`, 'text', { companionOf: name })]
}

/** An amount whose currency no column names: its ISO code is taken from the amount's own text. */
export function amountFields(name: string, label: string): Field[] {
  const code = `${name}_currency`
  return [field(name, label, 'currency', { currencyField: code }), field(code, `${label} (currency)`, 'text', { maxLength: 3, companionOf: name })]
}

/** Parts of an address: `mailing_street` … for the group `mailing`; bare names for null. */
export function addressFields(group: string | null, parts: readonly AddressPart[] = ['street', 'city', 'state', 'postal-code', 'country']): Field[] {
  return parts.map((part) => {
    const words = group === null ? partLabels[part] : `${group} ${partLabels[part].toLowerCase()}`
    const name = part.replace('-', '_')
    return field(group === null ? name : `${group}_${name}`, words.charAt(0).toUpperCase() + words.slice(1), 'text', { address: { group: group ?? 'main', part } })
  })
}

/** What every record has: who looks after it, its id elsewhere, and when it came and changed. */
export function recordFields(): Field[] {
  return [
    field('owner', 'Owner', 'owner'),
    field('external_id', 'External ID', 'external-id'),
    field('created_at', 'Created', 'date-time', { audit: true }),
    field('updated_at', 'Last modified', 'date-time', { audit: true }),
  ]
}

const partLabels: Record<AddressPart, string> = {
  street: 'Street', street2: 'Street 2', city: 'City', state: 'State', 'postal-code': 'Postal code', country: 'Country',
}
