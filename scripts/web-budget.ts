import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** Most bytes after gzip: of the scripts and sheets that the first page loads, and of each that a route loads later. */
export const webBudget = { initialScripts: 210_000, initialSheets: 25_000, lazyScript: 60_000 }

export interface WebSizes { initialScripts: number; initialSheets: number; largestLazy: { name: string; bytes: number } }

/** What the built app weighs. The first page loads what index.html names, and what those scripts import as they load. */
export function webSizes(dist: string): WebSizes {
  const index = readFileSync(join(dist, 'index.html'), 'utf8')
  const named = [...index.matchAll(/(?:src|href)="\/assets\/([^"]+)"/g)].map((match) => match[1] ?? '')
  const initial = new Set(named)
  for (const name of initial) {
    if (!name.endsWith('.js')) continue
    const text = readFileSync(join(dist, 'assets', name), 'utf8')
    for (const match of text.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g)) if (match[1] && !isDynamic(text, match.index)) initial.add(match[1])
  }
  const gzipped = (name: string): number => gzipSync(readFileSync(join(dist, 'assets', name)), { level: 9 }).length
  const sum = (names: string[]): number => names.reduce((total, name) => total + gzipped(name), 0)
  const lazy = readdirSync(join(dist, 'assets')).filter((name) => name.endsWith('.js') && !initial.has(name)).map((name) => ({ name, bytes: gzipped(name) }))
  return {
    initialScripts: sum([...initial].filter((name) => name.endsWith('.js'))),
    initialSheets: sum([...initial].filter((name) => name.endsWith('.css'))),
    largestLazy: lazy.reduce((most, one) => one.bytes > most.bytes ? one : most, { name: 'none', bytes: 0 }),
  }
}

/** What is over its budget, in words. */
export function overBudget(sizes: WebSizes): string[] {
  const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`
  const lines: [string, number, number][] = [
    ['the scripts of the first page', sizes.initialScripts, webBudget.initialScripts],
    ['the sheets of the first page', sizes.initialSheets, webBudget.initialSheets],
    [`the lazy script ${sizes.largestLazy.name}`, sizes.largestLazy.bytes, webBudget.lazyScript],
  ]
  return lines.filter(([, bytes, most]) => bytes > most).map(([what, bytes, most]) => `${what} weigh ${kilobytes(bytes)} after gzip; the budget is ${kilobytes(most)}`)
}

/** `import(…)` is asked for later. */
function isDynamic(text: string, index: number): boolean {
  return text.startsWith('import(', index)
}
