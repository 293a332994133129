/** Words that belong to the family name after them, in lower case: "Ludwig van Beethoven", "Juana de la Cruz". */
const particles = new Set([
  'van', 'von', 'vom', 'zu', 'zum', 'zur', 'de', 'del', 'della', 'delle', 'dei', 'degli', 'di', 'da', 'das', 'do', 'dos', 'du', 'des', 'der', 'den', 'het', 'ter', 'ten', 'te',
  'la', 'le', 'lo', 'las', 'los', 'el', 'al', 'bin', 'ibn', 'ben', 'bat', 'af', 'av', 'st', 'st.', 'san', 'santa', 'mac', 'mc', "'t", "d'",
])
const suffixes = new Set(['jr', 'jr.', 'sr', 'sr.', 'ii', 'iii', 'iv', 'phd', 'ph.d.', 'md', 'm.d.', 'esq', 'esq.'])

export interface NameParts {
  first: string | null
  last: string | null
}

/**
 * A person's full name in its two parts. The last word is the last name, together with the particles before it and a generation after
 * it ("Sammy Davis Jr."); "Last, First" is read the other way round; a single word is a last name. A guess by its nature: names that do
 * not follow the pattern need two columns.
 */
export function splitFullName(text: string): NameParts {
  const name = text.trim().replace(/\s+/g, ' ')
  if (name === '') return { first: null, last: null }
  const comma = name.indexOf(',')
  if (comma > 0) {
    const after = name.slice(comma + 1).trim()
    if (!suffixes.has(after.toLowerCase())) return { first: after || null, last: name.slice(0, comma).trim() || null }
  }
  const words = name.split(' ')
  if (words.length === 1) return { first: null, last: name }
  let start = words.length - 1
  if (start > 1 && suffixes.has((words[start] ?? '').toLowerCase())) start--
  while (start > 1 && particles.has((words[start - 1] ?? '').toLowerCase())) start--
  return { first: words.slice(0, start).join(' '), last: words.slice(start).join(' ') }
}
