export interface GridColumn {
  key: string
  label: string
  /** Under the label: the field that the column feeds, a unit. */
  note?: string
  widthPx: number
  editable?: boolean
  /** What may be chosen, beside what may be typed. */
  options?: readonly string[]
  /** What may be chosen, and nothing else. */
  choices?: readonly { value: string; label: string }[]
  /** A day is given by a calendar; typing over the cell takes any text. */
  input?: 'date'
  /** A value as it is read; cells hold, copy and edit the value itself. */
  show?: (value: string) => string
  align?: 'right'
}

/** What a grid shows of a row. */
export interface GridRow {
  /** The row's number in its file, or a record's place: what the first column shows. */
  label: string
  cells: readonly (string | null)[]
  /** By column: an error or a warning, with what it says. */
  marks?: Readonly<Record<number, { severity: 'error' | 'warning'; message: string }>>
  /** The whole row is dimmed: left out. */
  excluded?: boolean
}
