/** Another system's identifier, exactly: blanks around it aside, letter case kept ("0015g00000AbCdE" is not "0015g00000aBcDe"). */
export function externalIdKey(text: string): string {
  return text.trim()
}
