import { beginningText } from '../text/text-pieces.ts'
import { looksLikeLines } from './looks-like-lines.ts'

const document = /^(?:\{\s*(?:"(?:[^"\\]|\\.)*"\s*:|\}|$)|\[\s*(?:[[{\]]|"(?:[^"\\]|\\.)*"\s*[,\]]|$))/

/** Whether a file begins as one JSON document does, and not as a line of many. */
export function isJson(head: Uint8Array, fileName: string | undefined): boolean {
  const beginning = beginningText(head)
  return document.test(beginning) && !looksLikeLines(beginning, fileName)
}
