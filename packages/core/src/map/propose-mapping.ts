import { findField, resolvePath, type Catalog } from '../schema/catalog.ts'
import type { ObjectType } from '../schema/object.ts'
import { candidatesOf, type Candidate } from './candidates.ts'
import { headerKey } from './header-key.ts'
import type { Proposal } from './mapping.ts'
import { reportColumns } from './report-columns.ts'

export interface ProposalInput {
  catalog: Catalog
  object: ObjectType
  /** Headers by position. */
  columns: readonly string[]
  /** Field paths that are given already, and the column positions that are spoken for: no proposal touches either. */
  taken?: { paths: ReadonlySet<string>; positions: ReadonlySet<number> }
}

type Suggestion = Candidate & { position: number }

/**
 * A field for each column whose header is the exact name of one, or a name it is well known by, in whatever case and punctuation.
 * One field takes one column: an exact name goes before another name, then the first column goes before later ones.
 */
export function proposeMapping({ catalog, object, columns, taken }: ProposalInput): Proposal[] {
  const candidates = candidatesOf(catalog, object)
  const ours = reportColumns(columns)
  const free = columns.map((header, position) => ({ header, position }))
    .filter(({ header, position }) => !ours.has(position) && !taken?.positions.has(position) && header.trim() !== 'id')
  const suggestions = free.flatMap(({ header, position }) => (candidates.get(headerKey(header)) ?? []).map((c): Suggestion => ({ ...c, position })))
  const chosen = assign(suggestions, taken?.paths ?? new Set())
  const refused = dropUnusable(catalog, object, chosen, taken?.paths ?? new Set())
  return columns.map((header, position) => {
    const best = chosen.get(position)
    if (best) return { position, header, field: best.path, confidence: best.confidence, reason: best.reason, applied: true }
    return { position, header, field: null, confidence: 0, applied: false, reason: refused.get(position) ?? reasonLeftOut(position) }
  })

  function reasonLeftOut(position: number): string {
    const header = columns[position] ?? ''
    const file = ours.get(position)
    if (file) return `This column was added by Longshore's ${file}; the original columns stand beside it.`
    if (taken?.positions.has(position)) return 'What happens with this column was said by hand.'
    if (header.trim() === '') return 'The column has no header.'
    if (header.trim() === 'id') return `"id" is Longshore's own record number, which a file cannot set. Another system's number belongs in external_id.`
    const wanted = candidates.get(headerKey(header))?.[0]
    if (!wanted) return 'No field goes by this name.'
    const winner = [...chosen].find(([, suggestion]) => suggestion.path === wanted.path)
    return `The field ${wanted.path} is already filled ${winner ? `by the column "${columns[winner[0]] ?? ''}"` : 'by a column chosen by hand'}.`
  }
}

/** One field per column and one column per field, the most confident first, then from left to right. */
function assign(suggestions: Suggestion[], takenPaths: ReadonlySet<string>): Map<number, Suggestion> {
  const chosen = new Map<number, Suggestion>()
  const paths = new Set(takenPaths)
  for (const suggestion of suggestions.toSorted((a, b) => b.confidence - a.confidence || a.position - b.position)) {
    if (chosen.has(suggestion.position) || paths.has(suggestion.path)) continue
    chosen.set(suggestion.position, suggestion)
    paths.add(suggestion.path)
  }
  return chosen
}

/**
 * Takes back proposals that could do nothing: a full name beside its two parts, and columns of a reference that no column can find
 * (a contact's name without the e-mail it is found by). Returns the reason by position.
 */
function dropUnusable(catalog: Catalog, object: ObjectType, chosen: Map<number, Suggestion>, takenPaths: ReadonlySet<string>): Map<number, string> {
  const refused = new Map<number, string>()
  const paths = new Set([...takenPaths, ...[...chosen.values()].map((suggestion) => suggestion.path)])
  for (const [position, { path }] of chosen) {
    const found = resolvePath(catalog, object, path)
    if (!('field' in found)) continue
    const prefix = found.reference ? `${found.reference.name}.` : ''
    if (found.field.virtual === 'full-name' && paths.has(`${prefix}first_name`) && paths.has(`${prefix}last_name`)) {
      refused.set(position, `${prefix}first_name and ${prefix}last_name have columns of their own.`)
    } else if (found.reference && !findableBy(found.object, prefix, paths)) {
      const by = criteriaOf(found.object).map((criterion) => `${prefix}${criterion}`).join(' or ')
      refused.set(position, `A record behind ${found.reference.name} is found by ${by || 'no field'}, and no column brings that.`)
    }
  }
  for (const position of refused.keys()) chosen.delete(position)
  return refused
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
