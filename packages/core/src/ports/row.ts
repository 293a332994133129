/**
 * One record of a file, before anything is known of its meaning. Cells stand by position: a header is data,
 * never a property name. A cell is null where the source has no value at all (JSON null, an absent key); CSV gives ''.
 */
export interface RawRow {
  /** As a spreadsheet counts: the header is row 1, one record has one number, empty records are counted. */
  row: number
  cells: (string | null)[]
  /** Reading errors of this row; a row with one of these fails. */
  faults?: ReadFault[]
  /** Filled cells beyond the last column, when there are any (`read.too-many-cells`); never mapped, kept to be shown. */
  surplus?: string[]
}

/** Something that the reader found wrong in a row. Codes are issue codes of the `read.*` family. */
export interface ReadFault {
  code: 'read.too-many-cells' | 'read.too-few-cells' | 'read.cell-too-large' | 'read.row-too-large' | 'read.unclosed-quote' | 'read.stray-quote'
    | 'read.nul-byte' | 'read.bad-encoding' | 'read.lone-surrogate' | 'read.error-value' | 'read.no-result'
    | 'read.bad-json' | 'read.not-an-object' | 'read.duplicate-key' | 'read.late-key'
  /** Column position, from 0, or null for the whole row. */
  position: number | null
  /** Physical line of the file, from 1. */
  line: number
  /** Character within that line, from 1; null where it has no meaning. */
  character: number | null
  found?: string
  expected?: string
}
