import { findField, resolvePath, type Catalog } from '../schema/catalog.ts'
import type { ObjectType } from '../schema/object.ts'
import { recordIdField } from '../schema/record-id.ts'
import { referencePath } from '../schema/reference-path.ts'
import { knowledgeOf } from './concept/generic-knowledge.ts'
import { understand } from './concept/understand.ts'
import { entities } from './lexicon/meanings.ts'
import { readAgainIn, readHeader, type HeaderReading } from './header/read-header.ts'
import { rowLanguages, spokenShare } from './header/row-languages.ts'
import { isHalfUnderstood, isMostlyUnderstood, namesItsColumn } from './header/says-something.ts'
import { headerKey } from './header-key.ts'
import { flagName } from './flag-name.ts'
import { findLayout } from './layouts/find-layout.ts'
import { similarPhrase, withSimilarWord } from './header/similar-phrase.ts'
import { withWholeWords } from './header/shortened-words.ts'
import { withoutSharedPrefix } from './header/shared-prefix.ts'
import type { Proposal } from './mapping.ts'
import { bestAssignment } from './propose/best-assignment.ts'
import { calibrated, bandOf, suggestedFrom } from './propose/calibrated.ts'
import type { Candidate } from './propose/candidate.ts'
import { headerCandidates, presenceOf } from './propose/header-candidates.ts'
import { fieldNames, nameCandidate } from './propose/name-candidates.ts'
import { reasonFor } from './propose/reason.ts'
import { settleGroups } from './propose/settle-groups.ts'
import { reportColumns } from './report-columns.ts'
import { isBareReference } from './ways-of-reference.ts'
import type { ColumnProfile } from './values/column-profile.ts'
import { valueCandidates } from './values/value-candidates.ts'
import { byAddress, valuesReason, weighByValues } from './values/weigh-by-values.ts'

export interface ProposalInput {
  catalog: Catalog
  object: ObjectType
  /** Headers by position. */
  columns: readonly string[]
  /** What the cells of each column look like, by position; absent where only headers are known. */
  profiles?: readonly ColumnProfile[]
  /** Field paths that are given already, and the column positions that are spoken for: no proposal touches either. */
  taken?: { paths: ReadonlySet<string>; positions: ReadonlySet<number> }
}

/** A proposal with what it was weighed by: `sureness` before it became a probability. */
export interface WeighedProposal extends Proposal {
  sureness: number
  /** The best field, also where too little speaks for it to be shown. */
  candidate: string | null
  /** Sure enough, yet not to be used: a related record that no column can find, or a moment of a record of our own. */
  heldBack: boolean
}

/** What a column must be worth at least to be given a field at all. */
const leastWorth = 0.2

/**
 * Cells alone are shown, never used: whose e-mail addresses they are, only a header or a person can say. The calibration knows headers alone.
 * A header that is nearly a known one is shown, too, however well the cells fit: most cells fit a text.
 */
const mostByGuess = 0.94

/** A field's own name that also means the field goes before other names of it. */
const ownNameWeight = 1.01

/** How far a header that is nearly a known one is believed. */
const similarSureness = 0.66

/**
 * A field for each column that has one: its header read by dictionary in whatever language the file speaks, in the light of the other
 * columns. One field takes one column and one column one field, so that the whole fits best. The same answer on every run.
 */
export function proposeMapping(input: ProposalInput): Proposal[] {
  return weighMapping(input).map(({ sureness: _s, candidate: _c, heldBack: _h, ...proposal }) => proposal)
}

