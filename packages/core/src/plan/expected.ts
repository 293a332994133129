import { decide, type Decision, type Found, type Strategy } from './decide.ts'

/** What becomes of rows, by what they meet; `beside`: added although a record like it is there. */
export type Expected = Partial<Record<'created' | 'updated' | 'skipped' | 'flagged' | 'deleted' | 'failed' | 'beside', number>>

/** Rows by how many records of the store they meet. */
export interface MetRows { none: number; one: number; several: number }

/**
 * What a strategy does with rows that meet so many records, before there is a plan: all rows but those with errors, each once. Rows that repeat an earlier
 * one of the file, records that have all values already or are newer than their row, and what fails while it is merged, only the plan knows.
 */
export function expectedOf(strategy: Strategy, { none, one, several }: MetRows): Expected {
  const sums: Expected = {}
  const met: [Found, number][] = [[{ kind: 'one', where: 'store' }, one], [{ kind: 'several', where: 'store' }, several], [{ kind: 'none' }, none]]
  for (const [found, rows] of met) {
    const what = found.kind !== 'none' && decide(strategy, found).kind === 'create' ? 'beside' : words[decide(strategy, found).kind]
    if (rows > 0) sums[what] = (sums[what] ?? 0) + rows
  }
  return sums
}

const words = { create: 'created', flag: 'flagged', update: 'updated', delete: 'deleted', skip: 'skipped', fail: 'failed' } as const satisfies Record<Decision['kind'], keyof Expected>
