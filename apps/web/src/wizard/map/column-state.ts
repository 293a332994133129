import type { ColumnProposal } from '@longshore/contract'
import type { ColumnChoice } from '../draft.ts'

export type ColumnState = 'mapped' | 'ask' | 'skip' | 'clash'

export interface MappedColumn { proposal: ColumnProposal; choice: ColumnChoice | undefined; /** null: not imported. */ field: string | null; state: ColumnState }

/** What becomes of each column: what was chosen, else what is proposed and sure. A field that two columns feed is a clash for both. */
export function mappedColumns(proposals: readonly ColumnProposal[], choices: readonly ColumnChoice[]): MappedColumn[] {
  const joined = new Set(choices.flatMap((choice) => choice.combine?.with ?? []))
  const columns = proposals.map((proposal): MappedColumn => {
    const choice = choices.find((one) => one.position === proposal.position + 1)
    if (joined.has(proposal.position + 1)) return { proposal, choice, field: null, state: 'skip' }
    if (choice?.field !== undefined) return { proposal, choice, field: choice.field, state: choice.field === null ? 'skip' : 'mapped' }
    if (proposal.applied && proposal.field !== null) return { proposal, choice, field: proposal.field, state: 'mapped' }
    return { proposal, choice, field: null, state: proposal.field !== null ? 'ask' : 'skip' }
  })
  const uses = Map.groupBy(columns.filter((column) => column.field !== null), (column) => column.field)
  return columns.map((column) => column.field !== null && (uses.get(column.field)?.length ?? 0) > 1 ? { ...column, state: 'clash' } : column)
}

/** Choices with one changed; a choice that says nothing any more goes. */
export function withChoice(choices: readonly ColumnChoice[], position: number, change: Partial<ColumnChoice>): ColumnChoice[] {
  const before = choices.find((one) => one.position === position) ?? { position }
  const merged = Object.fromEntries(Object.entries({ ...before, ...change }).filter(([, value]) => value !== undefined && value !== '')) as unknown as ColumnChoice // position is always there
  return [...choices.filter((one) => one.position !== position), ...(Object.keys(merged).length > 1 ? [merged] : [])].sort((a, b) => a.position - b.position)
}