export function weighMapping({ catalog, object, columns, profiles = [], taken }: ProposalInput): WeighedProposal[] {
  const ours = reportColumns(columns)
  const closed = (position: number): boolean => ours.has(position) || taken?.positions.has(position) === true
  const isEmpty = (position: number): boolean => profiles[position]?.sampled === 0
  const first = withoutSharedPrefix(columns, (prefix) => namesAnother(object, prefix, columns)).map(readHeader)
  const languages = rowLanguages(first)
  const readings = first.map((reading) => readAgainIn(reading, (sense) => sense.languages.some((language) => (languages.get(language) ?? 0) >= spokenShare)))
  const isUnderstood = isMostlyUnderstood(readings)
  const understood = readings.map((reading, position) => {
    const similar = reading.segments.every(({ senses }) => senses.length > 0) ? null : similarReading(reading, languages)
    return { position, header: columns[position] ?? '', understandings: understand(similar?.reading ?? reading, languages), similar: similar && similar.phrase }
  })
  const present = presenceOf(understood)
  const names = fieldNames(catalog, object)
  const layout = findLayout(object.name, columns)

  const all: Candidate[] = []
  const nothing = new Map<number, number>()
  const own = isOwnExport(columns, names.paths)
  for (const column of understood) {
    if (closed(column.position) || (own && isRecordId(column.header.trim(), names.paths))) continue
    const said = layout?.fieldOf(column.header)
    if (said !== undefined) {
      if (said === null) nothing.set(column.position, 1)
      else all.push({ position: column.position, path: said, sureness: 1, weight: 1.1, fallback: false, address: null, emailRank: said === 'email' ? -1 : null, evidence: { kind: 'layout', system: layout?.system ?? '' } })
      continue
    }
    const found = asSimilar(headerCandidates(object, column, present), column.similar)
    nothing.set(column.position, found.nothing)
    const profile = profiles[column.position]
    const label = nameCandidate(names, column.position, column.header)
    const named = label === null || label.evidence.kind === 'api-name' ? label : byAddress(catalog, object, label, profile)
    const same = found.candidates.find(({ path }) => path === named?.path)
    // a field's own name takes part in what columns decide together, like any other
    if (named) all.push({ ...named, weight: same ? Math.max(named.weight, ownNameWeight) : named.weight, address: same?.address ?? null, emailRank: same && same.emailRank !== null ? same.emailRank - 0.01 : null })
    const key = headerKey(column.header)
    const weighed = found.candidates.map((candidate) => byAddress(catalog, object, candidate, profile)).filter(({ path }) => path !== named?.path).map((candidate) => weighByValues(catalog, object, key === labelKey(candidate.path) ? asItsName(candidate) : candidate, profile, !present.attributes.has('last_name') && !present.attributes.has('full_name')))
    all.push(...weighed.map(({ candidate }) => candidate))
    // Cells speak for themselves where the header says nothing, or what they contradict.
    const silent = named === null && weighed.every(({ candidate, contradicts }) => contradicts || candidate.sureness < 0.5) && (found.nothing < 0.6 || weighed.some(({ contradicts }) => contradicts))
    const reading = readings[column.position]
    const strange = reading !== undefined && (isHalfUnderstood(reading) || (isUnderstood && namesItsColumn(reading) && !weighed.some(({ contradicts }) => contradicts)))
    if (profile && silent) all.push(...valueCandidates(object, column.position, profile, strange))
  }
  const possible = doubtLoneStates(withoutNamesTwice(believeTheOnly(all.filter(({ path }) => names.paths.has(path) && taken?.paths.has(path) !== true)), taken?.paths), profiles)
  const settled = settleGroups(possible, findField(object, 'secondary_email') ? 'secondary_email' : null, isEmpty)
  const chosen = choosePreferringValues(settled, isEmpty)
  return columns.map((header, position): WeighedProposal => {
    const best = chosen.get(position)
    const street = best ? null : firstLineOf(position)
    if (street) return { position, header, field: null, confidence: 0, sureness: 0, candidate: null, heldBack: false, applied: false, reason: `${object.pluralLabel} have one line for the street: it could be joined to the column "${columns[street.position] ?? ''}", which fills ${street.field} (--join "${flagName(street.position, columns)}|${flagName(position, columns)}=${street.field}", or "combine" in a definition).`, join: street }
    if (!best) return { position, header, field: null, confidence: 0, sureness: 0, candidate: null, heldBack: false, applied: false, reason: reasonLeftOut(position) }
    const sureness = surenessOf(best)
    const confidence = confidenceOf(best)
    const band = bandOf(confidence)
    const ownMoment = isOwnMoment(best.path)
    const parts = partsBeside(best.path)
    const heldBack = needsMore(best.path) || ownMoment || parts !== null
    const weighed = { position, header, confidence, sureness, candidate: best.path, heldBack }
    if (band === 'unmapped') return { ...weighed, field: null, applied: false, reason: `Perhaps ${best.path}, but too little speaks for it.` }
    if (ownMoment) return { ...weighed, field: best.path, applied: false, reason: `Longshore keeps ${best.path} itself: taken from its own export, it would put records back to an earlier moment. Choose the field by hand where the records are another installation's.` }
    if (parts !== null) return { ...weighed, field: best.path, applied: false, reason: `The columns ${parts.map((header) => `"${header}"`).join(' and ')} bring this name in its parts already. Choose ${best.path} by hand where it is to fill the rows in which they are empty.` }
    return { ...weighed, field: best.path, applied: band === 'applied' && !heldBack, reason: reasonFor(best, header, valuesReason(catalog, object, best.path, profiles[position])) }
  })

  /** The column that fills the street whose second line this column is, where the object has no field for that. */
  function firstLineOf(position: number): { field: string; position: number } | null {
    const second = all.find((candidate) => candidate.position === position && candidate.path.endsWith('street2') && !names.paths.has(candidate.path))
    const field = second?.path.slice(0, -1)
    const first = [...chosen].find(([, candidate]) => candidate.path === field)
    return first && field !== undefined ? { field, position: first[0] } : null
  }

  function labelKey(path: string): string {
    const found = resolvePath(catalog, object, path)
    return 'field' in found && !found.reference ? headerKey(found.field.label) : ''
  }

  /** When a record was made and changed last says nothing new where the file is our own export of these records: it comes back to be changed now. */
  function isOwnMoment(path: string): boolean {
    const found = resolvePath(catalog, object, path)
    return own && columns.some((header) => header.trim() === 'id') && 'field' in found && found.field.audit === true
  }

  /** The headers of the columns that hold, part by part, the whole name that a column is for; null where the file has no such columns, or no value in them. */
  function partsBeside(path: string): string[] | null {
    if (!path.endsWith('full_name')) return null
    const record = path.slice(0, -'full_name'.length)
    const parts = ['first_name', 'last_name'].map((name) => [...chosen].find(([at, candidate]) => candidate.path === record + name && !isEmpty(at) && bandOf(confidenceOf(candidate)) === 'applied'))
    return parts.every((part) => part !== undefined) ? parts.map((part) => columns[part?.[0] ?? -1] ?? '') : null
  }

  /** A column of a reference that nothing can find yet is shown, never applied. */
  function needsMore(path: string): boolean {
    const found = resolvePath(catalog, object, path)
    if (!('field' in found)) return false
    const paths = new Set([...(taken?.paths ?? []), ...[...chosen.values()].map((candidate) => candidate.path)])
    if (isBareReference(found)) return !paths.has(`${found.path}.object`)
    if (found.field.virtual === 'target-object') return ![...paths].some((other) => other !== path && other.startsWith(path.slice(0, path.indexOf('.'))))
    return found.reference !== null && !findableBy(found.object, `${referencePath(found) ?? ''}.`, paths)
  }

  function reasonLeftOut(position: number): string {
    const header = columns[position] ?? ''
    const file = ours.get(position)
    if (file) return `This column was added by Longshore's ${file}; the original columns stand beside it.`
    if (taken?.positions.has(position)) return 'What happens with this column was said by hand.'
    if (header.trim() === '') return 'The column has no header.'
    if (own && header.trim() === 'id') return `"id" is Longshore's own record number, which a file cannot set. Another system's number belongs in external_id.`
    const wanted = all.filter((candidate) => candidate.position === position).toSorted((a, b) => b.sureness * b.weight - a.sureness * a.weight)[0]
    if (wanted) {
      const winner = [...chosen].find(([, candidate]) => candidate.path === wanted.path)
      if (winner) return `The field ${wanted.path} is already filled by the column "${columns[winner[0]] ?? ''}".`
      if (taken?.paths.has(wanted.path)) return `The field ${wanted.path} is already filled by a column chosen by hand.`
      if (wanted.evidence.kind === 'similar' && !possible.includes(wanted)) return `The header is nearly "${wanted.evidence.to}", but the file has first and last names already.`
      if (wanted.address !== null && possible.includes(wanted) && !settled.includes(wanted)) return 'Of several addresses one is kept, and other columns are closer to that.'
      if (names.paths.has(wanted.path)) return `Perhaps ${wanted.path}, but too little speaks for it.`
    }
    return (nothing.get(position) ?? 0) >= 0.6 ? `${object.pluralLabel} have no field for what the header names.` : 'No field goes by this name.'
  }
}

