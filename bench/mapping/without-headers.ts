import { findObject, profileColumn, proposeMapping, standardCatalog } from '@longshore/core'
import type { Field } from '@longshore/core'
import { drawFrom, makers, type Draw } from './made-columns.ts'

/** What stands in each made column of a file, by the field path it belongs to. */
const files: { object: string; columns: Record<string, string> }[] = [
  { object: 'contacts', columns: { salutation: 'salutation', first_name: 'first_name', last_name: 'last_name', email: 'email', phone: 'phone', title: 'title', 'account.name': 'company', linkedin_url: 'linkedin_url', mailing_street: 'street', mailing_city: 'city', mailing_state: 'state', mailing_postal_code: 'postal_code', mailing_country: 'country', birthdate: 'birthdate', lead_source: 'option', created_at: 'created_at', description: 'description', website: 'website', tags: 'tags' } },
  { object: 'contacts', columns: { full_name: 'full_name', email: 'email', phone: 'phone', 'account.name': 'company', mailing_city: 'city', mailing_country: 'country' } },
  { object: 'leads', columns: { full_name: 'full_name', company: 'company', email: 'email', phone: 'phone', status: 'option', industry: 'option', rating: 'option', street: 'street', city: 'city', postal_code: 'postal_code', country: 'country', website: 'website', created_at: 'created_at' } },
  { object: 'accounts', columns: { name: 'company', domain: 'domain', website: 'website', industry: 'option', phone: 'phone', account_type: 'option', billing_street: 'street', billing_city: 'city', billing_postal_code: 'postal_code', billing_country: 'country', annual_revenue: 'amount', created_at: 'created_at' } },
  { object: 'deals', columns: { amount: 'amount', currency: 'currency', stage: 'option', deal_type: 'option', close_date: 'close_date', probability: 'probability', 'account.name': 'company', 'contact.email': 'email', created_at: 'created_at', lead_source: 'option' } },
  { object: 'activities', columns: { type: 'option', status: 'option', priority: 'option', date: 'date', due_date: 'due_date', 'related_account.name': 'company', description: 'description' } },
]
/** Fields whose values say by their form what they are; names, job titles and free text are known by lists, if at all. */
const untyped: ReadonlySet<string> = new Set(['full_name', 'first_name', 'last_name', 'name', 'company', 'account.name', 'related_account.name', 'title', 'description', 'tags', 'mailing_city', 'city', 'billing_city'])

export interface HeaderlessFigures { typed: number; typedRight: number; all: number; allRight: number; wrong: string[] }

/** Files without headers, 300 rows each: how many columns are mapped by their values alone. */
export function withoutHeaders(): HeaderlessFigures {
  const catalog = standardCatalog()
  const figures: HeaderlessFigures = { typed: 0, typedRight: 0, all: 0, allRight: 0, wrong: [] }
  for (const [i, file] of files.entries()) {
    const object = findObject(catalog, file.object)
    if (!object) continue
    const draw = drawFrom(i + 1)
    const entries = Object.entries(file.columns)
    const profiles = entries.map(([path, kind]) => profileColumn(Array.from({ length: 300 }, () => cell(object.fields.find(({ name }) => name === path), kind, draw))))
    const answers = proposeMapping({ catalog, object, columns: entries.map((_, column) => `Column ${column + 1}`), profiles })
    for (const [column, [path]] of entries.entries()) {
      const right = answers[column]?.field === path
      figures.all++
      if (right) figures.allRight++
      else figures.wrong.push(`${file.object} ${path}: ${answers[column]?.field ?? 'nothing'}`)
      if (untyped.has(path)) continue
      figures.typed++
      if (right) figures.typedRight++
    }
  }
  return figures
}

function cell(field: Field | undefined, kind: string, draw: Draw): string {
  if (kind !== 'option') return makers[kind]?.(draw) ?? ''
  const options = field?.options ?? []
  return options[Math.floor(draw() * Math.min(6, options.length))]?.value ?? ''
}
