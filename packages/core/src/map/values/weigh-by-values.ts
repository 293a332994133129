import type { Catalog } from '../../schema/catalog.ts'
import { resolvePath } from '../../schema/catalog.ts'
import type { ObjectType } from '../../schema/object.ts'
import type { Candidate } from '../propose/candidate.ts'
import type { ColumnProfile } from './column-profile.ts'
import { conditionShare } from './condition-words.ts'
import { fitShare, leastValues } from './fits-field.ts'
import type { ValueKind } from './value-kinds.ts'

/** A proposal whose values mostly do not fit is at best shown. */
const fitting = 0.6
const mostWhenUnfit = 0.66
const contradicted = 0.15
/** Lists of jobs hold the common ones. */
const working = 0.3
const mostlySeveralWords = 0.8
/** Kinds that are told by their form, beyond doubt. */
const plain: readonly ValueKind[] = ['email', 'url', 'domain', 'date', 'country', 'full-name', 'company', 'salutation']
/** A list of addresses may still be addresses, but no list is a name. */
const noName: readonly ValueKind[] = [...plain, 'list', 'boolean', 'number', 'integer']

/**
 * A header's candidate in the light of the cells: surer where they fit the field, capped where they mostly do not, given up where nearly
 * none does. `contradicts` says the last, so that the values may speak for themselves. `isOnlyName`: the file has no last name and no whole one.
 */
export function weighByValues(catalog: Catalog, object: ObjectType, candidate: Candidate, profile: ColumnProfile | undefined, isOnlyName = false): { candidate: Candidate; contradicts: boolean } {
  const found = resolvePath(catalog, object, candidate.path)
  // "State" is a part of the address, or how the record stands: "Active", "Closed".
  if (profile && profile.sampled >= leastValues && candidate.address !== null && candidate.path.endsWith('state') && conditionShare(profile.vocabulary) >= fitting) return { candidate: { ...candidate, sureness: 0 }, contradicts: true }
  // What is called by the names of people is about them: a list of calls.
  if (profile && profile.sampled >= leastValues && object.name === 'activities' && candidate.path === 'subject' && (profile.shares['full-name'] ?? 0) >= fitting) return { candidate: { ...candidate, sureness: Math.min(candidate.sureness, 0.4) }, contradicts: true }
  // A German "Titel" is an academic one, or what somebody does: "Dr.", "Geschäftsführer".
  if (profile && profile.sampled >= leastValues && candidate.path === 'salutation' && (profile.shares.job ?? 0) >= working && (profile.shares.salutation ?? 0) < working && object.fields.some(({ name }) => name === 'title')) {
    return { candidate: { ...candidate, path: 'title' }, contradicts: false }
  }
  // "Jméno" and "Nombre" are the first name beside a last one, else the whole where there are several words.
  if (profile && profile.sampled >= leastValues && candidate.path === 'first_name' && isOnlyName && (profile.shares.words ?? 0) >= mostlySeveralWords && object.fields.some(({ name }) => name === 'full_name')) {
    return { candidate: { ...candidate, path: 'full_name' }, contradicts: false }
  }
  const share = profile && 'field' in found ? fitShare(found.field, profile) : null
  if (share === null) return { candidate, contradicts: false }
  if (share >= fitting) return { candidate: { ...candidate, sureness: candidate.sureness + (1 - candidate.sureness) * 0.3 * share }, contradicts: false }
  // What we merely do not recognize (a date in a form of its own) is no proof against the header; what is plainly something else is.
  const contradicts = share < contradicted && ('field' in found && found.field.virtual === 'full-name' ? noName : plain).some((kind) => (profile?.shares[kind] ?? 0) >= fitting)
  return { candidate: { ...candidate, sureness: Math.min(candidate.sureness, contradicts ? 0.4 : mostWhenUnfit) }, contradicts }
}

/**
 * A related record that a header names ("Primary Contact") is found by what the cells hold: its e-mail address, where they are addresses
 * and it has one. That is told by one cell, since no name has an address's form.
 */
export function byAddress(catalog: Catalog, object: ObjectType, candidate: Candidate, profile: ColumnProfile | undefined): Candidate {
  const [reference, name, ...more] = candidate.path.split('.')
  if (!profile || profile.sampled === 0 || more.length > 0 || (name !== 'full_name' && name !== 'name') || (profile.shares.email ?? 0) < fitting) return candidate
  const path = `${reference ?? ''}.email`
  const found = resolvePath(catalog, object, path)
  return 'field' in found && found.field.kind === 'email' ? { ...candidate, path: found.path, weight: candidate.weight * 0.9, evidence: { kind: 'addresses' } } : candidate
}

/** What the values add to the reason, in half a sentence; null where they say nothing. */
export function valuesReason(catalog: Catalog, object: ObjectType, path: string, profile: ColumnProfile | undefined): string | null {
  const found = resolvePath(catalog, object, path)
  const kind = 'field' in found ? found.field.kind : null
  const said = kind === 'email' ? 'e-mail addresses' : kind === 'phone' ? 'telephone numbers' : kind === 'url' ? 'web addresses' : kind === 'date' || kind === 'date-time' ? 'dates'
    : kind === 'number' || kind === 'currency' || kind === 'percent' ? 'numbers' : null
  const share = profile && 'field' in found && said !== null ? fitShare(found.field, profile) : null
  return share === null || said === null ? null : `${Math.round(share * 100)} % of its values are ${said}`
}
