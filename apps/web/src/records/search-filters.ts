/** Long enough for a number that is written with signs between its digits, to be looked for as it is kept. */
const fewestDigits = 6
const mostWords = 8

/** Filters that find the records with every word of a search somewhere in what they are looked for by. */
export function searchFilters(search: string): string[] {
  const digits = search.replaceAll(/\D/g, '')
  const words = digits.length >= fewestDigits && /^\s*\+?[\d\s()./-]+$/.test(search) ? [digits] : search.split(/\s+/).filter(Boolean)
  return words.slice(0, mostWords).map((word) => `* contains "${word.replaceAll('"', '""')}"`)
}
