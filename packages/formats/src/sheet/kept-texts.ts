import { maxSharedStringBytes, maxSharedStrings } from '../limits.ts'
import { damaged, tooLarge } from './file-fault.ts'

/** The first texts are kept as such; they are the ones that most cells name. The others are packed as UTF-8, outside of the heap. */
const plainTexts = 65_536
const slabBytes = 1_048_576

/** Texts that the cells of a workbook share, by their number. Takes no more of them than the limits say; throws a Fault beyond. */
export class KeptTexts {
  readonly #what: string
  readonly #plain: string[] = []
  readonly #slabs: Buffer[] = []
  /** For each packed text its slab, offset and length: two numbers of 32 bits. */
  #ends = new Uint32Array(2 * 65_536)
  #slabUsed = slabBytes
  #count = 0
  #bytes = 0

  constructor(what: string) {
    this.#what = what
  }

  get count(): number {
    return this.#count
  }

  /** undefined: the table has no such entry. */
  text(index: number): string | undefined {
    if (index < this.#plain.length) return this.#plain[index]
    if (index >= this.#count) return undefined
    const at = 2 * (index - plainTexts)
    const place = this.#ends[at] ?? 0, length = this.#ends[at + 1] ?? 0
    const slab = this.#slabs[place >>> 20]
    const offset = place & 0xfffff
    return slab?.toString('utf8', offset, offset + length)
  }

  add(text: string): void {
    if (this.#count >= maxSharedStrings) throw tooLarge(this.#what, 'the table of texts', `there are more than ${maxSharedStrings} different texts`)
    this.#count += 1
    const bytes = Buffer.byteLength(text)
    this.#bytes += bytes
    if (this.#bytes > maxSharedStringBytes) throw tooLarge(this.#what, 'the table of texts', `its texts take more than ${maxSharedStringBytes / 1_048_576} MB`)
    if (this.#count <= plainTexts && this.#plain.length === this.#count - 1) { this.#plain.push(text); return }
    let slab = this.#slabs.at(-1)
    if (slab === undefined || this.#slabUsed + bytes > slabBytes) {
      slab = Buffer.allocUnsafeSlow(Math.max(slabBytes, bytes))
      this.#slabs.push(slab)
      this.#slabUsed = 0
      if (this.#slabs.length > 4_096) throw damaged(this.#what, 'the table of texts', 'it cannot be kept')
    }
    slab.write(text, this.#slabUsed)
    const at = 2 * (this.#count - 1 - plainTexts)
    if (at >= this.#ends.length) {
      const longer = new Uint32Array(this.#ends.length * 2)
      longer.set(this.#ends)
      this.#ends = longer
    }
    this.#ends[at] = (this.#slabs.length - 1) * slabBytes + this.#slabUsed
    this.#ends[at + 1] = bytes
    this.#slabUsed += bytes
  }
}
