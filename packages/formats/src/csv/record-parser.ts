import type { Dialect } from './dialect.ts'
import { maxCellCharacters } from '../limits.ts'
import { OpenQuote } from './open-quote.ts'
import { RecordBuilder } from './record-builder.ts'
import type { ParsedRecord } from './record-builder.ts'
import type { RecordEnd } from './split-line.ts'
import { splitPlainLine, splitQuotedRecord } from './split-line.ts'

const LF = 10
const CR = 13
const TAB = 9
const SPACE = 32
/** More blanks than these after a closing quote are text. */
const maxBlanks = 1_000

export interface RecordParserOptions {
  /** Takes every record, empty ones too; the object is used again for the next one, its cells are not. */
  onRecord: (record: ParsedRecord) => void
  /** Number of columns, where it is known; helps to tell a very large cell from a quote that was never closed. */
  columns?: number
  /** Physical lines before the text; default 0. */
  linesBefore?: number
  /** Whether the caller can give the text again from an earlier place (see `Rewind`). */
  rewindable?: boolean
}

/** Asks for the text again, from this place on, in characters from the beginning. */
export interface Rewind { position: number }

type Mode = 'between' | 'cell' | 'plain' | 'quoted' | 'quote-seen' | 'escape-seen' | 'after-quote' | 'unclosed' | 'skip-line'

/**
 * Cuts a text that comes in pieces into records. Records written by the book are split at once; everything else (stray
 * quotes, escapes, records across two pieces) goes the careful way through the states of `Mode`. Both give the same.
 *
 * A quote opens a cell only as its first character and closes it only before a delimiter or a line end (blanks between
 * are dropped). Any other single quote inside is taken as text, as long as the meaning is beyond doubt: once a delimiter
 * or a line end follows before the closing quote, or a quote that looks like the opening of a later cell turns up lines
 * below, the opening quote counts as never closed. Its line becomes a record with a fault, and reading goes on with the
 * next line, so one stray quote costs one row and not the rest of the file.
 */
export class RecordParser {
  /** Quotes inside quoted cells that were neither doubled nor escaped. */
  strayQuotes = 0

  readonly #delimiter: string | null
  readonly #delimiterCode: number
  readonly #quote: string
  readonly #quoteCode: number
  readonly #escape: string | undefined
  readonly #strict: boolean
  readonly #quoteAfterBlank: boolean
  readonly #options: RecordParserOptions
  readonly #builder = new RecordBuilder()
  readonly #open = new OpenQuote()
  readonly #recordEnd: RecordEnd = { at: 0, linesInside: 0 }

  #mode: Mode = 'between'
  #text = ''
  /** Position of `#text` in the whole, and of the beginning of the current line. */
  #base = 0
  #lineStart = 0
  #line = 1
  #suspicious = false
  /** The last line end was a CR: a LF right after it belongs to it. */
  #skipLf = false
  /** The last character of the text before this one. */
  #lastCode = 0
  /** A run of quotes inside a cell: where its last one stands, and the character before its first one. */
  #lastQuoteAt = -2
  #runPrecededBy = 0
  #blanks = ''
  /** Blanks at the beginning of a cell, until it shows whether a quote follows. */
  #leading = ''

  constructor(dialect: Dialect, options: RecordParserOptions) {
    this.#delimiter = dialect.delimiter
    this.#delimiterCode = dialect.delimiter?.charCodeAt(0) ?? -1
    this.#quote = dialect.quote
    this.#quoteCode = dialect.quote.charCodeAt(0)
    this.#escape = dialect.escape
    this.#strict = dialect.strict ?? false
    this.#quoteAfterBlank = dialect.quoteAfterBlank ?? false
    this.#options = options
    this.#line = 1 + (options.linesBefore ?? 0)
  }

  /** While a quote is open: where the line after its own begins, in characters; null when there is no such line yet. */
  get resumePosition(): number | null {
    return this.#quoteIsOpen() && this.#open.nextLine >= 0 ? this.#open.nextLine : null
  }

