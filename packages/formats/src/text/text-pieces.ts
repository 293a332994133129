import type { ByteSource } from '../source.ts'
import { markedEncoding, wideEncoding } from './byte-order.ts'
import { decodeHead, decodeText } from './decode-text.ts'
import { encodingCalled } from './encodings.ts'

/** Characters at the beginning of a file by which it is recognised. */
const recognisedBytes = 64 * 1024

/** The beginning of a file as text, in UTF-8 unless its bytes say that it is wider. */
export function beginningText(head: Uint8Array): string {
  const encoding = markedEncoding(head) ?? wideEncoding(head)?.encoding ?? 'utf-8'
  return decodeHead(head.subarray(0, recognisedBytes), encoding, false).trimStart()
}

/** The text of a source in pieces, without a byte order mark. Bytes that are no text leave half of a surrogate pair. */
export async function* textPieces(source: ByteSource, encoding: string): AsyncGenerator<string> {
  for await (const { text, byteOffset } of decodeText(source.stream(), encodingCalled(encoding))) {
    yield byteOffset === 0 && text.startsWith('\uFEFF') ? text.slice(1) : text
  }
}
