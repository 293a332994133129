import type { ByteSource } from '../source.ts'
import { markedEncoding, wideEncoding } from './byte-order.ts'
import { decodeHead, decodeText } from './decode-text.ts'
import { encodingCalled } from './encodings.ts'

/** Characters at the beginning of a file by which it is recognised. */
const recognisedBytes = 64 * 1024

/** Several formats ask for the beginning of the same file, one after the other. */
const beginnings = new WeakMap<Uint8Array, string>()

/** The beginning of a file as text, in UTF-8 unless its bytes say that it is wider. */
export function beginningText(head: Uint8Array): string {
  const known = beginnings.get(head)
  if (known !== undefined) return known
  const encoding = markedEncoding(head) ?? wideEncoding(head)?.encoding ?? 'utf-8'
  const text = decodeHead(head.subarray(0, recognisedBytes), encoding, false).trimStart()
  beginnings.set(head, text)
  return text
}

/** The text of a source in pieces, without a byte order mark. Bytes that are no text leave half of a surrogate pair. */
export async function* textPieces(source: ByteSource, encoding: string): AsyncGenerator<string> {
  for await (const { text, byteOffset } of decodeText(source.stream(), encodingCalled(encoding))) {
    yield byteOffset === 0 && text.startsWith('\uFEFF') ? text.slice(1) : text
  }
}
