import { referencePath } from '@longshore/core'
import type { Catalog, Field, ObjectType } from '@longshore/core'

/** Rows that fill every field of an object that a file may fill, and what an export must say of each. */
export interface FilledRows { paths: string[]; rows: string[][]; exported: string[][] }

/** As many rows as the longest list of options (without the ISO codes of currencies) has, so that each option is stored once. */
export function filledRows(catalog: Catalog, object: ObjectType): FilledRows {
  const fields = object.fields.filter((field) => field.virtual === undefined && !field.companionOf)
  const count = Math.max(3, ...fields.filter(({ name }) => !isCode(name)).map(({ options }) => options?.length ?? 0))
  const paths = fields.flatMap((field) => (field.kind === 'reference' ? keyPath(catalog, object, field) : [field.name]))
  const cells = (n: number): { file: string; out: string }[] => fields.flatMap((field) => (field.kind === 'reference' && keyPath(catalog, object, field).length === 0 ? [] : [cellOf(object, field, n)]))
  const rows = Array.from({ length: count }, (_, i) => cells(i + 1))
  return { paths, rows: rows.map((row) => row.map(({ file }) => file)), exported: rows.map((row) => row.map(({ out }) => out)) }
}

/** The record that rows refer to: every object's first, by the key that references find it with. */
function keyPath(catalog: Catalog, object: ObjectType, field: Field): string[] {
  const target = catalog.objects.find(({ name }) => name === field.targets?.[0])
  // a record of the same object that the file itself makes cannot be referred to by it yet
  return target === undefined || target.name === object.name ? [] : [`${referencePath({ reference: field, object: target }) ?? ''}.${target.referenceKey ?? 'external_id'}`]
}

function cellOf(object: ObjectType, field: Field, n: number): { file: string; out: string } {
  const both = (text: string): { file: string; out: string } => ({ file: text, out: text })
  const pad = String(n).padStart(2, '0')
  switch (field.kind) {
    case 'text': return both(n === 2 ? `=SUM(A${n})` : `${field.name} "${n}", ok`)
    case 'long-text': return both(`${field.name}\nline ${n};\ttab \\ end`)
    case 'email': return both(`${object.singular}.${field.name}${n}@example.com`)
    case 'phone': return { file: `(212) 555-01${pad}`, out: `+121255501${pad}` }
    case 'url': return both(`https://example.com/${field.name}?n=${n}&x=%20`)
    case 'date': return { file: n % 2 === 0 ? `${n} March 2024` : `2024-03-${pad}`, out: `2024-03-${pad}` }
    case 'date-time': return { file: `2024-02-29 14:${pad}`, out: `2024-02-29T14:${pad}:00Z` }
    case 'number': return field.precision?.decimals === 0 ? { file: `12,00${n % 10}`, out: `1200${n % 10}` } : { file: `1.50${n % 10}`, out: `1.50${n % 10}` }
    case 'currency': return { file: `1,234.5${n % 10}`, out: `1234.5${n % 10}` }
    case 'percent': return { file: `${n}.5 %`, out: `${n}.5` }
    case 'boolean': return { file: n % 2 === 0 ? 'yes' : 'no', out: n % 2 === 0 ? 'true' : 'false' }
    case 'picklist': {
      const value = field.options?.[(n - 1) % (field.options.length || 1)]?.value ?? 'free'
      return { file: n % 2 === 0 ? value.toUpperCase() : value, out: value }
    }
    case 'multi-select': {
      const values = (field.options ?? []).map(({ value }) => value).filter((_, i) => i % 2 === n % 2)
      return { file: values.join(';'), out: values.join('; ') }
    }
    case 'tags': return { file: `tag ${n}; both`, out: `tag ${n}; both` }
    case 'reference': return both(referredValue(field, n))
    case 'owner': return { file: 'Owner@LOCALHOST', out: 'owner@localhost' }
    case 'external-id': return both(`00${object.singular}-${n}`)
  }
}

/** Records of every object are filled by `filledRows`, so the values of their keys are known. */
function referredValue(field: Field, n: number): string {
  const target = field.targets?.[0] ?? ''
  const singular = target === 'activities' ? 'activity' : target.replace(/s$/, '')
  const first = n === 2 ? 1 : Math.min(n, 3)
  if (target === 'contacts' || target === 'leads') return `${singular}.email${first}@example.com`
  if (target === 'accounts' || target === 'deals' || target === 'products') return `name "${first}", ok`
  return `00${singular}-${first}`
}

function isCode(name: string): boolean {
  return name.endsWith('currency')
}
