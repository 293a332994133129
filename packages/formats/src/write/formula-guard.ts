/*
 * A spreadsheet runs a cell that begins with one of these: = + - @ and their full-width forms, tab, CR, LF, NUL, and by
 * older programs | and %. The guard puts an apostrophe in front, and takes one away on the way back in. Apostrophes that
 * stood there before get one more, so the pair is lossless for every text.
 */
const danger = "=+\\-@\\t\\r\\n\\0|%\\uFF1D\\uFF0B\\uFF0D\\uFF20"
const couldRun = new RegExp(`^'*[${danger}]`)
const guarded = new RegExp(`^'+[${danger}]`)
/** Numbers and phone numbers can at worst be computed; they call nothing, and an apostrophe would spoil them. */
const plainNumber = /^[+-]?(?=[^0-9]*[0-9])[0-9 ().,/-]+(?:[eE][+-]?[0-9]+)?$/

/** The text with an apostrophe in front when a spreadsheet could run it. */
export function encodeFormula(text: string): string {
  return couldRun.test(text) && !plainNumber.test(text) ? `'${text}` : text
}

/** Undoes `encodeFormula`. For files that are marked as our export, or when the person says so: else it may take away an apostrophe that is text. */
export function decodeFormula(text: string): string {
  return guarded.test(text) ? text.slice(1) : text
}
