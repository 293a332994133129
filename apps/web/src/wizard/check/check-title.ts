import type { RowOverviewAnswer } from '@longshore/contract'
import { importWords } from '../../words/imports.ts'

const texts = importWords.check

/** What the check found, in a line; `ready`: rows that would be written, null until that is planned. */
export function checkTitle(counts: RowOverviewAnswer['counts'], ready: number | null): string {
  const { rows, errors, warnings } = counts
  if (errors > 0 || warnings > 0) return texts.title
  if (ready === null || ready >= rows) return texts.allGood(rows)
  return ready === 0 ? texts.nothingToWrite(rows) : texts.partGood(ready, rows)
}
