import type { ObjectType } from '../../schema/object.ts'
import type { Candidate } from '../propose/candidate.ts'
import type { ColumnProfile } from './column-profile.ts'
import { leastValues, optionShare } from './fits-field.ts'
import type { ValueKind } from './value-kinds.ts'

/** A kind of value with the fields that it may mean, first choice first. */
interface ValueRule {
  kind: ValueKind
  /** Share of cells from which the kind counts: names are known by lists that hold only the common ones. */
  from: number
  /** How sure the kind alone makes a field when all cells are of it. */
  sure: number
  fields: readonly string[]
  says: string
  /** Told beyond doubt by its form or its list: it counts below a header of unknown words, too, which mostly names something else. */
  plain?: true
}

const rules: readonly ValueRule[] = [
  { kind: 'email', from: 0.6, sure: 0.93, fields: ['email', 'contact.email', 'related_contact.email'], says: 'e-mail addresses', plain: true },
  { kind: 'linkedin', from: 0.6, sure: 0.93, fields: ['linkedin_url'], says: 'LinkedIn profiles', plain: true },
  { kind: 'url', from: 0.6, sure: 0.85, fields: ['website', 'url'], says: 'web addresses' },
  { kind: 'domain', from: 0.6, sure: 0.84, fields: ['domain', 'website'], says: 'internet domains' },
  { kind: 'phone', from: 0.6, sure: 0.86, fields: ['phone', 'mobile_phone', 'fax'], says: 'telephone numbers', plain: true },
  { kind: 'birth-date', from: 0.75, sure: 0.84, fields: ['birthdate'], says: 'dates of birth' },
  { kind: 'date-time', from: 0.7, sure: 0.76, fields: ['date', 'created_at', 'updated_at'], says: 'dates with a time' },
  { kind: 'date', from: 0.8, sure: 0.72, fields: ['close_date', 'due_date', 'birthdate', 'created_at'], says: 'dates' },
  { kind: 'percent', from: 0.7, sure: 0.84, fields: ['probability', 'tax'], says: 'percentages' },
  { kind: 'money', from: 0.7, sure: 0.74, fields: ['amount', 'price', 'annual_revenue', 'cost'], says: 'amounts of money' },
  { kind: 'salutation', from: 0.7, sure: 0.88, fields: ['salutation'], says: 'forms of address' },
  { kind: 'currency-code', from: 0.8, sure: 0.9, fields: ['currency'], says: 'currency codes' },
  { kind: 'country', from: 0.7, sure: 0.88, fields: ['mailing_country', 'billing_country', 'country'], says: 'countries', plain: true },
  { kind: 'state', from: 0.7, sure: 0.82, fields: ['mailing_state', 'billing_state', 'state'], says: 'states or provinces' },
  { kind: 'postal-code', from: 0.75, sure: 0.8, fields: ['mailing_postal_code', 'billing_postal_code', 'postal_code'], says: 'postal codes' },
  { kind: 'city', from: 0.3, sure: 0.88, fields: ['mailing_city', 'billing_city', 'city'], says: 'cities', plain: true },
  { kind: 'street', from: 0.5, sure: 0.88, fields: ['mailing_street', 'billing_street', 'street'], says: 'streets with a number', plain: true },
  { kind: 'full-name', from: 0.3, sure: 0.92, fields: ['full_name', 'contact.full_name', 'related_contact.full_name'], says: 'names of people' },
  { kind: 'given-name', from: 0.3, sure: 0.9, fields: ['first_name'], says: 'first names', plain: true },
  { kind: 'family-name', from: 0.25, sure: 0.88, fields: ['last_name'], says: 'family names', plain: true },
  { kind: 'company', from: 0.3, sure: 0.9, fields: ['account.name', 'company', 'name', 'related_account.name'], says: 'company names', plain: true },
  { kind: 'job', from: 0.4, sure: 0.85, fields: ['title'], says: 'job titles' },
  { kind: 'department', from: 0.6, sure: 0.82, fields: ['department'], says: 'departments' },
  { kind: 'list', from: 0.5, sure: 0.68, fields: ['tags'], says: 'lists' },
  { kind: 'prose', from: 0.5, sure: 0.7, fields: ['description', 'body'], says: 'longer texts' },
]
const partial: ReadonlySet<ValueKind> = new Set(['city', 'full-name', 'given-name', 'family-name', 'company', 'job', 'street'])
/** Options say something from this many of them on, if they are most of what stands there. */
const leastOptions = 2
const leastOptionShare = 0.6

