const plain = /^[a-z0-9]+(?: [a-z0-9]+)*$/
const asciiSeparators = /[^a-z0-9+$<>=^`|~]+/g
const separators = /[\p{P}\p{Z}\p{C}]+/gu
const beyondAscii = /[^\0-\x7f]/

/**
 * Exact normal form of a name: compatibility forms united (NFKC), lower case, punctuation and runs of blanks to one blank.
 * Words stay as they are, the legal form too: "Acme, Inc." is "Acme Inc", and is not "Acme GmbH". Accents stay.
 * A text of nothing but punctuation ("!!!") keeps it: it is still somebody's name.
 */
export function textKey(text: string): string {
  let folded = text.toLowerCase()
  // "acme inc." is by far the most frequent form that is not plain: the full stop at its end goes first.
  if (folded.endsWith('.')) folded = folded.slice(0, -1)
  if (plain.test(folded)) return folded
  if (beyondAscii.test(folded)) {
    folded = text.normalize('NFKC').toLowerCase()
    return folded.replace(separators, ' ').trim() || folded.trim()
  }
  return folded.replace(asciiSeparators, ' ').trim() || text.toLowerCase().trim()
}
