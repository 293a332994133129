/** Writes rows as text: `start` once, `rows` for each batch, `end` once; joined they are the file. Every format has this face. */
export interface RowWriter {
  start(columns: string[]): string
  /** Cells by position, as many as there are columns; null: no value. */
  rows(rows: readonly (readonly (string | null)[])[]): string
  end(): string
}
