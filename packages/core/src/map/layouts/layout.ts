/**
 * A file of one system, known by headers that only it writes together. It says only what the words alone would not, or would say wrongly:
 * every other column is read like any header.
 */
export interface Layout {
  system: string
  /** The object whose records such a file holds; absent where the rules hold for any. */
  object?: string
  /** Headers that all stand in the file, as the system writes them. */
  marks: readonly string[]
  /** Fields by header; null for columns that are to be left alone. Paths that the object lacks are harmless. */
  columns: Readonly<Record<string, string | null>>
}
