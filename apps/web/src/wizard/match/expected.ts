import type { DraftMatchesAnswer } from '@longshore/contract'
import type { Definition } from '../definition.ts'
import type { Strategy } from './strategies.ts'

/** What becomes of rows, by what they meet; `beside`: added although a record like it is there. */
export type Expected = Partial<Record<'created' | 'updated' | 'skipped' | 'flagged' | 'deleted' | 'failed' | 'beside', number>>

/**
 * What a strategy does with rows that meet so many records: all rows but those with errors, each once. Rows that repeat an earlier one of the file,
 * and records that are newer than their row, only the plan knows.
 */
export function expectedOf(strategy: Strategy, onSeveral: Definition['onSeveral'], { none, one, several }: Pick<DraftMatchesAnswer, 'none' | 'one' | 'several'>): Expected {
  const found = updatesWhatItFinds.has(strategy) ? 'updated' : strategy === 'delete' ? 'deleted' : strategy === 'flag' ? 'flagged' : strategy === 'create' ? 'beside' : 'skipped'
  const ofSeveral = found !== 'updated' && found !== 'deleted' ? found : onSeveral === 'fail' ? 'failed' : onSeveral === 'flag' ? 'flagged' : found
  const sums: Expected = {}
  for (const [what, rows] of [[found, one], [ofSeveral, several], [strategy === 'update-only' || strategy === 'delete' ? 'failed' : 'created', none]] as const) if (rows > 0) sums[what] = (sums[what] ?? 0) + rows
  return sums
}

const updatesWhatItFinds = new Set<Strategy>(['add-or-update', 'update-if-newer', 'update-only'])
