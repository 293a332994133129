import { isAscii, isUtf8 } from 'node:buffer'
import { blockBytes } from '../limits.ts'

/**
 * Stands in the text for a byte that is not UTF-8. Valid UTF-8 never gives half of a surrogate pair, so it cannot be
 * mistaken for a U+FFFD that the file really holds; `toWellFormed` turns it into one.
 */
export const badByteMark = '\uDFFF'

/** A piece of the file as text; always begins at the beginning of a character. */
export interface TextBlock {
  text: string
  /** Offset of its first byte in the file. */
  byteOffset: number
  /** True when the block holds NUL characters or marks of bad bytes. */
  suspicious: boolean
}

/** Turns bytes into text blocks of bounded size, whatever the size of the chunks; the text does not depend on them. */
export async function* decodeUtf8(chunks: AsyncIterable<Uint8Array>, byteOffset = 0): AsyncGenerator<TextBlock> {
  let carried = Buffer.alloc(0)
  let offset = byteOffset
  for await (const chunk of chunks) {
    for (let from = 0; from < chunk.length; from += blockBytes) {
      const piece = Buffer.from(chunk.buffer, chunk.byteOffset + from, Math.min(blockBytes, chunk.length - from))
      const bytes = carried.length === 0 ? piece : Buffer.concat([carried, piece])
      const whole = bytes.length - unfinishedTail(bytes)
      // A copy: the caller may use its chunk again for the next read.
      carried = Buffer.from(bytes.subarray(whole))
      if (whole > 0) yield decodeBlock(bytes.subarray(0, whole), offset)
      offset += whole
    }
  }
  if (carried.length > 0) yield decodeBlock(carried, offset)
}

/** Decodes bytes that begin and end with whole characters (or are damaged there). */
export function decodeBlock(bytes: Buffer, byteOffset: number): TextBlock {
  if (isAscii(bytes)) return { text: bytes.toString('latin1'), byteOffset, suspicious: bytes.includes(0) }
  if (isUtf8(bytes)) return { text: bytes.toString('utf8'), byteOffset, suspicious: bytes.includes(0) }
  return { text: decodeDamaged(bytes), byteOffset, suspicious: true }
}

function decodeDamaged(bytes: Buffer): string {
  const parts: string[] = []
  let good = 0
  for (let at = 0; at < bytes.length;) {
    const length = sequenceLength(bytes, at)
    if (length > 0) { at += length; continue }
    if (at > good) parts.push(bytes.toString('utf8', good, at))
    parts.push(badByteMark)
    at += 1
    good = at
  }
  if (good < bytes.length) parts.push(bytes.toString('utf8', good, bytes.length))
  return parts.join('')
}

/** Length of the well-formed character at `at`, or 0. Table 3-7 of the Unicode standard, chapter 3. */
export function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0
  if (lead < 0x80) return 1
  const length = expectedLength(lead)
  if (length === 0 || at + length > bytes.length) return 0
  for (let i = 1; i < length; i += 1) {
    if (!continues(lead, i, bytes[at + i] ?? 0)) return 0
  }
  return length
}

/** How many bytes at the end begin a character that the next bytes may finish: 0 to 3. */
function unfinishedTail(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const lead = bytes[bytes.length - back] ?? 0
    if (lead < 0x80) return 0
    if (lead < 0xc0) continue
    if (expectedLength(lead) <= back) return 0
    for (let i = 1; i < back; i += 1) {
      if (!continues(lead, i, bytes[bytes.length - back + i] ?? 0)) return 0
    }
    return back
  }
  return 0
}

function expectedLength(lead: number): number {
  if (lead >= 0xc2 && lead <= 0xdf) return 2
  if (lead >= 0xe0 && lead <= 0xef) return 3
  if (lead >= 0xf0 && lead <= 0xf4) return 4
  return 0
}

/** Whether `byte` may stand at place `index` (from 1) after `lead`: no overlong forms, no surrogates, nothing above U+10FFFF. */
function continues(lead: number, index: number, byte: number): boolean {
  if (byte < 0x80 || byte > 0xbf) return false
  if (index > 1) return true
  if (lead === 0xe0) return byte >= 0xa0
  if (lead === 0xed) return byte <= 0x9f
  if (lead === 0xf0) return byte >= 0x90
  if (lead === 0xf4) return byte <= 0x8f
  return true
}
