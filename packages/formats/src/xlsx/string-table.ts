import { damaged, tooLarge } from '../sheet/file-fault.ts'
import type { Archive } from './archive.ts'
import { maxCellCharacters } from '../limits.ts'
import { unescapeText } from './escaped-text.ts'
import { maxSharedStringBytes, maxSharedStrings, maxStringTableBytes } from './limits.ts'
import { parseXml } from './xml-part.ts'

/** The first texts are kept as such; they are the ones that most cells name. The others are packed as UTF-8, outside of the heap. */
const plainTexts = 65_536
const slabBytes = 1_048_576

/**
 * Texts that cells name by index. Read only as far as cells ask for, since programs write them in the order in which cells need
 * them: the first rows of a large workbook do not wait for the whole table.
 */
export class StringTable {
  readonly #steps: AsyncGenerator<void> | null
  readonly #what: string
  readonly #plain: string[] = []
  readonly #slabs: Buffer[] = []
  /** For each packed text its slab, offset and length: two numbers of 32 bits. */
  #ends = new Uint32Array(2 * 65_536)
  #slabUsed = slabBytes
  #count = 0
  #bytes = 0
  #done = false

  constructor(archive: Archive, part: string | null, what: string) {
    this.#what = what
    this.#steps = part === null ? null : parseXml(archive.part(part, maxStringTableBytes), this.#handler(), { what, where: () => `the table of texts, entry ${this.#count + 1}` })
  }

  /** Reads on until the text of this index is there, or the table ends. */
  async loadTo(index: number): Promise<void> {
    while (!this.#done && this.#count <= index) this.#done = this.#steps === null || (await this.#steps.next()).done === true
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

  async close(): Promise<void> {
    this.#done = true
    await this.#steps?.return(undefined)
  }

  #handler() {
    let text = ''
    let inText = false
    let phonetic = 0
    return {
      open: (name: string) => {
        if (name === 'si') text = ''
        else if (name === 'rPh') phonetic += 1
        else if (name === 't') inText = phonetic === 0
      },
      close: (name: string) => {
        if (name === 't') inText = false
        else if (name === 'rPh') phonetic -= 1
        else if (name === 'si') this.#add(unescapeText(text))
      },
      text: (piece: string) => {
        if (!inText) return
        text += piece
        if (text.length > maxCellCharacters) throw tooLarge(this.#what, `the table of texts, entry ${this.#count + 1}`, `a text has more than ${maxCellCharacters} characters`)
      },
    }
  }

  #add(text: string): void {
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
