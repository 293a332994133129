import { isAscii, isUtf8 } from 'node:buffer'

/**
 * Texts of one column, kept as bytes outside of the heap: a hundred thousand rows of twenty columns take the memory of their text, where as
 * many strings would take several times as much.
 */
export class PackedTexts {
  #bytes = Buffer.allocUnsafeSlow(64 * 1024)
  #used = 0
  /** End of each text in the bytes; that of the one before where there is none (a null is marked by `#nulls`). */
  readonly #ends: Uint32Array
  readonly #nulls: Uint8Array
  #count = 0
  #ascii = false
  #odd = false

  constructor(length: number) {
    this.#ends = new Uint32Array(length)
    this.#nulls = new Uint8Array(length)
  }

  get length(): number {
    return this.#count
  }

  push(text: string | null): void {
    if (text === null) this.#nulls[this.#count] = 1
    else {
      this.#makeRoom(text.length * 3)
      this.#used += this.#bytes.write(text, this.#used)
    }
    this.#ends[this.#count] = this.#used
    this.#count += 1
  }

  /** Takes text as it is in the file, as bytes. */
  pushBytes(bytes: Uint8Array): void {
    this.#makeRoom(bytes.length)
    this.#bytes.set(bytes, this.#used)
    this.#used += bytes.length
    this.#ends[this.#count] = this.#used
    this.#count += 1
  }

  /** Says that all texts are there; whether one holds bytes that are no UTF-8, or NUL: rarely, so all are looked at together. */
  close(): { odd: boolean } {
    const used = this.#bytes.subarray(0, this.#used)
    this.#ascii = isAscii(used)
    this.#odd = used.includes(0) || !(this.#ascii || isUtf8(used))
    return { odd: this.#odd }
  }

  bytesAt(index: number): Buffer | null {
    if (this.#nulls[index] === 1) return null
    return this.#bytes.subarray(index === 0 ? 0 : this.#ends[index - 1], this.#ends[index])
  }

  at(index: number): string | null {
    if (this.#nulls[index] === 1) return null
    const start = index === 0 ? 0 : this.#ends[index - 1] ?? 0
    const end = this.#ends[index] ?? start
    if (start === end) return ''
    if (this.#ascii && !this.#odd) return this.#bytes.toString('latin1', start, end)
    const text = this.#bytes.toString('utf8', start, end)
    return this.#odd ? text.replaceAll('\0', '') : text
  }

  #makeRoom(bytes: number): void {
    if (this.#used + bytes <= this.#bytes.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#bytes.length * 2, this.#used + bytes))
    this.#bytes.copy(larger, 0, 0, this.#used)
    this.#bytes = larger
  }
}
