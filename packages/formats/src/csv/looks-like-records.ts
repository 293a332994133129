/**
 * Whether the lines of a text that stood inside an open quote look like records of the file rather than like the text of
 * one long cell: at least four in five have the delimiters of a whole record. The last line may be cut and is left out.
 */
export function looksLikeRecords(text: string, delimiter: string | null, columns: number): boolean {
  const lines = text.split(/\r\n|\r|\n/).slice(0, -1).slice(0, 100)
  if (lines.length < 3) return false
  const fitting = lines.filter((line) => (delimiter === null ? 1 : line.split(delimiter).length) === columns).length
  return fitting >= lines.length * 0.8
}
