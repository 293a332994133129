import { KeptTexts } from '../sheet/kept-texts.ts'
import { tooLarge } from '../sheet/file-fault.ts'
import type { Archive } from './archive.ts'
import { maxCellCharacters } from '../limits.ts'
import { unescapeText } from './escaped-text.ts'
import { maxStringTableBytes } from './limits.ts'
import { parseXml } from './xml-part.ts'

/**
 * Texts that cells name by index. Read only as far as cells ask for, since programs write them in the order in which cells need
 * them: the first rows of a large workbook do not wait for the whole table.
 */
export class StringTable {
  readonly #steps: AsyncGenerator<void> | null
  readonly #what: string
  readonly #texts: KeptTexts
  #done = false

  constructor(archive: Archive, part: string | null, what: string) {
    this.#what = what
    this.#texts = new KeptTexts(what)
    this.#steps = part === null ? null : parseXml(archive.part(part, maxStringTableBytes), this.#handler(), { what, where: () => `the table of texts, entry ${this.#texts.count + 1}` })
  }

  /** Reads on until the text of this index is there, or the table ends. */
  async loadTo(index: number): Promise<void> {
    while (!this.#done && this.#texts.count <= index) this.#done = this.#steps === null || (await this.#steps.next()).done === true
  }

  /** undefined: the table has no such entry. */
  text(index: number): string | undefined {
    return this.#texts.text(index)
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
        else if (name === 'si') this.#texts.add(unescapeText(text))
      },
      text: (piece: string) => {
        if (!inText) return
        text += piece
        if (text.length > maxCellCharacters) throw tooLarge(this.#what, `the table of texts, entry ${this.#texts.count + 1}`, `a text has more than ${maxCellCharacters} characters`)
      },
    }
  }
}
