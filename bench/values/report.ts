import type { TestColumn } from './column.ts'
import type { Verdict } from './judge.ts'

export interface Figures {
  columns: number
  /** Columns with a value that was taken without a word for something else. */
  silentlyWrong: Verdict[]
  /** Columns that were asked about although they say how they are to be read. */
  needless: Verdict[]
  /** Columns that had to be asked about, and were. */
  rightlyAsked: number
  /** Share of values read as meant, of columns not asked about, by group of kinds. */
  right: { phones: number; others: number }
}

export function figuresOf(verdicts: readonly Verdict[]): Figures {
  const read = verdicts.filter(({ asked }) => !asked)
  return {
    columns: verdicts.length,
    silentlyWrong: read.filter(({ wrong, column }) => wrong > 0 || (column.sort === 'mixed')),
    needless: verdicts.filter(({ asked, column }) => asked && column.sort === 'decidable'),
    rightlyAsked: verdicts.filter(({ asked, column }) => asked && column.sort !== 'decidable').length,
    right: { phones: share(read, (kind) => kind === 'phone'), others: share(read, (kind) => kind !== 'phone') },
  }
}

function share(verdicts: readonly Verdict[], of: (kind: TestColumn['kind']) => boolean): number {
  let right = 0
  let all = 0
  for (const { column, ...verdict } of verdicts) {
    if (!of(column.kind)) continue
    right += verdict.right
    all += column.values.length
  }
  return all === 0 ? 1 : right / all
}
