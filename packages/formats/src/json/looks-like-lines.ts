/** Whether the beginning of a file is NDJSON: a line that is an object or a list by itself, and another one after it, or a name that says so. */
export function looksLikeLines(beginning: string, fileName: string | undefined): boolean {
  const bracket = beginning.charAt(0)
  if (bracket !== '{' && bracket !== '[') return false
  if (/\.(?:ndjson|jsonl|jsonlines|ldjson)$/i.test(fileName ?? '')) return true
  const end = beginning.search(/[\r\n]/)
  if (end === -1) return false
  const rest = beginning.slice(end).trimStart()
  return rest.startsWith(bracket) && isWhole(beginning.slice(0, end))
}

function isWhole(line: string): boolean {
  try { return typeof JSON.parse(line) === 'object' } catch { return false }
}
