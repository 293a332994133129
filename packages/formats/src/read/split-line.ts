const enough = 0x7fffffff

/** Cells of a line that holds no quote. */
export function splitPlainLine(line: string, delimiter: string | null): string[] {
  return delimiter === null ? [line] : line.split(delimiter, enough)
}

/**
 * Cells of the line `text[from, to)` when every quoted cell in it is plain: opened at the beginning of the cell, closed
 * right before the next delimiter, no quote inside. Anything else gives null and is left to the careful way.
 */
export function splitQuotedLine(text: string, from: number, to: number, delimiter: string, quote: string): string[] | null {
  const delimiterCode = delimiter.charCodeAt(0)
  const quoteCode = quote.charCodeAt(0)
  const cells: string[] = []
  let at = from
  for (;;) {
    if (text.charCodeAt(at) === quoteCode) {
      const close = text.indexOf(quote, at + 1)
      if (close < 0 || close >= to) return null
      cells.push(text.slice(at + 1, close))
      at = close + 1
      if (at === to) return cells
      if (text.charCodeAt(at) !== delimiterCode) return null
    } else {
      const start = at
      while (at < to && text.charCodeAt(at) !== delimiterCode) at += 1
      cells.push(text.slice(start, at))
      if (at >= to) return cells
    }
    at += 1
    if (at === to) { cells.push(''); return cells }
  }
}
