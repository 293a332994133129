import { isAscii, isUtf8 } from 'node:buffer'
import type { ByteExtents } from './byte-extents.ts'
import type { CellTexts } from './cell-texts.ts'

/** Shorter ones are copied faster byte by byte than by a call. */
const copiedByHand = 24

/**
 * Texts of one page, one behind the other, as bytes outside of the heap: as many strings would take several times their memory. Looked at
 * together for what is no plain text, which is rare.
 */
export class PackedTexts implements CellTexts {
  /** Bytes of memory that they take. */
  readonly sizeBytes: number
  readonly odd: boolean
  readonly #bytes: Buffer
  /** End of each text in the bytes; it begins where the one before ends. */
  readonly #ends: Uint32Array
  readonly #ascii: boolean

  constructor({ bytes, starts, ends }: ByteExtents) {
    let size = 0
    for (let i = 0; i < starts.length; i += 1) size += (ends[i] ?? 0) - (starts[i] ?? 0)
    this.#bytes = Buffer.allocUnsafeSlow(size)
    this.#ends = new Uint32Array(starts.length)
    this.sizeBytes = size + this.#ends.byteLength
    let at = 0
    let split = false // a character over two texts, which together would pass for sound
    for (let i = 0; i < starts.length; i += 1) {
      const start = starts[i] ?? 0
      const length = (ends[i] ?? 0) - start
      if (length < copiedByHand) for (let b = 0; b < length; b += 1) this.#bytes[at + b] = bytes[start + b] ?? 0
      else this.#bytes.set(bytes.subarray(start, start + length), at)
      split ||= length > 0 && ((this.#bytes[at] ?? 0) & 0xc0) === 0x80
      at += length
      this.#ends[i] = at
    }
    this.#ascii = isAscii(this.#bytes)
    this.odd = this.#bytes.includes(0) || split || !(this.#ascii || isUtf8(this.#bytes))
  }

  at(index: number): string {
    const start = index === 0 ? 0 : this.#ends[index - 1] ?? 0
    const end = this.#ends[index] ?? start
    if (start === end) return ''
    if (this.#ascii && !this.odd) return this.#bytes.toString('latin1', start, end)
    const text = this.#bytes.toString('utf8', start, end)
    return this.odd ? text.replaceAll('\0', '') : text
  }

  bytesAt(index: number): Buffer {
    return this.#bytes.subarray(index === 0 ? 0 : this.#ends[index - 1], this.#ends[index])
  }
}
