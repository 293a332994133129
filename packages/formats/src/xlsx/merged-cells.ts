import type { Archive } from './archive.ts'
import { maxSheetBytes } from './limits.ts'
import { xmlEncoding } from './xml-part.ts'

/** Merged ranges that are kept; more of them are left out, they only name columns. */
const maxMerged = 10_000
/** Longer than any element that names a range: what may be cut between two pieces. */
const carriedCharacters = 200

const element = /<(?:[\w.-]+:)?mergeCell\s[^<>]*?\bref\s*=\s*["']([^"'<>]*)["']/g

/**
 * The merged ranges of a sheet, such as `A1:D1`. They stand behind its rows, so the whole part is unpacked; but nothing of it is taken apart:
 * no text of a cell can look like an element.
 */
export async function mergedCells(archive: Archive, part: string): Promise<string[]> {
  const found: string[] = []
  let decoder: InstanceType<typeof TextDecoder> | null = null
  let carried = ''
  for await (const piece of archive.part(part, maxSheetBytes)) {
    decoder ??= new TextDecoder(xmlEncoding(piece))
    const text = carried + decoder.decode(piece, { stream: true })
    let end = text.length - carriedCharacters
    if (text.includes('mergeCell')) {
      for (const match of text.matchAll(element)) {
        if (found.length < maxMerged) found.push(match[1] ?? '')
        end = Math.max(end, match.index + match[0].length)
      }
    }
    carried = text.slice(Math.max(0, end))
  }
  return found
}
