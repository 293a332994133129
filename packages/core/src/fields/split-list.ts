import { foldOption } from './fold-option.ts'

/**
 * The values in one cell: on `;`, else on `|`, on `,` only where all parts are known options (a tag may well hold a comma).
 * A JSON array of texts, numbers and booleans is taken as one. Blanks around values and empty values go, repeated ones (letter case
 * aside) stay once. null: a JSON array that holds something else.
 */
export function splitList(text: string, known: ReadonlyMap<string, string>): string[] | null {
  const parts = text.startsWith('[') && text.endsWith(']') ? fromJson(text) : null
  if (parts === 'not-flat') return null
  const seen = new Set<string>()
  const values: string[] = []
  for (const part of parts ?? splitText(text, known)) {
    const value = part.trim()
    const folded = foldOption(value)
    if (value === '' || seen.has(folded)) continue
    seen.add(folded)
    values.push(value)
  }
  return values
}

/** Text that `splitList` takes apart into the same values: joined by "; ", or a JSON array where a value would be cut. */
export function joinList(values: readonly string[]): string {
  const [first = ''] = values
  const cut = values.length === 0 || first.startsWith('[') || values.some((value) => value.includes(';'))
    || (values.length === 1 && /[|,]/.test(first))
  return cut ? JSON.stringify(values) : values.join('; ')
}

function splitText(text: string, known: ReadonlyMap<string, string>): string[] {
  if (text.includes(';')) return text.split(';')
  if (text.includes('|')) return text.split('|')
  if (!text.includes(',') || known.has(foldOption(text))) return [text]
  const parts = text.split(',')
  return parts.every((part) => part.trim() === '' || known.has(foldOption(part))) ? parts : [text]
}

function fromJson(text: string): string[] | 'not-flat' | null {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return null
  }
  if (!Array.isArray(parsed)) return null
  const values: string[] = []
  for (const value of parsed as unknown[]) {
    if (typeof value === 'object' && value !== null) return 'not-flat'
    if (value !== null) values.push(String(value))
  }
  return values
}
