/** The values of a field of several options, from the text in which they are read: `vip; beta`, or a JSON array where a value would be cut. */
export function readListText(text: string): string[] {
  if (text.startsWith('[') && text.endsWith(']')) {
    try {
      const parsed: unknown = JSON.parse(text)
      if (Array.isArray(parsed)) return parsed.map(String)
    } catch { /* a value that begins and ends like one */ }
  }
  return text.split(';').map((value) => value.trim()).filter(Boolean)
}

/** The text that the server takes apart into the same values; empty: none. */
export function printListText(values: readonly string[]): string {
  return values.length === 0 ? '' : JSON.stringify(values)
}
