/** Every format that a file can be read as. `xml-spreadsheet` is what Excel 2003 saved as XML; `html` is a table of a web page. */
export const sourceFormats = ['csv', 'xlsx', 'xls', 'xml-spreadsheet', 'html', 'json', 'ndjson', 'vcard', 'parquet'] as const
export type SourceFormat = (typeof sourceFormats)[number]

/** What is known of a source once its head was read: all that its reader needs to give the same rows again. Survives JSON. */
export type SourceLayout = CsvLayout | SheetLayout | HtmlLayout | JsonLayout | NdjsonLayout | VcardLayout | ParquetLayout

/** What every layout says, whatever the format. */
interface LayoutOfAny {
  /** Name of the characters' encoding as the WHATWG has it, in lower case; null where the format settles it (workbooks, Parquet). */
  encoding: string | null
  /**
   * Row number of the header; 0 when the file has none. Formats whose records bear their names (JSON, vCard, Parquet) have none: their
   * first record is row 1. JSON whose records are lists has one.
   */
  headerRow: number
  columns: string[]
  /** The file is an archive of this kind, and what it holds is laid out so. */
  packed?: 'gzip'
  /** Doubts and oddities found while reading the head, in words, with their evidence. */
  warnings: LayoutWarning[]
}

/** Delimited text: CSV, TSV, TXT. */
export interface CsvLayout extends LayoutOfAny {
  format: 'csv'
  encoding: string
  /** One character; null: one column, no delimiter. */
  delimiter: string | null
  quote: string
  /** A backslash where it escapes quotes inside quoted cells; absent where quotes are doubled. */
  escape?: '\\'
  /** Blanks may stand between a delimiter and the quote that opens a cell. */
  quoteAfterBlank?: true
  lineEnd?: 'LF' | 'CRLF' | 'CR' | 'mixed'
  /** Rules of another system that this text follows to the letter. */
  dialect?: CsvDialectName
}

/** A sheet of a workbook. */
export interface SheetLayout extends LayoutOfAny {
  format: 'xlsx' | 'xls' | 'xml-spreadsheet'
  /** Name of the sheet that is read. */
  sheet: string
  /** All sheets that hold cells, in the workbook's order. */
  sheets: { name: string; hidden: boolean }[]
}

/** A table of a web page; many programs call such a page .xls. */
export interface HtmlLayout extends LayoutOfAny {
  format: 'html'
  encoding: string
  /** Which of the page's tables is read, from 1, and how many its head has. */
  table: number
  tables: number
}

/** One JSON document with the list of records somewhere in it. */
export interface JsonLayout extends LayoutOfAny {
  format: 'json'
  encoding: string
  /** Where the list is: '' is the document itself, `data.contacts` a key in a key. */
  path: string
  /** For each column the keys that lead to it, joined by U+001F: a key may hold a dot itself. */
  paths: string[]
  /** Records are lists below a header, and what leads to a column is its position. */
  lists?: true
}

/** One JSON object, or one list, on each line. */
export interface NdjsonLayout extends LayoutOfAny { format: 'ndjson'; encoding: string; paths: string[]; lists?: true }

export interface VcardLayout extends LayoutOfAny { format: 'vcard'; encoding: string }

export interface ParquetLayout extends LayoutOfAny { format: 'parquet' }

export type LayoutOf<Format extends SourceFormat> = LayoutWith<SourceLayout, Format>

/** Of several layouts the one that this format has; one layout may serve several formats. */
type LayoutWith<Layout extends SourceLayout, Format> = Layout extends unknown ? Format extends Layout['format'] ? Layout : never : never

/** `code` begins with `layout.`; the message says what was found, where, and what to do where it is wrong. */
export interface LayoutWarning { code: string; message: string }

export const csvDialects = ['salesforce'] as const
export type CsvDialectName = (typeof csvDialects)[number]

/** How a file is to be read, where the person knows better than detection. What a format has no use for is refused or ignored by it, in words. */
export interface ReadSettings {
  format?: SourceFormat
  encoding?: string
  delimiter?: string
  quote?: string
  /** How a quote inside a quoted cell is written. */
  escape?: 'doubled' | 'backslash'
  dialect?: CsvDialectName
  /** 0: the file has no header. */
  headerRow?: number
  /** A sheet of a workbook by its name, or its number from 1; a table of a web page by its number. */
  sheet?: string
  /** Where the list of records is in a JSON document. */
  jsonPath?: string
}
