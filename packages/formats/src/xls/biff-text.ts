import type { Encoding } from '../text/encodings.ts'
import { encodingCalled } from '../text/encodings.ts'
import { decodeHead } from '../text/decode-text.ts'

/** Versions of the format: Excel 2 to 4 have their own, 5 and 95 the fifth, 97 to 2003 the eighth. */
export type BiffVersion = 2 | 3 | 4 | 5 | 8

/** How a workbook writes texts: its version, and the encoding of those before the eighth. */
export interface TextCoding { version: BiffVersion; encoding: Encoding }

const codePages: Readonly<Record<number, Encoding>> = { 367: 'windows-1252', 1200: 'utf-16le', 10000: 'macintosh', 10007: 'x-mac-cyrillic', 0x8000: 'macintosh', 0x8001: 'windows-1252' }

/** The encoding that a workbook names by its number; the most common one for a number that is not known. */
export function codePageEncoding(number: number): Encoding {
  try { return codePages[number] ?? encodingCalled(`cp${number}`) } catch { return 'windows-1252' }
}

/** A text with its length before it, of one byte or two, that lies within its record. */
export function textAt(bytes: Buffer, at: number, lengthBytes: 1 | 2, { version, encoding }: TextCoding): string {
  const count = lengthBytes === 1 ? bytes.readUInt8(at) : bytes.readUInt16LE(at)
  const start = at + lengthBytes
  if (version < 8) return decodeHead(bytes.subarray(start, start + count), encoding, true)
  const wide = (bytes.readUInt8(start) & 1) === 1
  return characters(bytes, start + 1, count, wide)
}

function characters(bytes: Buffer, start: number, count: number, wide: boolean): string {
  return wide ? bytes.toString('utf16le', start, start + count * 2) : bytes.toString('latin1', start, start + count)
}

/**
 * Texts that go on over the end of a record into those that continue it. Such a one begins by saying anew whether its characters have one
 * byte or two, but only where a text is cut within its characters.
 */
export class ContinuedTexts {
  readonly #more: () => Promise<Buffer | null>
  #bytes: Buffer
  #at: number

  constructor(first: Buffer, at: number, more: () => Promise<Buffer | null>) {
    this.#bytes = first
    this.#at = at
    this.#more = more
  }

  /** The next text of a table, without its runs of formats and its phonetic notes; null where the records end. */
  async next(): Promise<string | null> {
    if (this.#at >= this.#bytes.length && !await this.#on()) return null
    return this.#whole() ?? await this.#parts()
  }

  /** `count` characters that follow the byte which says how wide they are. */
  async characters(count: number): Promise<string | null> {
    const flags = await this.#number(1)
    return flags === null ? null : this.#characters(count, (flags & 1) === 1)
  }

  /** A text that lies within the record: nearly every one. */
  #whole(): string | null {
    const bytes = this.#bytes
    let at = this.#at
    if (at + 3 > bytes.length) return null
    const count = bytes.readUInt16LE(at)
    const flags = bytes[at + 2] ?? 0
    at += 3
    const runs = flags & 8 ? at + 2 : 0
    if (flags & 8) at += 2
    const notes = flags & 4 ? at + 4 : 0
    if (flags & 4) at += 4
    if (at > bytes.length) return null
    const start = at
    at += count * (flags & 1 ? 2 : 1)
    if (runs > 0) at += bytes.readUInt16LE(runs - 2) * 4
    if (notes > 0) at += bytes.readUInt32LE(notes - 4)
    if (at > bytes.length) return null
    this.#at = at
    return characters(bytes, start, count, (flags & 1) === 1)
  }

  async #parts(): Promise<string | null> {
    const count = await this.#number(2)
    const flags = await this.#number(1)
    if (count === null || flags === null) return null
    const runs = flags & 8 ? await this.#number(2) : 0
    const notes = flags & 4 ? await this.#number(4) : 0
    const text = await this.#characters(count, (flags & 1) === 1)
    if (runs === null || notes === null || text === null) return null
    await this.#skip(runs * 4 + notes)
    return text
  }

  async #characters(count: number, firstWide: boolean): Promise<string | null> {
    let text = ''
    for (let wide = firstWide; ;) {
      const size = wide ? 2 : 1
      const here = Math.min(count - text.length, Math.floor((this.#bytes.length - this.#at) / size))
      text += characters(this.#bytes, this.#at, here, wide)
      this.#at += here * size
      if (text.length >= count) return text
      if (!await this.#on()) return null
      wide = ((this.#bytes[0] ?? 0) & 1) === 1
      this.#at = 1
    }
  }

  async #number(size: 1 | 2 | 4): Promise<number | null> {
    let value = 0
    for (let i = 0; i < size; i += 1) {
      if (this.#at >= this.#bytes.length && !await this.#on()) return null
      value += (this.#bytes[this.#at++] ?? 0) * 2 ** (8 * i)
    }
    return value
  }

  async #skip(count: number): Promise<void> {
    for (let left = count; ;) {
      const here = Math.min(left, this.#bytes.length - this.#at)
      this.#at += here
      left -= here
      if (left === 0 || !await this.#on()) return
    }
  }

  /** Goes to the next record that is not empty. */
  async #on(): Promise<boolean> {
    for (;;) {
      const bytes = await this.#more()
      if (bytes === null) return false
      this.#bytes = bytes
      this.#at = 0
      if (bytes.length > 0) return true
    }
  }
}
