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
  if (plain.test(folded)) return folded
  if (beyondAscii.test(folded)) {
    folded = text.normalize('NFKC').toLowerCase()
    return folded.replace(separators, ' ').trim() || folded.trim()
  }
  return folded.replace(asciiSeparators, ' ').trim() || folded.trim()
}
