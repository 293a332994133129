import type { ColumnReading } from '../fields/column-reading.ts'
import type { Mapping } from '../map/mapping.ts'
import type { RawRow } from '../ports/row.ts'
import { ColumnBook, readsOtherwise, type ColumnBlanks, type SavedBook } from '../validate/evidence/column-book.ts'
import type { ColumnFinding } from '../validate/evidence/column-finding.ts'
import { withFindings } from '../validate/evidence/decided-mapping.ts'
import type { FileContext } from '../validate/evidence/file-context.ts'
import { compileCheck, type CheckInput } from './compile-check.ts'

/** What the reader of a part of a file has assumed of its columns (by target position), and what they have said since. Plain data. */
export interface ReadingPart { assumed: ColumnReading[]; book: SavedBook }

/**
 * The check of a file, or a part of it, under what its opening says of its columns. What its rows say together is known at their end:
 * `part` gives it; `opening` is what the opening has said.
 */
export function assumingCheck(input: CheckInput, file: FileContext, opening: readonly RawRow[][]): { check: ReturnType<typeof compileCheck>; opening: ColumnFinding[]; part(): ReadingPart } {
  const { mapping } = input
  const first = new ColumnBook(mapping, file)
  const findings = look(input, first, opening)
  const assumed: Mapping = { ...mapping, targets: withFindings(mapping.targets, findings) }
  // what is assumed takes its evidence all the same, so the book knows the columns as they were given
  const book = new ColumnBook(mapping, file)
  book.wantsCountries = first.leavesOpen
  return {
    check: compileCheck({ ...input, mapping: assumed, book }),
    opening: findings,
    part: () => ({ assumed: assumed.targets.map(({ reading }) => reading), book: book.save() }),
  }
}

/** What the parts of a file say together, in their order; `again`: one of them was read otherwise than that. */
export function settleParts(mapping: Mapping, file: FileContext, parts: readonly ReadingPart[]): { findings: ColumnFinding[]; blanks: ColumnBlanks[]; again: boolean } {
  const book = new ColumnBook(mapping, file)
  for (const part of parts) book.join(part.book)
  const findings = book.findings()
  const decided = withFindings(mapping.targets, findings)
  return { findings, blanks: book.blanks(), again: parts.some(({ assumed }) => decided.some((target, i) => readsOtherwise(assumed[i] ?? {}, target.reading))) }
}

function look(input: CheckInput, book: ColumnBook, opening: readonly RawRow[][]): ColumnFinding[] {
  if (book.evidence.every((evidence) => evidence === null)) return []
  const check = compileCheck({ ...input, book })
  for (const batch of opening) for (const raw of batch) check(raw)
  return book.findings()
}
