import { headerWords } from './header-words.ts'

const leastColumns = 4
const share = 0.75

/**
 * The headers without the words that nearly all of them begin with ("tbl_customers.city", "Contact - Phone"): what is said of every
 * column says nothing of one. Headers that would be left empty, or do not begin so, stay as they are; so do all where `says` finds that the
 * words do say something: "account.name", "account.city" in a list of contacts.
 */
export function withoutSharedPrefix(headers: readonly string[], says: (prefix: string) => boolean = () => false): string[] {
  const words = headers.map(headerWords)
  if (headers.length < leastColumns) return [...headers]
  let length = 0
  for (;;) {
    const counts = new Map<string, number>()
    for (const header of words) if (header.length > length) {
      const start = header.slice(0, length + 1).join(' ')
      counts.set(start, (counts.get(start) ?? 0) + 1)
    }
    const most = Math.max(0, ...counts.values())
    if (most < headers.length * share) break
    length++
  }
  if (length === 0) return [...headers]
  const counts = new Map<string, number>()
  for (const header of words) counts.set(header.slice(0, length).join(' '), (counts.get(header.slice(0, length).join(' ')) ?? 0) + 1)
  const prefix = [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0]
  if (prefix === undefined || says(prefix)) return [...headers]
  return headers.map((header, i) => {
    const own = words[i] ?? []
    return own.length > length && own.slice(0, length).join(' ') === prefix ? own.slice(length).join(' ') : header
  })
}
