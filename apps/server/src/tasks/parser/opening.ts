import type { RawRow } from '@longshore/core'

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
