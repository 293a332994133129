/** How records and cells are told apart in a delimited text. */
export interface Dialect {
  /** One character; null: every line is one cell. */
  delimiter: string | null
  /** One character. Inside a quoted cell it is doubled, or escaped when `escape` is given. */
  quote: string
  escape?: '\\'
  /** A quote opens a cell also after blanks, which are dropped: `Mara, "York, PA"`. */
  quoteAfterBlank?: true
  /** A quote may stand only around a whole cell, or doubled inside one; anything else is a fault of the row. Else it is read as well as can be. */
  strict?: boolean
}
