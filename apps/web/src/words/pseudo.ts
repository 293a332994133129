const accents: Record<string, string> = { a: 'á', e: 'é', i: 'í', o: 'ó', u: 'ú', A: 'Á', E: 'É', I: 'Í', O: 'Ó', U: 'Ú', n: 'ñ', c: 'ç', s: 'š', z: 'ž' }

/** The same catalogue, accented, longer and in brackets: a text without brackets on the screen is not from the catalogue. */
export function pseudo<T>(entry: T): T {
  return changed(entry) as T // the shape is the one that was given
}

function changed(entry: unknown): unknown {
  if (typeof entry === 'string') return `[${entry.replace(/[a-zA-Z]/g, (letter) => accents[letter] ?? letter)}${'·'.repeat(Math.ceil(entry.length / 4))}]`
  if (typeof entry === 'function') return (...given: unknown[]) => changed((entry as (...all: unknown[]) => unknown)(...given))
  if (Array.isArray(entry)) return entry.map(changed)
  if (typeof entry === 'object' && entry !== null) return Object.fromEntries(Object.entries(entry).map(([name, value]) => [name, changed(value)]))
  return entry
}