const longestCode = 3
/** Below a header of its own, addresses are believed where the file has no others. */
const rankOfStrange = 2.6

/** The fields that a column's cells alone speak for, without any help of its header. `plainOnly`: the header says something that is not understood. */
export function valueCandidates(object: ObjectType, position: number, profile: ColumnProfile, plainOnly = false): Candidate[] {
  if (profile.sampled < leastValues) return []
  const found = new Map<string, Candidate>()
  const add = (path: string, sureness: number, what: string): void => {
    if ((found.get(path)?.sureness ?? 0) >= sureness) return
    found.set(path, { position, path, sureness, weight: 1, fallback: false, address: null, emailRank: path === 'email' ? (plainOnly ? rankOfStrange : 0.5) : null, evidence: { kind: 'values', what } })
  }
  for (const { kind, from, sure, fields, says, plain } of rules) {
    if (plainOnly && plain !== true) continue
    const share = profile.shares[kind] ?? 0
    if (share < from || outdone(kind, profile)) continue
    // two letters are many things, and so is a country's code
    if (plainOnly && kind === 'country' && profile.vocabulary.length > 0 && profile.vocabulary.every((text) => text.length <= longestCode)) continue
    // Lists of names and cities hold the common ones: half of the cells found is as good as all.
    const strength = partial.has(kind) ? 0.78 + 0.22 * Math.min(1, share / 0.6) : 0.6 + 0.4 * share
    const known = fields.filter((path) => object.fields.some(({ name }) => name === path.split('.')[0]))
    for (const [i, path] of known.entries()) add(path, sure * strength * 0.9 ** i, `${Math.round(share * 100)} % of its values look like ${says}`)
  }
  if (!plainOnly) for (const field of object.fields) {
    const { vocabulary } = profile
    const share = optionShare(field, vocabulary)
    if (field.kind === 'picklist' && vocabulary.length >= leastOptions && share >= leastOptionShare) add(field.name, 0.62 + 0.28 * share, `${Math.round(share * 100)} % of its values are options of ${field.label}`)
  }
  return [...found.values()]
}

/** What looks like one kind and is more surely another: a job title with a name in it, a family name that is also a city. */
function outdone(kind: ValueKind, { shares, distinct, sampled }: ColumnProfile): boolean {
  const share = shares[kind] ?? 0
  switch (kind) {
    case 'date': return (shares['date-time'] ?? 0) > 0.5 || (shares['birth-date'] ?? 0) > 0.7
    case 'domain': return (shares.email ?? 0) > 0.3
    case 'url': return (shares.linkedin ?? 0) > 0.5
    case 'state': return (shares.country ?? 0) > share || (shares.city ?? 0) > share
    case 'family-name': return (shares['given-name'] ?? 0) >= share || (shares['full-name'] ?? 0) > 0.5 || (shares.city ?? 0) > share
    case 'country': return (shares.boolean ?? 0) > 0.3
    case 'city': return (shares.country ?? 0) > 0.6 || (shares['given-name'] ?? 0) > share || (shares['full-name'] ?? 0) > share
    case 'full-name': return (shares.company ?? 0) > share || (shares.job ?? 0) > share || (shares.street ?? 0) > share
    case 'job': return (shares.company ?? 0) > share || (shares.department ?? 0) > share
    case 'company': return (shares.prose ?? 0) > 0.5
    case 'postal-code': return sampled > 20 && distinct > 0.995 && (shares.integer ?? 0) > 0.95
    case 'list': case 'prose': return (shares.street ?? 0) > 0.5
    default: return false
  }
}
