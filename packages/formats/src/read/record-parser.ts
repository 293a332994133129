import type { ReadFault } from '@longshore/core'
import type { Dialect } from './dialect.ts'
import { maxCellCharacters, maxColumns, maxRowCharacters } from './limits.ts'
import { looksLikeRecords } from './looks-like-records.ts'
import type { RecordEnd } from './split-line.ts'
import { splitPlainLine, splitQuotedRecord } from './split-line.ts'

const LF = 10
const CR = 13

/** One record as it stands in the text. `moreCells` counts cells beyond the limit that were not kept. */
export interface ParsedRecord {
  cells: string[]
  /** Physical line on which it begins, from 1. */
  line: number
  /** Some cell was written in quotes. */
  quoted: boolean
  moreCells: number
  faults: ReadFault[]
  /** It touches text with NUL characters or marks of bad bytes. */
  suspicious: boolean
}

export interface RecordParserOptions {
  /** Takes every record, empty ones too; the object is used again for the next one. */
  onRecord: (record: ParsedRecord) => void
  /** Number of columns, where it is known; helps to tell a very large cell from a quote that was never closed. */
  columns?: number
  /** Whether the caller can give the text again from an earlier place (see `Rewind`). */
  rewindable?: boolean
}

/** Asks for the text again, from this place on, in characters from the beginning. */
export interface Rewind { position: number }

type Mode = 'between' | 'cell' | 'plain' | 'quoted' | 'quote-seen' | 'escape-seen' | 'after-quote' | 'unclosed' | 'skip-line'