  /** Takes the next piece. When it answers with a Rewind, the next piece must begin there. */
  write(text: string, suspicious = false): Rewind | null {
    this.#text = text
    this.#suspicious = suspicious
    if (this.#mode !== 'between' && suspicious) this.#builder.record.suspicious = true
    return this.#run(0)
  }

  /** Tells that no more text comes. When it answers with a Rewind, it does: from there. */
  end(): Rewind | null {
    while (this.#mode === 'quoted' || this.#mode === 'escape-seen' || this.#mode === 'unclosed') {
      const at = this.#concludeUnclosed(this.#text.length)
      const rewind = typeof at === 'number' ? this.#run(at) : at
      if (rewind !== null) return rewind
    }
    if (this.#mode !== 'between' && this.#mode !== 'skip-line') {
      this.#takeLeading()
      this.#builder.finishCell()
      this.#give(this.#builder.finish())
    }
    this.#mode = 'between'
    return null
  }

  #run(from: number): Rewind | null {
    let at = from
    let nextQuote = -1
    let nextCr = -1
    while (at < this.#text.length) {
      const text = this.#text
      if (this.#mode !== 'between') {
        const next = this.#step(at)
        if (typeof next !== 'number') return next
        at = next
        if (this.#text !== text) { nextQuote = -1; nextCr = -1 }
        continue
      }
      if (this.#skipLf) {
        this.#skipLf = false
        if (text.charCodeAt(at) === LF) { at += 1; continue }
      }
      if (nextCr < at) nextCr = indexOrInfinity(text, '\r', at)
      let end = Math.min(indexOrInfinity(text, '\n', at), nextCr)
      let cells: string[] | null = null
      let linesInside = 0
      if (end < Infinity) {
        if (nextQuote < at) nextQuote = indexOrInfinity(text, this.#quote, at)
        if (nextQuote > end) cells = splitPlainLine(text.slice(at, end), this.#delimiter)
        else if (this.#escape === undefined && !this.#quoteAfterBlank) {
          cells = splitQuotedRecord(text, at, this.#delimiterCode, this.#quote, this.#recordEnd, this.#strict)
          end = this.#recordEnd.at
          linesInside = this.#recordEnd.linesInside
        }
      }
      if (cells === null || end - at > maxCellCharacters) {
        this.#builder.begin(this.#line, this.#suspicious)
        this.#lineStart = this.#base + at
        this.#mode = 'cell'
        continue
      }
      const record = this.#builder.record
      record.cells = cells
      record.line = this.#line
      record.quoted = nextQuote < end
      record.suspicious = this.#suspicious
      this.#options.onRecord(record)
      this.#line += 1 + linesInside
      this.#skipLf = text.charCodeAt(end) === CR
      at = end + 1
    }
    return this.#endOfText()
  }

  /** One step of the careful way; gives the place to go on from. */
  #step(at: number): number | Rewind {
    const text = this.#text
    const code = text.charCodeAt(at)
    const endsCell = code === this.#delimiterCode || code === LF || code === CR
    switch (this.#mode) {
      case 'cell':
        if (code !== this.#quoteCode) {
          if (this.#quoteAfterBlank && !endsCell && (code === SPACE || code === TAB) && this.#leading.length < maxBlanks) {
            this.#leading += text[at] ?? ''
            return at + 1
          }
          this.#takeLeading()
          this.#mode = 'plain'
          return at
        }
        this.#leading = ''
        this.#openQuote(at)
        return at + 1
      case 'plain': {
        let end = at
        for (; end < text.length; end += 1) {
          const c = text.charCodeAt(end)
          if (c === this.#delimiterCode || c === LF || c === CR) break
        }
        if (this.#strict) this.#refuseQuotes(at, end)
        this.#builder.take(text, at, end)
        return end < text.length ? this.#finishCell(end) : end
      }
      case 'quoted':
        return this.#insideQuotes(at)
      case 'quote-seen':
        this.#blanks = ''
        this.#mode = 'after-quote'
        if (code !== this.#quoteCode) return at
        this.#builder.take(this.#quote, 0, 1)
        this.#lastQuoteAt = this.#base + at
        this.#mode = 'quoted'
        return at + 1
      case 'after-quote':
        if (endsCell) return this.#open.delimiterAfterStray ? this.#failUnclosed(at) : this.#finishCell(at)
        if (this.#strict) this.#builder.strayQuote(this.#quote)
        if ((code !== SPACE && code !== TAB) || this.#blanks.length === maxBlanks) return this.#strayQuote(at)
        this.#blanks += text[at] ?? ''
        return at + 1
      case 'escape-seen': {
        // A backslash escapes the quote and itself; before anything else it is text.
        const escapes = code === this.#quoteCode || text[at] === this.#escape
        this.#mode = 'quoted'
        if (escapes) this.#builder.take(text, at, at + 1)
        else this.#builder.take('\\', 0, 1)
        return escapes ? at + 1 : at
      }
      case 'unclosed': {
        let end = at
        while (end < text.length && text.charCodeAt(end) !== LF && text.charCodeAt(end) !== CR) end += 1
        if (end === text.length) return end
        this.#open.lineEnd = this.#base + end
        this.#open.nextLine = this.#open.lineEnd + 1
        return this.#concludeUnclosed(end + 1)
      }
      default:
        if (code === LF || code === CR) { this.#line += 1; this.#skipLf = code === CR; this.#mode = 'between' }
        return at + 1
    }
  }

  /** No quote came after the blanks: they are text. */
  #takeLeading(): void {
    this.#builder.take(this.#leading, 0, this.#leading.length)
    this.#leading = ''
  }

  /** A quote inside a cell that does not begin with one. */
  #refuseQuotes(from: number, to: number): void {
    const at = this.#text.indexOf(this.#quote, from)
    if (at >= 0 && at < to) this.#builder.strayQuote(this.#quote)
  }

  #openQuote(at: number): void {
    this.#builder.record.quoted = true
    this.#open.open(this.#base + at, this.#line, this.#base + at - this.#lineStart + 1)
    this.#lastQuoteAt = -2
    this.#mode = 'quoted'
  }

  #insideQuotes(at: number): number | Rewind {
    const text = this.#text
    const end = this.#nextSpecial(at)
    if (end > at) {
      if (this.#open.pass(text, this.#base, at, end, this.#delimiterCode)) return this.#concludeUnclosed(end)
      this.#builder.take(text, at, end)
    }
    if (end === text.length) return end
    if (text.charCodeAt(end) !== this.#quoteCode) { this.#mode = 'escape-seen'; return end + 1 }
    // A run of quotes is judged by what stands before its first one.
    if (this.#base + end !== this.#lastQuoteAt + 1) this.#runPrecededBy = end > 0 ? text.charCodeAt(end - 1) : this.#lastCode
    this.#lastQuoteAt = this.#base + end
    this.#mode = 'quote-seen'
    return end + 1
  }

  /** Place of the next quote or escape, or the end of the text. */
  #nextSpecial(at: number): number {
    const text = this.#text
    if (this.#escape === undefined) return Math.min(indexOrInfinity(text, this.#quote, at), text.length)
    const escapeCode = this.#escape.charCodeAt(0)
    let end = at
    while (end < text.length && text.charCodeAt(end) !== this.#quoteCode && text.charCodeAt(end) !== escapeCode) end += 1
    return end
  }

  /** The quote before the blanks before `at` neither closed the cell nor was it doubled. */
  #strayQuote(at: number): number | Rewind {
    this.strayQuotes += 1
    const before = this.#runPrecededBy
    const opensLike = before === this.#delimiterCode || before === LF || before === CR
    if (this.#open.delimiterAfterStray || (opensLike && this.#open.nextLine >= 0)) return this.#failUnclosed(at)
    this.#open.stray = true
    this.#builder.take(this.#quote + this.#blanks, 0, 1 + this.#blanks.length)
    this.#mode = 'quoted'
    return at
  }

  /** The cell ends before `at`, which is a delimiter or a line end. */
  #finishCell(at: number): number {
    this.#builder.finishCell()
    const code = this.#text.charCodeAt(at)
    const inside = this.#open.linesInside
    if (inside > 0) {
      this.#line += inside
      this.#open.linesInside = 0
      this.#lineStart = this.#open.lastLineStart
    }
    if (code === this.#delimiterCode) { this.#mode = 'cell'; return at + 1 }
    this.#skipLf = code === CR
    this.#give(this.#builder.finish())
    this.#line += 1
    return at + 1
  }

  /** The open quote is known not to close; its line is read to its end first. */
  #failUnclosed(at: number): number | Rewind {
    if (this.#open.nextLine >= 0) return this.#concludeUnclosed(at)
    this.#mode = 'unclosed'
    return at
  }

  /** Makes the line of the open quote a record with a fault; gives the place where the next line begins. */
  #concludeUnclosed(at: number): number | Rewind {
    const { at: openAt, line, character, nextLine, lineEnd, linesInside, heldAll } = this.#open
    const text = this.#text
    const since = this.#open.since(text, this.#base)
    const openLine = since.slice(0, Math.min((nextLine < 0 ? this.#base + text.length : lineEnd) - openAt, maxCellCharacters))
    const here = nextLine >= this.#base
    const lost = nextLine >= 0 && !here && !heldAll && this.#options.rewindable !== true
    const found = openLine.slice(0, 60) + (lost ? ` (and ${linesInside} lines after it)` : '')
    this.#give(this.#builder.finishUnclosed(splitPlainLine(openLine, this.#delimiter), { line, character, found, expected: this.#quote }))
    if (nextLine < 0) return text.length
    if (lost) {
      this.#line = line + linesInside
      this.#mode = 'skip-line'
      return at
    }
    this.#line = line + 1
    this.#skipLf = here && text.charCodeAt(nextLine - this.#base - 1) === CR
    if (here) return nextLine - this.#base
    this.#text = heldAll ? since.slice(nextLine - openAt) : ''
    this.#base = nextLine
    this.#suspicious = true
    return heldAll ? 0 : { position: nextLine }
  }

  #give(record: ParsedRecord): void {
    this.#mode = 'between'
    this.#open.linesInside = 0
    this.#options.onRecord(record)
    record.moreCells = 0
    record.faults = []
  }

  /** Keeps what an open quote may need again, and looks whether it has swallowed records. */
  #endOfText(): Rewind | null {
    const text = this.#text
    const open = this.#quoteIsOpen()
    if (open) this.#open.keep(text, this.#base)
    else this.#open.close()
    if (text !== '') this.#lastCode = text.charCodeAt(text.length - 1)
    this.#base += text.length
    this.#text = ''
    if (open && this.#open.swallowedRecords(this.#builder.cellLength, this.#delimiter, this.#options.columns)) {
      const at = this.#concludeUnclosed(0)
      return typeof at === 'number' ? this.#run(at) : at
    }
    this.#open.bound()
    return null
  }

  #quoteIsOpen(): boolean {
    return this.#mode !== 'between' && this.#mode !== 'cell' && this.#mode !== 'plain' && this.#mode !== 'skip-line'
  }
}

function indexOrInfinity(text: string, wanted: string, from: number): number {
  const at = text.indexOf(wanted, from)
  return at < 0 ? Infinity : at
}
