/**
 * A list of texts as a PostgreSQL array literal, the canonical text of multi-select and tags. Every element is quoted, so that
 * only `\` and `"` need an escape and a text "NULL" stays a text: `{"red","say \"hi\""}`. The empty list is `{}`.
 */
export function encodeList(elements: readonly string[]): string {
  let literal = '{'
  for (let i = 0; i < elements.length; i++) literal += `${i === 0 ? '' : ','}"${(elements[i] ?? '').replace(/[\\"]/g, '\\$&')}"`
  return `${literal}}`
}

/** Elements of a literal: ours, or one that PostgreSQL printed (which quotes only where it must). NULL elements are left out. */
export function decodeList(literal: string): string[] {
  const elements: string[] = []
  const element = /"((?:[^"\\]|\\.)*)"|([^,{}"]+)/gs
  for (const [, quoted, bare] of literal.matchAll(element)) {
    if (quoted !== undefined) elements.push(quoted.replace(/\\(.)/gs, '$1'))
    else if (bare !== undefined && bare.toUpperCase() !== 'NULL') elements.push(bare.replace(/\\(.)/gs, '$1'))
  }
  return elements
}