/** A header with words cut short as what they begin, one with a slip of the pen as what it nearly is: a known phrase as a whole, or by its only unknown word. */
function similarReading(reading: HeaderReading, languages: ReadonlyMap<string, number>): { reading: HeaderReading; phrase: string } | null {
  const shortened = withWholeWords(reading, languages)
  if (shortened) return shortened
  const whole = similarPhrase(reading, languages)
  if (whole) return { phrase: whole.phrase, reading: { ...reading, segments: [{ text: whole.phrase, senses: whole.senses, compound: false }] } }
  return withSimilarWord(reading, languages)
}

/** Whether words name a record other than those of the object, in a language that the file speaks. */
function namesAnother(object: ObjectType, words: string, headers: readonly string[]): boolean {
  // the words themselves stand in nearly every header: what language they are of, the rest says
  const spoken = rowLanguages(withoutSharedPrefix(headers).map(readHeader))
  const named = readHeader(words).segments.flatMap(({ senses }) => senses.filter(({ languages }) => languages.some((language) => (spoken.get(language) ?? 0) >= spokenShare)).flatMap(({ word }) => entities.filter((entity) => entity === word)))
  const { self } = knowledgeOf(object)
  return named.length > 0 && !named.some((entity) => self.includes(entity))
}

/** What a header nearly says is shown, never used: the slip may be ours. */
function asSimilar(found: ReturnType<typeof headerCandidates>, similar: string | null): ReturnType<typeof headerCandidates> {
  if (similar === null) return found
  return { nothing: 0, candidates: found.candidates.map((candidate) => ({ ...candidate, sureness: candidate.sureness * similarSureness, evidence: { kind: 'similar', to: similar } })) }
}

