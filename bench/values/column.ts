/** One column of a file as somebody might have it, with what each of its values means. */
export interface TestColumn {
  name: string
  kind: 'date' | 'date-time' | 'number' | 'currency' | 'percent' | 'phone'
  /** Field that the column feeds, of deals or contacts. */
  field: string
  object: 'contacts' | 'deals'
  values: string[]
  /** What is to be stored, by value. */
  truth: string[]
  delimiter: string
  /** Country that a column beside it names in every row; null: there is none. */
  country: string | null
  /**
   * `decidable`: the values alone, or the file around them, say how they are to be read, so a question would be needless. `open`: they do
   * not, so anything but a question (or the right reading) is wrong. `mixed`: they contradict each other.
   */
  sort: 'decidable' | 'open' | 'mixed'
}
