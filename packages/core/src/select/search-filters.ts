import { isPhoneSearch } from './phone-search.ts'

const mostWords = 8

/** Filters that find the records with every word of a search somewhere in what they are looked for by; a telephone is one word, which the server reads. */
export function searchFilters(search: string): string[] {
  const words = isPhoneSearch(search) ? [search.trim()] : search.split(/\s+/).filter(Boolean)
  return words.slice(0, mostWords).map((word) => `* contains "${word.replaceAll('"', '""')}"`)
}
