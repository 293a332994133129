import type { IssueEntry } from '../packages/core/src/issues/registry.ts'
import { blankComments } from './blank-comments.ts'
import type { SourceFile } from './source-files.ts'

/** A fault's code as the source throws it. */
export interface FaultEntry { code: string; remedies: string[]; packages: string[] }

const remedyWords: Record<string, string> = {
  refuse: 'change the request', retry: 'try again later', stop: 'the job stops; put the cause right, then resume it',
}

/** docs/issues.md: every code that a result file, an answer or an error can show, grouped by its first word. */
export function issuesDoc(registry: Record<string, IssueEntry>, faults: FaultEntry[]): string {
  const families = Map.groupBy(Object.keys(registry).sort(), (code) => code.split('.')[0] ?? code)
  return [
    '# Issues and faults', '',
    '<!-- Written by `npm run docs:issues` from the registry and the source; a change made here by hand is lost. -->', '',
    'An **issue** is about a cell or a row of your file. It stands in the error report with its row number, the column, what was found and',
    'what to do. An *error* makes the row fail; a *warning* changes nothing about what happens to the row. All issues of a row are',
    'reported, not only the first.', '',
    'A **fault** is about the request, the machine or the database. It ends the command, and is never about one row.', '',
    '## Issues', '',
    ...[...families].flatMap(([family, codes]) => [`### ${family}`, '', ...codes.flatMap((code) => issueLines(code, registry[code]))]),
    '## Faults', '', '| Code | What to do |', '|---|---|',
    ...faults.map((fault) => `| \`${fault.code}\` | ${fault.remedies.map((remedy) => remedyWords[remedy] ?? remedy).join(', or ')} |`), '',
  ].join('\n')
}

function issueLines(code: string, entry: IssueEntry | undefined): string[] {
  if (!entry) return []
  const weight = entry.onCreate ? `${entry.severity}, only where the row creates a record` : entry.severity
  return [`#### \`${code}\``, '', `**${entry.title}** (${weight}). ${entry.explanation}`, '', `> ${entry.message.replaceAll('\n', ' ')}`, '', `What to do: ${entry.next}`, '']
}

/**
 * Every code that is written out where a Fault is made, sorted, with the remedies it is thrown with: `new Fault('…', …)`, a file's
 * own `fault('…', …)`, or a table of `{ code: '…', remedy: '…' }`.
 */
export function faultsIn(files: SourceFile[]): FaultEntry[] {
  const found = new Map<string, { remedies: Set<string>; packages: Set<string> }>()
  for (const file of files) {
    if (!/^(packages|apps)\/.*\.ts$/.test(file.path) || /\.test\.ts$|\/testing\b/.test(file.path)) continue
    const code = blankComments(file.text, { strings: false })
    const add = (name: string, remedy: string | undefined): void => {
      const entry = found.get(name) ?? { remedies: new Set(), packages: new Set() }
      entry.remedies.add(remedy ?? 'refuse')
      entry.packages.add(file.path.split('/').slice(0, 2).join('/'))
      found.set(name, entry)
    }
    for (const [, name = '', remedy] of code.matchAll(/\bcode: '([a-z][a-z0-9.-]*)',\s*remedy: '(\w+)'/g)) add(name, remedy)
    for (const match of code.matchAll(/\b(new Fault|fault)\(\s*'([a-z][a-z0-9.-]*)'/g)) {
      const made = match[1] === 'fault' ? code.slice(code.search(/\bfunction fault\(|\bfault = \(/)) : callAt(code, match.index)
      add(match[2] ?? '', /\bremedy:\s*'(\w+)'/.exec(made)?.[1])
    }
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, entry]) => ({ code, remedies: [...entry.remedies].sort(), packages: [...entry.packages].sort() }))
}

/** The text of the call that begins at `start`, to its closing bracket. */
function callAt(code: string, start: number): string {
  const bare = blankComments(code.slice(start), { strings: true })
  let depth = 0
  for (let i = bare.indexOf('('); i >= 0 && i < bare.length; i++) {
    if (bare[i] === '(') depth++
    if (bare[i] === ')' && --depth === 0) return code.slice(start, start + i + 1)
  }
  return code.slice(start)
}