/**
 * Cuts a text that comes in pieces into records. Lines with plain cells are split at once; everything else (quotes
 * inside quotes, line ends inside cells, records across two pieces) goes through the states of `Mode`.
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
  readonly #options: RecordParserOptions
  readonly #record: ParsedRecord
  readonly #recordEnd: RecordEnd = { at: 0, linesInside: 0 }

  #mode: Mode = 'between'
  #text = ''
  /** Position of `#text` in the whole. */
  #base = 0
  #suspicious = false
  #line = 1
  #lineStart = 0
  #skipLf = false

  #cell = ''
  #cellLength = 0
  #recordLength = 0

  /** Where the quote of the open cell stands, and the state of the record at that moment. */
  #openAt = 0
  #openLine = 1
  #openLineStart = 0
  /** End of the opening line (position of its line end), and where the next line begins; -1 while it goes on. */
  #openLineEnd = -1
  #nextLineAt = -1
  #afterCr = false
  #strayInCell = false
  #delimiterAfterStray = false
  #runPrecededBy = 0
  #lastCode = 0
  #lastQuoteAt = -2
  #blanks = ''
  #judged = false
  /** Text from before `#text`, kept while a quote is open so that it can be read again. */
  #held = ''
  #heldAll = true

  constructor(dialect: Dialect, options: RecordParserOptions) {
    this.#delimiter = dialect.delimiter
    this.#delimiterCode = dialect.delimiter?.charCodeAt(0) ?? -1
    this.#quote = dialect.quote
    this.#quoteCode = dialect.quote.charCodeAt(0)
    this.#escape = dialect.escape
    this.#options = options
    this.#record = { cells: [], line: 1, quoted: false, moreCells: 0, faults: [], suspicious: false }
  }

  /** While a quote is open: where the line after its own begins, in characters; null when there is no such line yet. */
  get resumePosition(): number | null {
    return this.#quoteIsOpen() && this.#nextLineAt >= 0 ? this.#nextLineAt : null
  }

  /** Takes the next piece. When it answers with a Rewind, the next piece must begin there. */
  write(text: string, suspicious = false): Rewind | null {
    this.#text = text
    this.#suspicious = suspicious
    if (this.#mode !== 'between' && suspicious) this.#record.suspicious = true
    return this.#run(0)
  }

  /** Tells that no more text comes. When it answers with a Rewind, it does: from there. */
  end(): Rewind | null {
    for (;;) {
      if (this.#mode === 'quoted' || this.#mode === 'escape-seen' || this.#mode === 'unclosed') {
        const at = this.#concludeUnclosed(this.#text.length)
        if (typeof at !== 'number') return at
        const rewind = this.#run(at)
        if (rewind !== null) return rewind
        continue
      }
      if (this.#mode === 'skip-line') this.#mode = 'between'
      if (this.#mode !== 'between') { this.#pushCell(); this.#finishRecord() }
      return null
    }
  }

  #run(from: number): Rewind | null {
    let at = from
    let nextQuote = -1
    let nextCr = -1
    for (;;) {
      const text = this.#text
      if (at >= text.length) break
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
      let end = text.indexOf('\n', at)
      if (end < 0) end = Infinity
      if (nextCr < at) nextCr = indexOrInfinity(text, '\r', at)
      if (nextCr < end) end = nextCr
      if (end - at <= maxCellCharacters) {
        if (nextQuote < at) nextQuote = indexOrInfinity(text, this.#quote, at)
        let cells: string[] | null
        let linesInside = 0
        if (nextQuote > end) cells = splitPlainLine(text.slice(at, end), this.#delimiter)
        else if (this.#escape !== undefined) cells = null
        else {
          cells = splitQuotedRecord(text, at, this.#delimiterCode, this.#quote, this.#recordEnd)
          end = this.#recordEnd.at
          linesInside = this.#recordEnd.linesInside
        }
        if (cells !== null && end - at <= maxCellCharacters) {
          const record = this.#record
          record.cells = cells
          record.line = this.#line
          record.quoted = nextQuote < end
          record.suspicious = this.#suspicious
          this.#options.onRecord(record)
          this.#line += 1 + linesInside
          if (text.charCodeAt(end) === CR) this.#skipLf = true
          at = end + 1
          continue
        }
      }
      this.#beginRecord(at)
    }
    return this.#endOfText()
  }

  #beginRecord(at: number): void {
    const record = this.#record
    record.cells = []
    record.line = this.#line
    record.quoted = false
    record.moreCells = 0
    record.faults = []
    record.suspicious = this.#suspicious
    this.#recordLength = 0
    this.#lineStart = this.#base + at
    this.#mode = 'cell'
  }

  /** One step of the careful way; gives the place to go on from. */
  #step(at: number): number | Rewind {
    const text = this.#text
    const code = text.charCodeAt(at)
    switch (this.#mode) {
      case 'cell':
        if (code !== this.#quoteCode) { this.#mode = 'plain'; return at }
        this.#openQuote(at)
        return at + 1
      case 'plain': {
        let end = at
        for (; end < text.length; end += 1) {
          const c = text.charCodeAt(end)
          if (c === this.#delimiterCode || c === LF || c === CR) break
        }
        this.#take(text, at, end)
        return end < text.length ? this.#finishCell(end) : end
      }
      case 'quoted':
        return this.#insideQuotes(at)
      case 'quote-seen':
        if (code === this.#quoteCode) { this.#take(this.#quote, 0, 1); this.#lastQuoteAt = this.#base + at; this.#mode = 'quoted'; return at + 1 }
        this.#blanks = ''
        this.#mode = 'after-quote'
        return at
      case 'after-quote':
        if (code === this.#delimiterCode || code === LF || code === CR) {
          if (this.#delimiterAfterStray) return this.#failUnclosed(at)
          return this.#finishCell(at)
        }
        if ((code === 32 || code === 9) && this.#blanks.length < 1_000) { this.#blanks += text[at] ?? ''; return at + 1 }
        return this.#strayQuote(at)
      case 'escape-seen':
        // A backslash escapes the quote and itself; before anything else it is text.
        if (code !== this.#quoteCode && text[at] !== this.#escape) this.#take('\\', 0, 1)
        else { this.#take(text, at, at + 1); at += 1 }
        this.#mode = 'quoted'
        return at
      case 'unclosed': {
        let end = at
        while (end < text.length && text.charCodeAt(end) !== LF && text.charCodeAt(end) !== CR) end += 1
        if (end === text.length) return end
        this.#openLineEnd = this.#base + end
        this.#nextLineAt = this.#openLineEnd + 1
        return this.#concludeUnclosed(end + 1)
      }
      default:
        if (code === LF || code === CR) { this.#line += 1; this.#skipLf = code === CR; this.#mode = 'between' }
        return at + 1
    }
  }

  #openQuote(at: number): void {
    this.#record.quoted = true
    this.#mode = 'quoted'
    this.#openAt = this.#base + at
    this.#openLine = this.#line
    this.#openLineStart = this.#lineStart
    this.#openLineEnd = -1
    this.#nextLineAt = -1
    this.#afterCr = false
    this.#strayInCell = false
    this.#delimiterAfterStray = false
    this.#lastQuoteAt = -2
    this.#judged = false
    this.#held = ''
    this.#heldAll = true
  }

  #insideQuotes(at: number): number | Rewind {
    const text = this.#text
    const end = this.#nextSpecial(at)
    if (end > at) {
      if (this.#lineEndAfterStray(at, end)) return this.#concludeUnclosed(end)
      this.#take(text, at, end)
    }
    if (end === text.length) return end
    if (text.charCodeAt(end) !== this.#quoteCode) { this.#mode = 'escape-seen'; return end + 1 }
    const place = this.#base + end
    // A run of quotes is judged by what stands before its first one.
    if (place !== this.#lastQuoteAt + 1) this.#runPrecededBy = end > 0 ? text.charCodeAt(end - 1) : this.#lastCode
    this.#lastQuoteAt = place
    this.#mode = 'quote-seen'
    return end + 1
  }

  /** Place of the next quote or escape, or the end of the text. */
  #nextSpecial(at: number): number {
    const text = this.#text
    if (this.#escape === undefined) {
      const quoteAt = text.indexOf(this.#quote, at)
      return quoteAt < 0 ? text.length : quoteAt
    }
    const escapeCode = this.#escape.charCodeAt(0)
    let end = at
    while (end < text.length && text.charCodeAt(end) !== this.#quoteCode && text.charCodeAt(end) !== escapeCode) end += 1
    return end
  }

  /** Counts the lines of a piece of a quoted cell; true at a line end after a stray quote: the cell was never closed. */
  #lineEndAfterStray(from: number, to: number): boolean {
    const text = this.#text
    for (let at = from; at < to; at += 1) {
      const code = text.charCodeAt(at)
      if (code === this.#delimiterCode && this.#strayInCell) this.#delimiterAfterStray = true
      if (code !== LF && code !== CR) { this.#afterCr = false; continue }
      const after = this.#base + at + 1
      if (code === LF && this.#afterCr) {
        if (this.#nextLineAt === after - 1) this.#nextLineAt = after
      } else {
        this.#line += 1
        if (this.#nextLineAt < 0) { this.#openLineEnd = after - 1; this.#nextLineAt = after }
      }
      this.#lineStart = after
      this.#afterCr = code === CR
      if (this.#strayInCell) return true
    }
    return false
  }

  /** The quote before `at` neither closed the cell nor was it doubled. */
  #strayQuote(at: number): number | Rewind {
    this.strayQuotes += 1
    const before = this.#runPrecededBy
    const opensLike = before === this.#delimiterCode || before === LF || before === CR
    if (this.#nextLineAt >= 0 && opensLike) return this.#failUnclosed(at)
    if (this.#delimiterAfterStray) return this.#failUnclosed(at)
    this.#strayInCell = true
    this.#take(this.#quote + this.#blanks, 0, 1 + this.#blanks.length)
    this.#mode = 'quoted'
    return at
  }

  /** The open quote is known not to close; its line is read to its end first. */
  #failUnclosed(at: number): number | Rewind {
    if (this.#nextLineAt >= 0) return this.#concludeUnclosed(at)
    this.#mode = 'unclosed'
    return at
  }

  /** Makes the line of the open quote a record with a fault; gives the place where the next line begins. */
  #concludeUnclosed(at: number): number | Rewind {
    const next = this.#nextLineAt
    const length = (next < 0 ? this.#base + this.#text.length : this.#openLineEnd) - this.#openAt
    const openLine = this.#fromOpening().slice(0, Math.min(length, maxCellCharacters))
    const swallowed = this.#line - this.#openLine
    const here = next >= this.#base
    const held = here || next < 0 || this.#heldAll
    const lost = !held && this.#options.rewindable !== true
    const record = this.#record
    record.faults = [{
      code: 'read.unclosed-quote', position: record.cells.length, line: this.#openLine, character: this.#openAt - this.#openLineStart + 1,
      found: lost ? `${openLine.slice(0, 60)} (and ${swallowed} lines after it)` : openLine.slice(0, 60), expected: this.#quote,
    }]
    record.cells.push(...splitPlainLine(openLine, this.#delimiter).slice(0, maxColumns))
    const text = this.#text
    const before = this.#held
    this.#finishRecord()
    if (next < 0) return text.length
    if (lost) { this.#mode = 'skip-line'; return at }
    this.#line = this.#openLine + 1
    if (here) {
      this.#skipLf = text.charCodeAt(next - this.#base - 1) === CR
      return next - this.#base
    }
    this.#skipLf = false
    if (!held) {
      this.#text = ''
      this.#base = next
      return { position: next }
    }
    this.#text = before.slice(next - this.#openAt) + text
    this.#base = next
    this.#suspicious = true
    return 0
  }

  /** The text from the open quote on, as far as it is kept. */
  #fromOpening(): string {
    return this.#openAt >= this.#base ? this.#text.slice(this.#openAt - this.#base) : this.#held + this.#text
  }

  /** The cell ends before `at`, which is a delimiter or a line end. */
  #finishCell(at: number): number {
    this.#pushCell()
    const code = this.#text.charCodeAt(at)
    if (code === this.#delimiterCode) { this.#mode = 'cell'; return at + 1 }
    this.#skipLf = code === CR
    this.#finishRecord()
    this.#line += 1
    return at + 1
  }

  #pushCell(): void {
    const record = this.#record
    if (this.#cellLength > maxCellCharacters) {
      record.faults.push({
        code: 'read.cell-too-large', position: record.cells.length, line: record.line, character: null,
        found: String(this.#cellLength), expected: String(maxCellCharacters),
      })
    }
    // One cell more than allowed is kept, so that the surplus shows.
    if (record.cells.length <= maxColumns) record.cells.push(this.#cell)
    else record.moreCells += 1
    this.#cell = ''
    this.#cellLength = 0
  }

  #finishRecord(): void {
    const record = this.#record
    if (this.#recordLength > maxRowCharacters) {
      record.faults.push({
        code: 'read.row-too-large', position: null, line: record.line, character: null,
        found: String(this.#recordLength), expected: String(maxRowCharacters),
      })
    }
    this.#mode = 'between'
    this.#cell = ''
    this.#cellLength = 0
    this.#recordLength = 0
    this.#options.onRecord(record)
    record.moreCells = 0
    record.faults = []
  }

  #take(text: string, from: number, to: number): void {
    const length = to - from
    if (length === 0) return
    const cellRoom = Math.max(0, maxCellCharacters - this.#cellLength)
    const room = Math.min(cellRoom, maxRowCharacters - this.#recordLength)
    this.#cellLength += length
    // What a very large cell has too much is told of the cell; the row counts the rest.
    this.#recordLength += Math.min(length, cellRoom)
    if (room <= 0) return
    const end = Math.min(to, from + room)
    this.#cell = this.#cell === '' ? text.slice(from, end) : this.#cell + text.slice(from, end)
    if (end < to) this.#cell = withoutHalfCharacter(this.#cell)
  }

  /** Keeps what an open quote may need again, and looks whether it has swallowed records. */
  #endOfText(): Rewind | null {
    const open = this.#quoteIsOpen()
    if (this.#text !== '') this.#lastCode = this.#text.charCodeAt(this.#text.length - 1)
    if (!open) this.#held = ''
    else if (this.#heldAll) this.#held = this.#fromOpening()
    this.#base += this.#text.length
    this.#text = ''
    if (!open) return null
    const columns = this.#options.columns
    if (!this.#judged && columns !== undefined && this.#nextLineAt >= 0 && this.#cellLength > maxCellCharacters) {
      this.#judged = true
      const first = this.#nextLineAt - this.#openAt
      if (looksLikeRecords(this.#held.slice(first, first + 65_536), this.#delimiter, columns)) {
        const at = this.#concludeUnclosed(0)
        return typeof at === 'number' ? this.#run(at) : at
      }
    }
    if (this.#held.length > 2 * maxCellCharacters) this.#heldAll = false
    return null
  }

  #quoteIsOpen(): boolean {
    return this.#mode === 'quoted' || this.#mode === 'quote-seen' || this.#mode === 'escape-seen' || this.#mode === 'after-quote'
      || this.#mode === 'unclosed'
  }
}

function indexOrInfinity(text: string, wanted: string, from: number): number {
  const at = text.indexOf(wanted, from)
  return at < 0 ? Infinity : at
}

function withoutHalfCharacter(text: string): string {
  const last = text.charCodeAt(text.length - 1)
  return last >= 0xd800 && last <= 0xdbff ? text.slice(0, -1) : text
}
