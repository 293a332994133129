import type { ObjectType } from '../../schema/object.ts'
import { choiceFor, type Presence } from '../concept/choice.ts'
import type { Understanding } from '../concept/concept.ts'
import { knowledgeOf } from '../concept/generic-knowledge.ts'
import type { Attribute, Entity } from '../lexicon/meanings.ts'
import type { Candidate } from './candidate.ts'

/** A column's header with the ways to understand it. */
export interface UnderstoodColumn {
  position: number
  header: string
  understandings: readonly Understanding[]
}

/** What a file speaks of, by the surest understanding of each header. */
export function presenceOf(columns: readonly UnderstoodColumn[]): Presence {
  const attributes = new Set<Attribute>()
  const entities = new Set<Entity>()
  const homes = new Set<Attribute>()
  for (const { header, understandings } of columns) {
    for (const { concept, sureness } of understandings) {
      if (!concept || concept.bare || sureness < 0.8) continue
      if (concept.kind === 'home' && concept.attribute !== null) homes.add(concept.attribute)
      if (concept.attribute === null) { if (concept.entity && concept.aspects.length === 0) entities.add(concept.entity) }
      else if (concept.attribute === 'job' && isLooseJob(header)) continue
      else if (concept.aspects.length === 0 || concept.attribute === 'job') attributes.add(concept.attribute)
    }
  }
  return { attributes, entities, homes }
}

/** Words that are a job title for want of one: beside "Title" they are something else, and make no form of address of it. */
const looseJobs: ReadonlySet<string> = new Set(['role', 'designation', 'function', 'headline'])
const looseJobWeight = 0.95
/** "Company" is called so before "Name", which goes before "Trade name". */
const plainThingWeight = 1.02
const oneWord = /^(?:\p{L}?\p{Ll}+|\p{Lu}+)$/u

function isLooseJob(header: string): boolean {
  return looseJobs.has(header.trim().toLowerCase())
}

/** Attributes that a word beside them makes into something else: "Premium status", "Solution type". */
const general: ReadonlySet<Attribute | null> = new Set<Attribute>(['name', 'type', 'status', 'stage', 'category', 'amount', 'rating', 'unit', 'start', 'end', 'due', 'title', 'groups', 'tags', 'subject', 'price', 'quantity', 'revenue'])

/** Attributes that stay what they are with a word of the system's own beside them ("Document name", "Shopify tags"), where nothing else brings the field. Dates, texts, states and kinds become those of another thing. */
const lasting: ReadonlySet<Attribute | null> = new Set<Attribute>(['name', 'subject', 'job', 'department', 'phone', 'website', 'linkedin', 'address', 'street', 'street2', 'city', 'zip', 'country', 'birth', 'source', 'owner', 'optout', 'tags', 'rating', 'industry', 'employees', 'price', 'cost', 'currency', 'quantity', 'unit', 'tax', 'category', 'probability', 'duration', 'priority'])
/** A file begins with the id of its records, and the system that wrote it is a word we need not know ("Breeze ID"); further on it numbers something else, as a customer's id is that of a shop's or a bank's. */
const idsWithin = 2
const surenessOfFirst = 0.9
const surenessOfNext = 0.6

const rowSign = /^\s*[#№]\s*$/

/** The fields that a header's words lead to, and how sure it is that it names a thing without a field. */
export function headerCandidates(object: ObjectType, { position, header, understandings }: UnderstoodColumn, present: Presence): { candidates: Candidate[]; nothing: number } {
  const known = knowledgeOf(object)
  const byPath = new Map<string, Candidate>()
  let nothing = 0
  for (const { concept, sureness, language, whole, known: howMuch } of understandings) {
    const choice = concept && choiceFor(object.name, known, concept, present, language)
    // An unknown word beside a bare thing ("Customer segment") makes it another thing, beside an attribute it is mostly a detail.
    const sure = sureness < 0.8 && (concept?.attribute === null || (concept && general.has(concept.attribute))) ? sureness * 0.5 : sureness
    // "#" counts the rows of a list
    if (choice?.vague && rowSign.test(header)) { nothing = Math.max(nothing, sureness); continue }
    if (!choice) { nothing = Math.max(nothing, sureness); continue }
    if (howMuch !== 'all' && choice.path === 'external_id' && concept?.aspects.includes('id') && sureness > 0.5 && (position <= idsWithin || (concept.entity !== null && concept.entity !== 'customer'))) {
      byPath.set(choice.path, { position, path: choice.path, sureness: position === 0 || concept.entity !== null ? surenessOfFirst : surenessOfNext, weight: choice.weight, fallback: true, address: null, emailRank: null, evidence: { kind: 'words', language } })
      continue
    }
    const candidate: Candidate = {
      position, path: choice.path, sureness: choice.vague ? sure * (position > 0 ? 0.45 : 0.8) : sure, weight: choice.weight * (concept.attribute === 'job' && isLooseJob(header) ? looseJobWeight : concept.attribute === null && concept.entity === 'company' && choice.path === 'name' && oneWord.test(header.trim()) ? plainThingWeight : 1), fallback: choice.fallback === true, address: choice.address ?? null, emailRank: choice.emailRank ?? null,
      evidence: { kind: whole ? 'alias' : 'words', language }, ...(howMuch === 'mostly' && lasting.has(concept.attribute) && !(concept.attribute === 'name' && known.self.includes('person')) && { partly: true as const }),
    }
    const other = byPath.get(choice.path)
    if (!other || other.sureness * other.weight < sure * choice.weight) byPath.set(choice.path, candidate)
  }
  const candidates = [...byPath.values()].map((candidate) => (nothing >= candidate.sureness ? { ...candidate, sureness: candidate.sureness * 0.75 } : candidate))
  return { candidates, nothing }
}
