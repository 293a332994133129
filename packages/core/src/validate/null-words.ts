import type { Field } from '../schema/field.ts'

/** What programs and people write for "nothing". In a field of a type none of these is a value. */
const anywhere = new Set(['n/a', '#n/a', 'na', 'n.a.', 'null', '(null)', '\\n', 'nil', 'none', '(none)', '-', '--', '---', '–', '—', '.', '?', 'n/v', 'k.a.', 's/o', '#value!', '#ref!', '#name?', '#div/0!', '#num!', '#null!', 'undefined', 'unknown', '0000-00-00', '0000-00-00 00:00:00', '00/00/0000', '00.00.0000'])
/** Those that no text means either. "None" may be an answer, "?" a note. */
const inTexts = new Set(['N/A', 'n/a', 'N/a', '#N/A', 'NULL', 'null', '(null)', '\\N', '-', '--', '—', '#VALUE!', '#REF!', '#NAME?'])
const beginInTexts = new Set(['N', 'n', '#', '(', '\\', '-', '—'].map((c) => c.charCodeAt(0)))
const longest = 19

/** Where null words are taken for empty cells: `refused` looks only at what the field cannot take, `any` at every text. */
export type NullWords = 'never' | 'refused' | 'any'

/**
 * What is usual for a field. People are called Null and None, companies and deals what they like: nothing that names a record is taken for
 * empty. `said`: what the definition says of the column.
 */
export function nullWordsOf(field: Field, said: boolean | undefined): NullWords {
  const isText = field.kind === 'text' || field.kind === 'long-text' || field.kind === 'external-id'
  if (said === false) return 'never'
  if (said === undefined && (isName(field) || field.kind === 'reference' || field.kind === 'owner' || field.kind === 'tags' || field.kind === 'long-text')) return 'never'
  return isText ? 'any' : 'refused'
}

function isName({ name }: Field): boolean {
  return name === 'name' || name.endsWith('_name') || name === 'subject'
}

/** Whether a text that its field refuses says "nothing". */
export function isNullWord(text: string): boolean {
  return text.length <= longest && anywhere.has(text.toLowerCase())
}

/** The same for a text that its field would keep; nearly all are told by their first character. */
export function isNullText(text: string): boolean {
  return beginInTexts.has(text.charCodeAt(0)) && text.length <= 7 && inTexts.has(text)
}
