import type { AddressGroup } from '../concept/choice.ts'
import type { Candidate } from './candidate.ts'

/** Which address of a record is the one to keep, first choice first. */
const addressOrder: readonly AddressGroup[] = ['mailing', 'plain', 'work', 'main', 'billing', 'site', 'direct', 'home']
/** Of a company the one without a kind goes first: another for letters stands beside it. */
const companyOrder: readonly AddressGroup[] = ['plain', 'mailing', 'work', 'main', 'billing', 'site', 'direct', 'home']

/**
 * Decides what columns can only decide together: which of several addresses is the record's, and which e-mail address is the first and
 * which the second. Candidates that lose are left out. Columns in which no value was found (`isEmpty`) stand behind the others.
 */
export function settleGroups(candidates: readonly Candidate[], secondEmail: string | null, isEmpty: (position: number) => boolean): Candidate[] {
  const group = addressOfRecord(candidates.filter(({ position }) => !isEmpty(position))) ?? addressOfRecord(candidates)
  const emails = rankEmails(candidates, secondEmail, isEmpty)
  return candidates.flatMap((candidate): Candidate[] => {
    const { address } = candidate
    if (candidate.emailRank !== null) return emails.get(candidate) ?? []
    if (address === null || address === 'shipping' && candidate.path.startsWith('shipping_')) return [candidate]
    if (address === group) return [candidate]
    // What is said of no address in particular may fill what the chosen one leaves open.
    return address === 'plain' || (group === 'plain' && (address === 'mailing' || address === 'work' || address === 'site' || (address === 'billing' && candidate.path.startsWith('billing_')))) ? [{ ...candidate, weight: candidate.weight * 0.9, fallback: true }] : []
  })
}

/** The address with the best claim; one that consists of a single part gives way to a fuller one. */
function addressOfRecord(candidates: readonly Candidate[]): AddressGroup | null {
  const parts = new Map<AddressGroup, Set<string>>()
  for (const { address, path, sureness } of candidates) {
    if (address === null || sureness < 0.5 || path.startsWith('shipping_')) continue
    parts.set(address, (parts.get(address) ?? new Set()).add(path))
  }
  const order = candidates.some(({ path }) => path.startsWith('billing_')) ? companyOrder : addressOrder
  const present = order.filter((group) => parts.has(group))
  const full = present.find((group) => (parts.get(group)?.size ?? 0) > 1)
  const first = present[0] ?? null
  return full !== undefined && first !== null && (parts.get(first)?.size ?? 0) === 1 ? full : first
}

/** A header of which less is known tells something of an address rather than one: "email1_is_bad". */
const understood = 0.6

/** Each e-mail column with the field it gets: the best ranked the first, the next the second, none the others. */
function rankEmails(candidates: readonly Candidate[], secondEmail: string | null, isEmpty: (position: number) => boolean): Map<Candidate, Candidate[]> {
  const ranked = candidates.filter((candidate) => candidate.emailRank !== null)
    .toSorted((a, b) => Number(isEmpty(a.position)) - Number(isEmpty(b.position)) || Number(a.sureness < understood) - Number(b.sureness < understood) || (a.emailRank ?? 0) - (b.emailRank ?? 0) || b.sureness - a.sureness || a.position - b.position)
  const settled = new Map<Candidate, Candidate[]>()
  for (const [i, candidate] of ranked.entries()) {
    const rank = candidate.emailRank ?? 0
    if (i === 0) settled.set(candidate, [{ ...candidate, fallback: rank >= 1 }])
    else if (i === 1 && secondEmail !== null && candidate.sureness >= understood && rank < 2.5 && rank !== 1.4) settled.set(candidate, [{ ...candidate, path: secondEmail, weight: 1 }])
    else settled.set(candidate, [])
  }
  return settled
}
