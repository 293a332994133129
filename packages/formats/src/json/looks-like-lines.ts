/** Whether the beginning of a file is NDJSON: a line that is an object by itself, and another one after it, or a name that says so. */
export function looksLikeLines(beginning: string, fileName: string | undefined): boolean {
  if (!beginning.startsWith('{')) return false
  if (/\.(?:ndjson|jsonl|jsonlines|ldjson)$/i.test(fileName ?? '')) return true
  const end = beginning.search(/[\r\n]/)
  if (end === -1) return false
  const rest = beginning.slice(end).trimStart()
  return rest.startsWith('{') && isObject(beginning.slice(0, end))
}

function isObject(line: string): boolean {
  try { return typeof JSON.parse(line) === 'object' } catch { return false }
}
