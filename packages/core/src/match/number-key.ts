/** One text for one value: "12.50" is "12.5", "12.0" is "12". Takes canonical decimal text. */
export function numberKey(text: string): string {
  if (!text.includes('.')) return text
  const bare = text.replace(/\.?0+$/, '')
  return bare === '-0' || bare === '' ? '0' : bare
}