const surenessOfTheOnly = 0.6

/** Of a header with unknown words, what is known of it, shown where no other column says anything of the field. */
function believeTheOnly(candidates: readonly Candidate[]): readonly Candidate[] {
  return candidates.map((candidate) => {
    if (!candidate.partly || candidate.sureness >= surenessOfTheOnly) return candidate
    const others = candidates.filter(({ path, position }) => path === candidate.path && position !== candidate.position)
    return others.every(({ sureness, position, partly }) => sureness < candidate.sureness || (partly && sureness === candidate.sureness && position > candidate.position)) ? { ...candidate, sureness: surenessOfTheOnly } : candidate
  })
}

/**
 * Without a full name that a header only nearly says, or cells alone do, where the file has the first and the last name, and without a part
 * of the name that only cells speak for where it has the whole: it would say the same again, or somebody else's.
 */
function withoutNamesTwice(candidates: readonly Candidate[], taken: ReadonlySet<string> | undefined): readonly Candidate[] {
  const said = new Set([...(taken ?? []), ...candidates.filter(({ evidence, sureness }) => evidence.kind !== 'similar' && evidence.kind !== 'values' && sureness >= suggestedFrom).map(({ path }) => path)])
  return candidates.filter(({ evidence, path }) => {
    if (evidence.kind !== 'similar' && evidence.kind !== 'values') return true
    const record = path.slice(0, path.lastIndexOf('.') + 1)
    if (path === `${record}full_name`) return !said.has(`${record}first_name`) || !said.has(`${record}last_name`)
    return evidence.kind === 'similar' || (path !== `${record}first_name` && path !== `${record}last_name`) || !said.has(`${record}full_name`)
  })
}

/** How far from the other parts of an address its state stands at most; further away, "State" and "Estado" mostly say how the record stands. */
const addressReach = 3
const surenessOfDoubt = 0.7
const mostlyStates = 0.5

/** A state that stands by itself is shown, not used, unless its cells are states. */
function doubtLoneStates(candidates: readonly Candidate[], profiles: readonly ColumnProfile[]): readonly Candidate[] {
  const isState = ({ address, path }: Candidate): boolean => address !== null && path.endsWith('state')
  const parts = candidates.filter((candidate) => candidate.address !== null && !isState(candidate))
  return candidates.map((candidate) => {
    if (!isState(candidate) || (profiles[candidate.position]?.shares.state ?? 0) >= mostlyStates || parts.some(({ position }) => Math.abs(position - candidate.position) <= addressReach)) return candidate
    return { ...candidate, sureness: Math.min(candidate.sureness, surenessOfDoubt) }
  })
}

