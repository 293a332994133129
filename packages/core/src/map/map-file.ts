import type { ImportDefinition } from '../definition/import.ts'
import { findObject, resolvePath } from '../schema/catalog.ts'
import { columnKeys } from './column-keys.ts'
import { columnsByHand } from './columns-by-hand.ts'
import { knowledgeOf } from './concept/generic-knowledge.ts'
import { flagName } from './flag-name.ts'
import { guessFieldKind } from './guess-field-kind.ts'
import type { Proposal } from './mapping.ts'
import { knowingIds } from '../schema/record-id.ts'
import { proposeMapping, type ProposalInput } from './propose-mapping.ts'
import { leastValues } from './values/fits-field.ts'
import { membersNamed } from './values/member-share.ts'
import { hintOf, type RecalledColumn, type RememberedColumn } from './remembered-columns.ts'

/** What is known of a file from earlier imports, and where the definition got what it says: from the person unless something else is named here. */
export interface FileMemory {
  memory: readonly RememberedColumn[]
  recalled: readonly RecalledColumn[]
  /** Name of the saved mapping that the definition was completed by, and the columns by it. */
  saved?: { name: string; positions: ReadonlySet<number> }
}

/** `memberEmails`: by which a column of owners shows. `country`: by which the organization reads telephone numbers that name none; absent where that is told elsewhere. */
export interface FileInput extends Omit<ProposalInput, 'taken'> { memberEmails?: readonly string[]; country?: string }

/** A choice made in other files is worth showing, not more. */
const hintConfidence = 0.9

/** What becomes of every column of a file: what the definition says of it, else what is proposed. */
export function mapFile(given: FileInput, definition: ImportDefinition, { memory, recalled, saved }: FileMemory = { memory: [], recalled: [] }): Proposal[] {
  const catalog = knowingIds(given.catalog, definition)
  const input = { ...given, catalog, object: findObject(catalog, given.object.name) ?? given.object }
  const named = columnsByHand(input.catalog, input.object, definition, input.columns)
  const byHand = named.filter(({ given }) => given?.field !== undefined)
  const taken = {
    paths: new Set(byHand.flatMap((column) => [column.to, ...column.parts ?? []].flatMap((to) => (to ? [to.path] : [])))),
    positions: new Set(byHand.flatMap((column) => [column.position, ...column.combined ?? []])),
  }
  const proposals = proposeMapping({ ...input, taken }).map((proposal) => {
    const given = byHand.find((column) => column.position === proposal.position || column.combined?.includes(proposal.position))
    if (!given) return proposal
    const field = given.to?.path ?? given.parts?.find((part) => part !== null)?.path ?? null
    return { ...proposal, field, confidence: 1, applied: field !== null, reason: given.given?.create ? `It becomes a new field of the type ${given.to?.field.kind ?? 'text'}.` : reasonOf(given.position) }
  })
  return withOwners(input, withHints(input, proposals, memory, taken), taken).map((proposal, _, all) => withPlaces(input, proposal, all)).map((proposal) => withNewField(proposal, input, taken.positions.has(proposal.position))).map((proposal) => (definition.phones ?? named.find(({ position }) => position === proposal.position)?.given?.phones) === undefined ? withPhones(input, proposal) : proposal)

  function reasonOf(position: number): string {
    const last = recalled.find((one) => one.position === position)
    if (last) return last.field === null ? `You left it out last time (job ${last.job}).` : `You chose this last time (job ${last.job}).`
    return saved?.positions.has(position) === true ? `The saved mapping "${saved.name}" says so.` : 'Said by hand.'
  }
}

/** Columns that nothing leads anywhere with certainty, by what was chosen for their header in files of another shape. */
function withHints({ catalog, object, columns }: Omit<ProposalInput, 'taken'>, proposals: Proposal[], memory: readonly RememberedColumn[], { positions }: { positions: ReadonlySet<number> }): Proposal[] {
  if (memory.length === 0) return proposals
  const keys = columnKeys(columns)
  const filled = new Set(proposals.flatMap(({ field, applied }) => (applied && field !== null ? [field] : [])))
  return proposals.map((proposal) => {
    const hint = proposal.applied || positions.has(proposal.position) ? null : hintOf(keys[proposal.position] ?? '', memory)
    if (hint === null || hint.field === null || filled.has(hint.field) || !('field' in resolvePath(catalog, object, hint.field))) return proposal
    filled.add(hint.field)
    return { ...proposal, field: hint.field, confidence: hintConfidence, applied: false, reason: `You chose this for another file (job ${hint.job}).` }
  })
}

