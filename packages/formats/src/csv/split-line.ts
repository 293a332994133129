const LF = 10
const CR = 13
const enough = 0x7fffffff

/** Cells of a line that holds no quote. */
export function splitPlainLine(line: string, delimiter: string | null): string[] {
  return delimiter === null ? [line] : line.split(delimiter, enough)
}

/** Where a record that was split ended: the place of its line end, and how many line ends stand inside its cells. */
export interface RecordEnd { at: number; linesInside: number }

/**
 * Cells of the record that begins at `from`, when it is written by the book: a quoted cell ends right before a delimiter or
 * a line end, and every quote inside is doubled; if it is to be `strict`, no other cell
 * has a quote. Anything else, also a record that goes on beyond the text, gives null and
 * is left to the careful way. Where the record ended is written into `end`.
 */
export function splitQuotedRecord(text: string, from: number, delimiterCode: number, quote: string, end: RecordEnd, strict = false): string[] | null {
  const quoteCode = quote.charCodeAt(0)
  const length = text.length
  const cells: string[] = []
  end.linesInside = 0
  let at = from
  for (;;) {
    const start = at
    if (text.charCodeAt(at) === quoteCode) {
      let close = text.indexOf(quote, at + 1)
      let doubled = false
      while (close >= 0 && text.charCodeAt(close + 1) === quoteCode) {
        doubled = true
        close = text.indexOf(quote, close + 2)
      }
      if (close < 0 || close + 1 >= length) return null
      const cell = text.slice(start + 1, close)
      if (cell.includes('\n') || cell.includes('\r')) end.linesInside += countLineEnds(cell)
      cells.push(doubled ? cell.replaceAll(quote + quote, quote) : cell)
      at = close + 1
    } else {
      while (at < length) {
        const code = text.charCodeAt(at)
        if (code === delimiterCode || code === LF || code === CR) break
        if (strict && code === quoteCode) return null
        at += 1
      }
      if (at === length) return null
      cells.push(text.slice(start, at))
    }
    const code = text.charCodeAt(at)
    if (code === LF || code === CR) { end.at = at; return cells }
    if (code !== delimiterCode) return null
    at += 1
  }
}

function countLineEnds(cell: string): number {
  let count = 0
  for (let at = 0; at < cell.length; at += 1) {
    const code = cell.charCodeAt(at)
    if (code === CR || (code === LF && cell.charCodeAt(at - 1) !== CR)) count += 1
  }
  return count
}
