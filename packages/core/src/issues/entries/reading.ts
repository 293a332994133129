import { entries } from './issue-entry.ts'

/** Issues of the file itself: what the reader could not take as a row of cells. */
export const readIssues = entries({
  'read.too-many-cells': {
    title: 'Too many cells in the row',
    explanation: 'The row has filled cells beyond the last column of the header. Values may have slipped into wrong columns, usually because a value holds an unquoted delimiter, so the row is not imported.',
    message: 'Too many cells in {where} (line {line} of the file): found {found}, the header has {expected}.',
    next: 'Put quotes around the value that holds the delimiter, or remove the extra cells.',
    severity: 'error',
  },
  'read.too-few-cells': {
    title: 'Too few cells in the row',
    explanation: 'The row ends before the last column of the header. The missing cells are taken as empty.',
    message: 'Too few cells in {where} (line {line} of the file): found {found}, the header has {expected}.',
    next: 'The missing cells were taken as empty; check that no value slipped into another column.',
    severity: 'warning',
  },
  'read.cell-too-large': {
    title: 'Cell too large',
    explanation: 'A cell is larger than Longshore reads. A missing closing quote often makes the rest of a file one cell.',
    message: 'The cell in {where} (line {line} of the file) is too large: found {found}, the limit is {expected}.',
    next: 'Shorten the value, or close the quote that opens it.',
    severity: 'error',
  },
  'read.row-too-large': {
    title: 'Row too large',
    explanation: 'All cells of the row together are larger than Longshore reads.',
    message: 'The row at {where} (line {line} of the file) is too large: found {found}, the limit is {expected}.',
    next: 'Shorten its values, or close the quote that a value opens.',
    severity: 'error',
  },
  'read.unclosed-quote': {
    title: 'Quote never closed',
    explanation: 'A quoted value starts but its closing quote never comes, so nobody can tell where the value ends.',
    message: 'The quote that opens in {where}, line {line}, character {character} is never closed.',
    next: 'Add the closing quote, or double the quote if it belongs to the text ("").',
    severity: 'error',
  },
  'read.stray-quote': {
    title: 'Quote where none may stand',
    explanation: 'By the rules that the file is read by, a quote may stand only around a whole value, or twice inside a quoted one. Blanks between a quote and the delimiter are not allowed either.',
    message: 'A quote stands where none may be in {where} (line {line} of the file).',
    next: 'Put quotes around the whole value and double those inside it ("").',
    severity: 'error',
  },
  'read.nul-byte': {
    title: 'Invisible NUL character',
    explanation: 'The value holds the character U+0000, which no database text can hold. It is usually left over from a damaged export.',
    message: 'An invisible NUL character in {where}: found "{value}".',
    next: 'Remove the character (shown as ␀), or export the file again.',
    severity: 'error',
  },
  'read.bad-encoding': {
    title: 'Bytes that are no text',
    explanation: 'Some bytes of the row make no character in the encoding that the file is read with. Going on would store question marks instead of letters.',
    message: 'Unreadable characters in {where} (line {line} of the file): found "{value}".',
    next: 'Save the file as UTF-8, or name its encoding with --encoding.',
    severity: 'error',
  },
  'read.lone-surrogate': {
    title: 'Half a character',
    explanation: 'The value holds one half of a character that needs two (a surrogate), usually because a program cut an emoji in the middle.',
    message: 'Half a character in {where}: found "{value}".',
    next: 'Remove the broken character (shown as �), or restore it from the source.',
    severity: 'error',
  },
})