/** A column of addresses that are members' is one of owners, where no other column brings them: shown, since it may as well be of those who wrote something. */
function withOwners({ object, profiles = [], memberEmails = [] }: FileInput, proposals: Proposal[], { positions }: { positions: ReadonlySet<number> }): Proposal[] {
  if (memberEmails.length === 0 || !object.fields.some(({ name }) => name === 'owner') || proposals.some(({ field }) => field === 'owner')) return proposals
  const at = proposals.findIndex(({ position, applied }) => !applied && !positions.has(position) && membersNamed(profiles[position]?.vocabulary ?? [], memberEmails) !== null)
  return proposals.map((proposal, i) => i !== at ? proposal : {
    position: proposal.position, header: proposal.header, field: 'owner', confidence: hintConfidence, applied: false,
    reason: `${membersNamed(profiles[proposal.position]?.vocabulary ?? [], memberEmails) ?? 0} of its ${profiles[proposal.position]?.vocabulary.length ?? 0} different values are addresses of members.`,
  })
}

/** Share of values from which a column is one of places. */
const mostlyPlaces = 0.8

/** A column of places, with the fields of the object's address that it could be cut into, as far as no other column fills any of them. */
function withPlaces({ object, columns, profiles = [] }: Omit<ProposalInput, 'taken'>, proposal: Proposal, all: readonly Proposal[]): Proposal {
  const profile = profiles[proposal.position]
  const { main } = knowledgeOf(object).addresses
  if (proposal.applied || proposal.reason === 'Said by hand.' || main === null || !profile || profile.sampled < leastValues || (profile.shares.place ?? 0) < mostlyPlaces) return proposal
  const into = ['city', 'state', 'postal_code'].map((part) => main + part)
  if (!into.every((name) => object.fields.some((field) => field.name === name)) || all.some(({ field, applied }) => applied && into.includes(field ?? ''))) return proposal
  return {
    ...proposal, field: null, confidence: 0, split: { into },
    reason: `${Math.round((profile.shares.place ?? 0) * 100)} % of its values are a city with state and postal code: --map "${flagName(proposal.position, columns)}=${into.join('|')}" cuts them.`,
  }
}

/** A column of telephone numbers, with the country that those are of which name none: nobody sees it in a number. */
function withPhones({ catalog, object, profiles = [], country }: FileInput, proposal: Proposal): Proposal {
  const phones = profiles[proposal.position]?.phones
  const found = proposal.field === null ? null : resolvePath(catalog, object, proposal.field)
  if (!phones || country === undefined || !found || !('field' in found) || found.field.kind !== 'phone') return proposal
  const { country: home, reason } = phones.home ?? { country, reason: 'it is the usual here' }
  return { ...proposal, reason: `${proposal.reason} Numbers that name no country, in rows that name none, are read as numbers of ${home}: ${reason}.` }
}

/** What a column without a field could become. */
function withNewField(proposal: Proposal, { columns, profiles }: FileInput, isSettled: boolean): Proposal {
  const profile = profiles?.[proposal.position]
  if (proposal.field !== null || proposal.split || proposal.join || isSettled || !profile || profile.sampled === 0 || proposal.header.trim() === '') return proposal
  const { kind, reason } = guessFieldKind(profile)
  return { ...proposal, newField: { kind, reason: `${reason}: --create-field "${newFieldFlag(proposal.position, columns)}:${kind}"` } }
}

/** A new field is called by its header, also where the column is named by its position. */
function newFieldFlag(position: number, columns: readonly string[]): string {
  const name = flagName(position, columns)
  const header = columns[position]?.trim() ?? ''
  return name === columns[position] || /["=:$`\\!]/.test(header) ? name : `${name}=${header}`
}
