import { findField, resolvePath, type Catalog } from '../schema/catalog.ts'
import type { ObjectType } from '../schema/object.ts'
import { understand } from './concept/understand.ts'
import { readHeader } from './header/read-header.ts'
import { rowLanguages } from './header/row-languages.ts'
import { withoutSharedPrefix } from './header/shared-prefix.ts'
import type { Proposal } from './mapping.ts'
import { bestAssignment } from './propose/best-assignment.ts'
import { calibrated, bandOf } from './propose/calibrated.ts'
import type { Candidate } from './propose/candidate.ts'
import { headerCandidates, presenceOf } from './propose/header-candidates.ts'
import { fieldNames, nameCandidate } from './propose/name-candidates.ts'
import { reasonFor } from './propose/reason.ts'
import { settleGroups } from './propose/settle-groups.ts'
import { reportColumns } from './report-columns.ts'

export interface ProposalInput {
  catalog: Catalog
  object: ObjectType
  /** Headers by position. */
  columns: readonly string[]
  /** Field paths that are given already, and the column positions that are spoken for: no proposal touches either. */
  taken?: { paths: ReadonlySet<string>; positions: ReadonlySet<number> }
}

/** A proposal with what it was weighed by: `sureness` before it became a probability. */
export interface WeighedProposal extends Proposal {
  sureness: number
}

/** What a column must be worth at least to be given a field at all. */
const leastWorth = 0.2

/**
 * A field for each column that has one: its header read by dictionary in whatever language the file speaks, in the light of the other
 * columns. One field takes one column and one column one field, so that the whole fits best. The same answer on every run.
 */
export function proposeMapping(input: ProposalInput): Proposal[] {
  return weighMapping(input).map(({ sureness: _, ...proposal }) => proposal)
}

export function weighMapping({ catalog, object, columns, taken }: ProposalInput): WeighedProposal[] {
  const ours = reportColumns(columns)
  const closed = (position: number): boolean => ours.has(position) || taken?.positions.has(position) === true
  const readings = withoutSharedPrefix(columns).map(readHeader)
  const languages = rowLanguages(readings)
  const understood = readings.map((reading, position) => ({ position, header: columns[position] ?? '', understandings: understand(reading, languages) }))
  const present = presenceOf(understood)
  const names = fieldNames(catalog, object)

  const all: Candidate[] = []
  const nothing = new Map<number, number>()
  for (const column of understood) {
    if (closed(column.position)) continue
    const found = headerCandidates(object, column, present)
    nothing.set(column.position, found.nothing)
    const named = nameCandidate(names, column.position, column.header)
    if (named) all.push(named)
    all.push(...found.candidates.filter(({ path }) => path !== named?.path))
  }
  const possible = all.filter(({ path }) => 'field' in resolvePath(catalog, object, path) && taken?.paths.has(path) !== true)
  const settled = settleGroups(possible, findField(object, 'secondary_email') ? 'secondary_email' : null)
  const chosen = choose(settled)
  return columns.map((header, position): WeighedProposal => {
    const best = chosen.get(position)
    if (!best) return { position, header, field: null, confidence: 0, sureness: 0, applied: false, reason: reasonLeftOut(position) }
    const sureness = best.sureness * (best.fallback ? 0.8 : 1)
    const confidence = calibrated(sureness)
    const band = bandOf(confidence)
    if (band === 'unmapped') return { position, header, field: null, confidence, sureness, applied: false, reason: `Perhaps ${best.path}, but too little speaks for it.` }
    return { position, header, field: best.path, confidence, sureness, applied: band === 'applied' && !needsMore(best.path), reason: reasonFor(best, null) }
  })

  /** A column of a reference that nothing can find yet is shown, never applied. */
  function needsMore(path: string): boolean {
    const found = resolvePath(catalog, object, path)
    if (!('field' in found) || !found.reference) return false
    const paths = new Set([...(taken?.paths ?? []), ...[...chosen.values()].map((candidate) => candidate.path)])
    return !findableBy(found.object, `${found.reference.name}.`, paths)
  }

  function reasonLeftOut(position: number): string {
    const header = columns[position] ?? ''
    const file = ours.get(position)
    if (file) return `This column was added by Longshore's ${file}; the original columns stand beside it.`
    if (taken?.positions.has(position)) return 'What happens with this column was said by hand.'
    if (header.trim() === '') return 'The column has no header.'
    const wanted = all.filter((candidate) => candidate.position === position).toSorted((a, b) => b.sureness * b.weight - a.sureness * a.weight)[0]
    if (wanted) {
      const winner = [...chosen].find(([, candidate]) => candidate.path === wanted.path)
      if (winner) return `The field ${wanted.path} is already filled by the column "${columns[winner[0]] ?? ''}".`
      if (taken?.paths.has(wanted.path)) return `The field ${wanted.path} is already filled by a column chosen by hand.`
      return `It would go to ${wanted.path}, but another column is closer to what is meant.`
    }
    return (nothing.get(position) ?? 0) >= 0.6 ? `${object.pluralLabel} have no field for what the header names.` : 'No field goes by this name.'
  }
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
  return criteriaOf(object).some((criterion) => criterion.split('+').every(has))
}

/** The keys by which a reference finds records of `object`: its reference key, then the others in force. */
export function criteriaOf(object: ObjectType): string[] {
  return [...new Set([...(object.referenceKey ? [object.referenceKey] : []), ...object.matchKeys.map((rule) => rule.criterion)])]
}
