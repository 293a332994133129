import type { Mapping } from '../map/mapping.ts'
import type { RawRow } from '../ports/row.ts'
import { ColumnBook, readsOtherwise } from '../validate/evidence/column-book.ts'
import type { ColumnFinding } from '../validate/evidence/column-finding.ts'
import { withFindings } from '../validate/evidence/decided-mapping.ts'
import type { FileContext } from '../validate/evidence/file-context.ts'
import { compileCheck, type CheckInput } from './compile-check.ts'

/**
 * The check of a whole file under what its opening says of its columns, with the book that it fills. What all rows say is known at their
 * end: `settle` gives it, and whether rows were read otherwise.
 */
export function assumingCheck(input: CheckInput, file: FileContext, opening: readonly RawRow[][]): {
  check: ReturnType<typeof compileCheck>
  settle(): { findings: ColumnFinding[]; again: boolean }
} {
  const first = new ColumnBook(input.mapping, file)
  if (first.evidence.every((evidence) => evidence === null)) return { check: compileCheck(input), settle: () => ({ findings: [], again: false }) }
  const look = compileCheck({ ...input, book: first })
  for (const batch of opening) for (const raw of batch) look(raw)
  const guesses = first.findings()
  const assumed: Mapping = { ...input.mapping, targets: withFindings(input.mapping.targets, guesses) }
  // what is assumed takes its evidence all the same, so the book knows the columns as they were given
  const book = new ColumnBook(input.mapping, file)
  book.wantsCountries = first.leavesOpen
  return {
    check: compileCheck({ ...input, mapping: assumed, book }),
    settle() {
      const findings = book.findings()
      const decided = withFindings(input.mapping.targets, findings)
      const again = decided.some((target, i) => readsOtherwise(assumed.targets[i]?.reading ?? {}, target.reading))
      return { findings, again }
    },
  }
}
