import type { ImportDefinition } from '../definition/import.ts'
import { columnsByHand } from './columns-by-hand.ts'
import type { Proposal } from './mapping.ts'
import { proposeMapping, type ProposalInput } from './propose-mapping.ts'

/** What becomes of every column of a file: what the definition says of it, else what is proposed. */
export function mapFile(input: Omit<ProposalInput, 'taken'>, definition: ImportDefinition): Proposal[] {
  const byHand = columnsByHand(input.catalog, input.object, definition, input.columns).filter(({ given }) => given?.field !== undefined)
  const taken = {
    paths: new Set(byHand.flatMap((column) => [column.to, ...column.parts ?? []].flatMap((to) => (to ? [to.path] : [])))),
    positions: new Set(byHand.flatMap((column) => [column.position, ...column.combined ?? []])),
  }
  return proposeMapping({ ...input, taken }).map((proposal) => {
    const given = byHand.find((column) => column.position === proposal.position || column.combined?.includes(proposal.position))
    if (!given) return proposal
    const field = given.to?.path ?? given.parts?.[0]?.path ?? null
    return { ...proposal, field, confidence: 1, applied: field !== null, reason: 'Said by hand.' }
  })
}
