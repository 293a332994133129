import { maxCellCharacters } from '../limits.ts'
import { looksLikeRecords } from './looks-like-records.ts'

const LF = 10
const CR = 13

/** How much text an open quote keeps, so that its lines can be read again without the source. */
const heldCharacters = 2 * maxCellCharacters

/**
 * What is known of the quote that opened the current cell: where it stands, where the line after it begins, what speaks
 * against its being closed, and the text since. Positions are characters from the beginning of the whole text.
 */
export class OpenQuote {
  at = 0
  line = 1
  /** Place in its line, from 1. */
  character = 1
  /** Where its line ends, and where the next one begins; -1 while it goes on. */
  lineEnd = -1
  nextLine = -1
  /** Line ends inside the cell so far. */
  linesInside = 0
  /** Where the last line inside the cell begins; has a meaning only when there are line ends inside. */
  lastLineStart = 0
  /** A quote inside was neither doubled nor escaped; and a delimiter came after that one. */
  stray = false
  delimiterAfterStray = false
  /** Whether `held` is all of the text since the quote; else only its beginning. */
  heldAll = true
  #held = ''
  #afterCr = false
  #passedTo = -1
  #judged = false

  open(at: number, line: number, character: number): void {
    this.at = at
    this.line = line
    this.character = character
    this.lineEnd = -1
    this.nextLine = -1
    this.linesInside = 0
    this.stray = false
    this.delimiterAfterStray = false
    this.heldAll = true
    this.#held = ''
    this.#afterCr = false
    this.#judged = false
  }

  /** Goes over a piece of the cell without quotes; true at a line end after a stray quote: the cell was never closed. */
  pass(text: string, base: number, from: number, to: number, delimiterCode: number): boolean {
    // A quote between CR and LF makes them two line ends.
    if (base + from !== this.#passedTo) this.#afterCr = false
    this.#passedTo = base + to
    for (let at = from; at < to; at += 1) {
      const code = text.charCodeAt(at)
      if (code === delimiterCode && this.stray) this.delimiterAfterStray = true
      if (code !== LF && code !== CR) { this.#afterCr = false; continue }
      const after = base + at + 1
      if (code === LF && this.#afterCr) {
        if (this.nextLine === after - 1) this.nextLine = after
      } else {
        this.linesInside += 1
        if (this.nextLine < 0) { this.lineEnd = after - 1; this.nextLine = after }
      }
      this.lastLineStart = after
      this.#afterCr = code === CR
      if (this.stray) return true
    }
    return false
  }

  /** Keeps the text that ends here; `base` is where it begins. */
  keep(text: string, base: number): void {
    if (this.heldAll) this.#held = this.since(text, base)
  }

  /** Lets no more text be kept once there is too much of it. */
  bound(): void {
    if (this.#held.length > heldCharacters) this.heldAll = false
  }

  /** The text since the quote, as far as it is kept. */
  since(text: string, base: number): string {
    return this.at >= base ? text.slice(this.at - base) : this.#held + text
  }

  /** Whether a cell that became very large has swallowed records: the lines in it look like them. Looks once. */
  swallowedRecords(cellLength: number, delimiter: string | null, columns: number | undefined): boolean {
    if (this.#judged || columns === undefined || this.nextLine < 0 || cellLength <= maxCellCharacters) return false
    this.#judged = true
    const first = this.nextLine - this.at
    return looksLikeRecords(this.#held.slice(first, first + 65_536), delimiter, columns)
  }

  /** Drops what was kept. */
  close(): void {
    this.#held = ''
  }
}
