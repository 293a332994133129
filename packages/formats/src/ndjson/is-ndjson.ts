import { looksLikeLines } from '../json/looks-like-lines.ts'
import { beginningText } from '../text/text-pieces.ts'

/** Whether a file begins as a list of JSON objects does that stand on lines of their own. */
export function isNdjson(head: Uint8Array, fileName: string | undefined): boolean {
  return looksLikeLines(beginningText(head), fileName)
}
