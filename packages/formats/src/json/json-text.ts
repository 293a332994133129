import { TextDecoder } from 'node:util'
import { Fault } from '@longshore/core'
import type { ByteSource } from '../source.ts'
import { decodeUtf8 } from '../text/decode-utf8.ts'

/** How JSON is written: UTF-8 by its standard, UTF-16 by programs that do not mind; told by a byte order mark or by zero bytes. */
export function jsonEncoding(head: Uint8Array, given: string | undefined): string {
  if (given !== undefined) {
    try { return new TextDecoder(given).encoding } catch {
      throw new Fault('file.encoding', `There is no encoding ${JSON.stringify(given)} that can be read. Name one such as utf-8, utf-16le or windows-1252.`, { path: 'encoding' })
    }
  }
  const [a, b] = head
  if ((a === 0xff && b === 0xfe) || (a !== 0 && b === 0)) return 'utf-16le'
  if ((a === 0xfe && b === 0xff) || (a === 0 && b !== undefined && b !== 0)) return 'utf-16be'
  return 'utf-8'
}

/** The text of a source in pieces, without a byte order mark. Bytes that are no UTF-8 leave a lone surrogate, so that they can be noticed. */
export async function* jsonText(source: ByteSource, encoding: string): AsyncGenerator<string> {
  if (encoding === 'utf-8') {
    for await (const { text, byteOffset } of decodeUtf8(source.stream())) yield byteOffset === 0 && text.startsWith('\uFEFF') ? text.slice(1) : text
    return
  }
  const decoder = new TextDecoder(encoding)
  for await (const chunk of source.stream()) yield decoder.decode(chunk, { stream: true })
  yield decoder.decode()
}