/** Whether Longshore wrote the file: a good half of its headers are field paths, letter by letter. Its "id" is then our own number. */
function isOwnExport(columns: readonly string[], paths: ReadonlySet<string>): boolean {
  const exact = columns.filter((header) => paths.has(header.trim()))
  return exact.length > columns.length / 2 && exact.some((header) => /[._]/.test(header))
}

/** Of several names of one field its own goes first. */
function asItsName(candidate: Candidate): Candidate {
  return { ...candidate, weight: candidate.weight * 1.01, ...(candidate.emailRank !== null && { emailRank: candidate.emailRank - 0.01 }) }
}

/** The number of a record, of the export's own or of one that it refers to: no field, though "id" is a word for some. */
function isRecordId(header: string, paths: ReadonlySet<string>): boolean {
  return header === 'id' || (header.endsWith('.id') && !paths.has(header))
}

function surenessOf({ sureness, fallback }: Candidate): number {
  return sureness * (fallback ? 0.8 : 1)
}

function confidenceOf(candidate: Candidate): number {
  if (candidate.evidence.kind === 'values') return Math.min(surenessOf(candidate), mostByGuess)
  return candidate.evidence.kind === 'similar' ? Math.min(calibrated(surenessOf(candidate)), mostByGuess) : calibrated(surenessOf(candidate))
}

/**
 * A column in which no value was found never takes a field from one that has some: contact cards have a column for everything a card may
 * say. What is not even worth showing keeps no field from an empty column, whose values may come further down.
 */
function choosePreferringValues(candidates: readonly Candidate[], isEmpty: (position: number) => boolean): Map<number, Candidate> {
  const filled = candidates.filter(({ position }) => !isEmpty(position))
  if (filled.length === candidates.length) return choose(candidates)
  const chosen = new Map([...choose(filled)].filter(([, candidate]) => bandOf(confidenceOf(candidate)) !== 'unmapped'))
  const paths = new Set([...chosen.values()].map(({ path }) => path))
  return new Map([...chosen, ...choose(candidates.filter(({ position, path }) => !chosen.has(position) && !paths.has(path)))])
}

/** The columns that are meant for a field first, then those that stand in where a field stayed empty. */
function choose(candidates: readonly Candidate[]): Map<number, Candidate> {
  const chosen = new Map<number, Candidate>()
  const firm = candidates.filter((candidate) => !candidate.fallback)
  for (const [column, path] of bestAssignment(worthsOf(firm))) {
    const candidate = firm.find((one) => one.position === column && one.path === path)
    if (candidate) chosen.set(column, candidate)
  }
  // A field that a column was firmly meant for stays with it, or empty: standing in is for fields that no column names.
  const filled = new Set([...chosen.values()].map(({ path }) => path))
  const rest = candidates.filter(({ fallback, path, position }) => fallback && !filled.has(path) && !chosen.has(position))
  for (const [column, path] of bestAssignment(worthsOf(rest))) {
    const candidate = rest.find((one) => one.position === column && one.path === path)
    if (candidate) chosen.set(column, candidate)
  }
  return chosen
}

/** Of equal columns the first in the file goes before the others. */
function worthsOf(candidates: readonly Candidate[]): { column: number; target: string; worth: number }[] {
  return candidates.map(({ position, path, sureness, weight }) => ({ column: position, target: path, worth: sureness * weight - leastWorth - position * 1e-6 }))
}

/** Whether the given paths hold all fields of a key by which records of `object` are found. */
export function findableBy(object: ObjectType, prefix: string, paths: ReadonlySet<string>): boolean {
  const split = paths.has(`${prefix}full_name`) && findField(object, 'full_name')?.virtual === 'full-name'
  const has = (name: string): boolean => paths.has(prefix + name) || (split && (name === 'first_name' || name === 'last_name'))
  return criteriaOf(object).some((criterion) => criterion.split('+').every(has)) || (findField(object, recordIdField.name)?.virtual === 'record-id' && has(recordIdField.name))
}

/** The keys by which a reference finds records of `object`: its reference key, then the others in force. */
export function criteriaOf(object: ObjectType): string[] {
  return [...new Set([...(object.referenceKey ? [object.referenceKey] : []), ...object.matchKeys.map((rule) => rule.criterion)])]
}
