import type { ColumnProposal } from '@longshore/contract'
import { choiceAt } from '../definition.ts'
import type { ColumnChoice } from '../definition.ts'

export type ColumnState = 'mapped' | 'ask' | 'skip' | 'clash'

export interface MappedColumn {
  proposal: ColumnProposal
  choice: ColumnChoice | undefined
  /** null: not imported. */
  field: string | null
  /** `new`: a field is made for it; `split`: cut into several fields. */
  becomes: 'field' | 'new' | 'split'
  state: ColumnState
  /** A field that is likely, but not sure enough to be used unasked; also of a column that was left out meanwhile. */
  suggested: string | null
  /** Why the check will stop at the column, which is used all the same, until somebody says how it is read. */
  open: string | null
}

/** What becomes of each column: what was chosen, else what is proposed and sure. A field that two columns feed is a clash for both. `byHand`: positions that somebody left out on purpose, to whom nothing is suggested again. */
export function mappedColumns(proposals: readonly ColumnProposal[], choices: readonly ColumnChoice[], byHand: ReadonlySet<number> = new Set()): MappedColumn[] {
  const joined = new Set(choices.flatMap((choice) => choice.combine?.with ?? []))
  const columns = proposals.map((proposal): MappedColumn => {
    const choice = choiceAt(choices, proposal.position + 1, proposal.header)
    const column = { proposal, choice, becomes: 'field' as const, suggested: null, open: null }
    const suggested = proposal.applied ? null : proposal.field
    if (joined.has(proposal.position + 1)) return { ...column, field: null, state: 'skip' }
    if (choice?.create) return { ...column, becomes: 'new', field: null, state: 'mapped' }
    if (choice?.split) return { ...column, becomes: 'split', field: null, state: 'mapped' }
    // a way to read it that somebody chose, or another field, is another question
    const goes = choice?.field !== undefined ? choice.field : proposal.applied ? proposal.field : null
    const open = goes !== null && goes === proposal.field && !saysHowToRead(choice) ? proposal.open : null
    if (open !== null) return { ...column, field: goes, state: 'ask', open }
    if (choice?.field !== undefined) return { ...column, field: choice.field, state: choice.field === null ? 'skip' : 'mapped', suggested: choice.field === null && !byHand.has(proposal.position) ? suggested : null }
    if (proposal.applied && proposal.field !== null) return { ...column, field: proposal.field, state: 'mapped' }
    return { ...column, field: null, state: proposal.field !== null ? 'ask' : 'skip', suggested }
  })
  const uses = Map.groupBy(columns.filter((column) => column.field !== null), (column) => column.field)
  return columns.map((column) => column.field !== null && (uses.get(column.field)?.length ?? 0) > 1 ? { ...column, state: 'clash' } : column)
}

/** Columns that nobody has decided about, though they hold values: going on leaves them out. */
export function undecided(columns: readonly MappedColumn[]): MappedColumn[] {
  return columns.filter(({ state, proposal, field }) => state === 'ask' && field === null && proposal.filled !== 0)
}

/** Whether a choice says how dates, numbers and telephones are written, or changes their texts. */
function saysHowToRead(choice: ColumnChoice | undefined): boolean {
  return choice !== undefined && (['dates', 'decimal', 'phones', 'transforms', 'combine'] as const).some((key) => choice[key] !== undefined)
}

/** Moments that Longshore keeps itself: a file that sets them puts records back in time, which nobody should do together with other things. */
const keptMoments: ReadonlySet<string | null> = new Set(['created_at', 'updated_at'])

/** Choices with the suggestions of undecided columns taken, but for kept moments, which are chosen by hand; where two columns want one field, the first has it, and the other is still asked about. */
export function withSuggestions(columns: readonly MappedColumn[], choices: readonly ColumnChoice[]): ColumnChoice[] {
  const used = new Set(columns.flatMap(({ field, choice }) => [field, ...choice?.split?.into ?? []]))
  return columns.reduce<ColumnChoice[]>((made, { state, suggested, proposal: { position, header } }) => {
    if (state !== 'ask' || suggested === null || keptMoments.has(suggested) || used.has(suggested)) return made
    used.add(suggested)
    return withChoice(made, { position: position + 1, header }, { field: suggested })
  }, [...choices])
}

/** Choices with one changed, for the column at a position (from 1); a choice that says nothing any more goes. */
export function withChoice(choices: readonly ColumnChoice[], { position, header }: { position: number; header: string }, change: Partial<ColumnChoice>): ColumnChoice[] {
  const before = choiceAt(choices, position, header)
  const merged: ColumnChoice = Object.fromEntries(Object.entries({ ...before, ...change, position }).filter(([, value]) => value !== undefined && value !== ''))
  const says = Object.keys(merged).some((key) => key !== 'position' && key !== 'header')
  return [...choices.filter((one) => one !== before), ...(says ? [merged] : [])].sort((a, b) => (a.position ?? 0) - (b.position ?? 0))
}
