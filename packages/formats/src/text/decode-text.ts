import { isAscii } from 'node:buffer'
import { createRequire } from 'node:module'
import type Iconv from 'iconv-lite'
import { blockBytes } from '../limits.ts'
import { badByteMark, decodeBlock, decodeUtf8 } from './decode-utf8.ts'
import type { TextBlock } from './decode-utf8.ts'
import type { Encoding } from './encodings.ts'

const require = createRequire(import.meta.url)

/**
 * Turns bytes into text blocks of bounded size, whatever the size of the chunks. Every block begins at the beginning of a character, so
 * that decoding can begin again at its `byteOffset`. What cannot be text stands in it as half of a surrogate pair, and makes it suspicious.
 */
export function decodeText(chunks: AsyncIterable<Uint8Array>, encoding: Encoding, byteOffset = 0): AsyncGenerator<TextBlock> {
  return encoding === 'utf-8' ? decodeUtf8(chunks, byteOffset) : decodeBlocks(chunks, coderOf(encoding), byteOffset)
}

/** The text of bytes that are all there; a character that their end cuts is left out unless they are `complete`. Without byte order mark. */
export function decodeHead(bytes: Uint8Array, encoding: Encoding, complete: boolean): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  if (encoding === 'utf-8') return decodeBlock(buffer, 0).text.replace(/^\uFEFF/, '')
  const { boundary, decode } = coderOf(encoding)
  return decode(complete ? buffer : buffer.subarray(0, boundary(buffer))).replace(/^\uFEFF/, '')
}

interface Coder {
  /** A place as near to the end as possible at which a character begins, whatever follows; 0 where there is none. */
  boundary: (bytes: Buffer) => number
  decode: (bytes: Buffer) => string
}

/** More bytes without a place to cut are cut anywhere: no text is like that. */
const mostPending = 16 * blockBytes

async function* decodeBlocks(chunks: AsyncIterable<Uint8Array>, { boundary, decode }: Coder, byteOffset: number): AsyncGenerator<TextBlock> {
  let carried = Buffer.alloc(0)
  let offset = byteOffset
  const block = (bytes: Buffer): TextBlock => {
    const text = decode(bytes)
    return { text, byteOffset: offset, suspicious: text.includes('\0') || !text.isWellFormed() }
  }
  for await (const chunk of chunks) {
    for (let from = 0; from < chunk.length; from += blockBytes) {
      const piece = Buffer.from(chunk.buffer, chunk.byteOffset + from, Math.min(blockBytes, chunk.length - from))
      const bytes = carried.length === 0 ? piece : Buffer.concat([carried, piece])
      const whole = boundary(bytes) || (bytes.length > mostPending ? bytes.length : 0)
      // A copy: the caller may use its chunk again for the next read.
      carried = Buffer.from(bytes.subarray(whole))
      if (whole > 0) yield block(bytes.subarray(0, whole))
      offset += whole
    }
  }
  if (carried.length > 0) yield block(carried)
}

function coderOf(encoding: Encoding): Coder {
  switch (encoding) {
    case 'utf-8': return { boundary: (bytes) => bytes.length, decode: (bytes) => decodeBlock(bytes, 0).text }
    case 'utf-16le': return { boundary: (bytes) => bytes.length & ~1, decode: decodeUtf16 }
    case 'utf-16be': return { boundary: (bytes) => bytes.length & ~1, decode: (bytes) => decodeUtf16(swapped(bytes, 2)) }
    case 'utf-32le': return { boundary: (bytes) => bytes.length & ~3, decode: decodeUtf32 }
    case 'utf-32be': return { boundary: (bytes) => bytes.length & ~3, decode: (bytes) => decodeUtf32(swapped(bytes, 4)) }
    case 'shift_jis': case 'euc-jp': case 'gb18030': case 'big5': case 'euc-kr': return { boundary: afterPlainByte, decode: decoderOf(encoding) }
    // Lines begin and end in ASCII there; between, what a byte means depends on what came before.
    case 'iso-2022-jp': return { boundary: (bytes) => bytes.lastIndexOf(10) + 1, decode: decoderOf(encoding) }
    default: return { boundary: (bytes) => bytes.length, decode: decoderOf(encoding) }
  }
}

/** In encodings of one or two bytes a character, bytes below 0x30 never are the second one (digits are, in GB18030). */
function afterPlainByte(bytes: Buffer): number {
  for (let at = bytes.length; at > 0; at -= 1) if ((bytes[at - 1] ?? 0) < 0x30) return at
  return 0
}

/** The platform reads these wrongly or not at all: its Korean lacks the letters that Windows added, its Big5 the characters of Hong Kong. */
const byTable: Partial<Record<Encoding, string>> = { 'euc-kr': 'cp949', big5: 'big5hkscs', ibm850: 'cp850', ibm437: 'cp437', ibm852: 'cp852' }

function decoderOf(encoding: Encoding): (bytes: Buffer) => string {
  const table = byTable[encoding]
  const decode = table === undefined ? platformDecoder(encoding) : tableDecoder(table)
  const escapes = encoding === 'iso-2022-jp'
  return (bytes) => {
    if (!escapes && isAscii(bytes)) return bytes.toString('latin1')
    const text = decode(bytes)
    return text.includes('\uFFFD') ? text.replaceAll('\uFFFD', badByteMark) : text
  }
}

function platformDecoder(encoding: Encoding): (bytes: Buffer) => string {
  const decoder = new TextDecoder(encoding, { ignoreBOM: true })
  return (bytes) => decoder.decode(bytes)
}

/** Loaded where it is needed, which is seldom. */
function tableDecoder(table: string): (bytes: Buffer) => string {
  const { decode } = require('iconv-lite') as typeof Iconv
  return (bytes) => decode(bytes, table, { stripBOM: false })
}

function decodeUtf16(bytes: Buffer): string {
  const text = bytes.toString('utf16le', 0, bytes.length & ~1)
  return bytes.length % 2 === 0 ? text : text + badByteMark
}

function decodeUtf32(bytes: Buffer): string {
  const parts: string[] = []
  let at = 0
  for (; at + 4 <= bytes.length; at += 4) {
    const code = bytes.readUInt32LE(at)
    parts.push(code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? badByteMark : String.fromCodePoint(code))
  }
  return parts.join('') + (at < bytes.length ? badByteMark : '')
}

function swapped(bytes: Buffer, unit: 2 | 4): Buffer {
  const copy = Buffer.from(bytes.subarray(0, bytes.length - bytes.length % unit))
  return Buffer.concat([unit === 2 ? copy.swap16() : copy.swap32(), bytes.subarray(copy.length)])
}
