import { posix } from 'node:path'
import { lineAt } from './source-files.ts'
import type { Problem, SourceFile } from './source-files.ts'

/** What the documents may speak of. */
export interface DocsGround {
  /** Paths of all files of the repository. */
  paths: Set<string>
  /** Names of the scripts in package.json. */
  scripts: Set<string>
  /** Commands of the command line. */
  commands: Set<string>
}

/** Every relative link of every document leads to a file (and heading) that exists, one to a file of tests is called like a test in it; every npm script and command named exists. */
export function checkDocs(files: SourceFile[], ground: DocsGround): Problem[] {
  const documents = files.filter((file) => file.path.endsWith('.md'))
  const headings = new Map(documents.map((document) => [document.path, headingsOf(document.text)]))
  const tests = new Map(files.filter((file) => file.path.endsWith('.test.ts')).map((file) => [file.path, file.text.replaceAll("\\'", "'")]))
  return documents.flatMap((document) => [
    ...linksOf(document).flatMap(({ text, target, index }) => {
      const message = brokenLink(document.path, target, ground.paths, headings) ?? unknownTest(document.path, text, target, tests)
      return message ? [{ path: document.path, line: lineAt(document.text, index), message }] : []
    }),
    ...wordsOf(document, /\bnpm run ([a-z][\w:-]*)/g, ground.scripts, (name) => `"npm run ${name}" is no script of package.json`),
    ...wordsOf(document, /\bnpm (start|test)\b/g, ground.scripts, (name) => `"npm ${name}" is no script of package.json`),
    ...wordsOf(document, /(?:`|^(?:\$ )?(?:npx )?|\n(?:\$ )?(?:npx )?|npx )longshore ([a-z]+)\b/g, ground.commands, (name) => `"longshore ${name}" is no command`, true),
  ])
}

/** Compares a generated document with what its generator writes now; says at which line they part. */
export function checkGenerated(path: string, text: string | undefined, expected: string, script: string): Problem[] {
  if (text === expected) return []
  const lines = (text ?? '').split('\n')
  const line = expected.split('\n').findIndex((wanted, index) => wanted !== lines[index])
  return [{ path, line: line === -1 ? lines.length : line + 1, message: `is not what the source says now: run "npm run ${script}"` }]
}

function linksOf(document: SourceFile): { text: string; target: string; index: number }[] {
  const text = document.text.replace(/```[\s\S]*?```|`[^`\n]*`/g, (code) => code.replace(/[^\n]/g, ' '))
  const inline = [...text.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)]
  const sources = [...text.matchAll(/\b(?:src|href|srcset)="([^"]+)"/g)]
  const references = [...text.matchAll(/^\[[^\]]+\]:\s*(\S+)/gm)]
  const called = (index: number): string => document.text.slice(document.text.lastIndexOf('[', index) + 1, index)
  return [...inline.map((match) => ({ text: called(match.index), target: match[1] ?? '', index: match.index })), ...[...sources, ...references].map((match) => ({ text: '', target: match[1] ?? '', index: match.index }))]
}

/** A rule that names its test loses it without a word when the test gets another name. */
function unknownTest(from: string, text: string, target: string, tests: ReadonlyMap<string, string>): string | null {
  const source = tests.get(posix.join(posix.dirname(from), target))
  if (source === undefined || ["'", '"', '`'].some((quote) => source.includes(`${quote}${text}${quote}`))) return null
  return `"${target}" has no test called "${text}"`
}

function brokenLink(from: string, target: string, paths: Set<string>, headings: Map<string, Set<string>>): string | null {
  if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return null
  const [file = '', heading] = target.split('#')
  const path = file === '' ? from : posix.join(posix.dirname(from), decodeURI(file)).replace(/\/$/, '')
  const exists = paths.has(path) || [...paths].some((known) => known.startsWith(`${path}/`))
  if (!exists) return `the link to "${target}" leads nowhere`
  const known = headings.get(path)
  return heading !== undefined && known && !known.has(heading) ? `"${path}" has no heading for "#${heading}"` : null
}

/** Headings as links name them: lower case, spaces as hyphens, other signs left out; a repeated one takes a number. */
function headingsOf(text: string): Set<string> {
  const names = new Set<string>()
  for (const match of text.replace(/```[\s\S]*?```/g, '').matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)) {
    const name = (match[1] ?? '').toLowerCase().replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/g, '-')
    let unique = name
    for (let n = 1; names.has(unique); n++) unique = `${name}-${n}`
    names.add(unique)
  }
  return names
}

/** Only code speaks of commands: prose may say "longshore keeps …". */
function wordsOf(document: SourceFile, pattern: RegExp, known: Set<string>, message: (name: string) => string, codeOnly = false): Problem[] {
  const text = codeOnly ? document.text.replace(/(```[\s\S]*?```|`[^`\n]+`)|[^\n]/g, (_all, code: string | undefined) => code ?? ' ') : document.text
  return [...text.matchAll(pattern)].filter((match) => !known.has(match[1] ?? ''))
    .map((match) => ({ path: document.path, line: lineAt(text, match.index + match[0].length - 1), message: message(match[1] ?? '') }))
}
