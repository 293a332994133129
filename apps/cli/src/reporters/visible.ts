/**
 * Text from a file or a command line, made safe to show on a terminal: control characters, line breaks and
 * characters that turn the reading direction become visible escapes, and the text is cut to `most` characters.
 */
export function visible(text: string, most = 120): string {
  const characters = [...text]
  const cut = characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : text
  return cut.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, escapeOf)
}

function escapeOf(character: string): string {
  if (character === '\n') return '\\n'
  if (character === '\r') return '\\r'
  if (character === '\t') return '\\t'
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
}
