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

  constructor(length: number) {
    this.#ends = new Uint32Array(length)
    this.#nulls = new Uint8Array(length)
  }

  get length(): number {
    return this.#count
  }

  get sizeBytes(): number {
    return this.#used
  }

  push(text: string | null): void {
    if (text === null) this.#nulls[this.#count] = 1
    else {
      const most = text.length * 3
      if (this.#used + most > this.#bytes.length) {
        const larger = Buffer.allocUnsafeSlow(Math.max(this.#bytes.length * 2, this.#used + most))
        this.#bytes.copy(larger, 0, 0, this.#used)
        this.#bytes = larger
      }
      this.#used += this.#bytes.write(text, this.#used)
    }
    this.#ends[this.#count] = this.#used
    this.#count += 1
  }

  at(index: number): string | null {
    if (this.#nulls[index] === 1) return null
    const start = index === 0 ? 0 : this.#ends[index - 1] ?? 0
    const end = this.#ends[index] ?? start
    return start === end ? '' : this.#bytes.toString('utf8', start, end)
  }
}
