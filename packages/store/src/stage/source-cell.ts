/**
 * SQL: the text of a column (from 0) in what staging keeps of a row's source, empty or null where the row is shorter; null for the few rows of which SQL cannot tell: those with
 * more to say than their cells, and those with characters that PostgreSQL keeps no text of (U+0000, halves of characters).
 */
export function sourceCell(source: string, column: number): string {
  const cell = Math.trunc(column)
  // A list without an escape and without a null is texts between quotes. Splitting it took half the processor time of parsing it, which is done twice: by
  // the cast and by the operator.
  return `CASE WHEN left(${source}, 1) = '[' AND strpos(${source}, '\\') = 0 AND strpos(${source}, 'null') = 0 THEN split_part(${source}, '"', ${2 * cell + 2})
    WHEN ${isOdd(source)} THEN NULL ELSE ${source}::json ->> ${cell} END`
}

/** SQL: whether `sourceCell` cannot tell. */
export function isOdd(source: string): string {
  return `(left(${source}, 1) <> '[' OR strpos(${source}, '\\u') > 0)`
}

/** How a text stands within the JSON of a row. */
export function needleOf(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

/** A text as it stands in a pattern of LIKE. */
export function likeText(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}
