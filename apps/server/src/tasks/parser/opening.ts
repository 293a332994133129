import { ColumnBook, compileCheck, readsOtherwise, withFindings, type CheckInput, type ColumnFinding, type FileContext, type Mapping, type RawRow } from '@longshore/core'

/** Rows at the beginning of a file that decide what to assume of its columns: with so many, hardly a column turns out otherwise. */
const openingRows = 600
/** And no more of them than so many characters. */
const openingCharacters = 1024 * 1024

/** The first batches of a file; `batches` goes on after them. */
export async function takeOpening(batches: AsyncIterator<RawRow[]>): Promise<RawRow[][]> {
  const opening: RawRow[][] = []
  let rows = 0
  let characters = 0
  while (rows < openingRows && characters < openingCharacters) {
    const next = await batches.next()
    if (next.done) break
    opening.push(next.value)
    rows += next.value.length
    for (const raw of next.value) for (const cell of raw.cells) characters += cell?.length ?? 0
  }
  return opening
}

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
