/** One character as a pattern that means itself, inside and outside of a character class. */
export function literalPattern(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
