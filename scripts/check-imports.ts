import { posix } from 'node:path'
import { blankComments } from './blank-comments.ts'
import { lineAt } from './source-files.ts'
import type { Problem, SourceFile } from './source-files.ts'

/** Folders of core that hold words only; all of them may use one another. */
const nouns = ['schema', 'access', 'issues', 'job', 'ports', 'fields', 'definition']
/** Stages of core in the order of the data's way: each may use nouns and the stages before it. */
const stages = ['map', 'transform', 'validate', 'match', 'plan', 'results', 'undo', 'template']
/** Beside the way in: the way out. It may use nouns, and no stage may use it. */
const beside = ['select']
/** All that core may depend on: pure JavaScript, no host. A new name here needs an argument in docs/decisions/. */
const coreDependencies = ['any-ascii', 'fastest-levenshtein', 'libphonenumber-js', 're2js', 'tldts', 'zod']

/** Names that reach for a host, a clock, randomness or waiting: what core takes as arguments instead. */
const impure: [RegExp, string][] = [
  [/\bDate\.now\b/g, 'reads the clock'],
  [/\bnew Date\(\s*\)/g, 'reads the clock'],
  [/\bperformance\s*\./g, 'reads the clock'],
  [/\bMath\.random\b/g, 'draws at random'],
  [/\bcrypto\s*\./g, 'draws at random'],
  [/(?<![.\w$'-])process\s*[.[]/g, 'reaches the host'],
  [/(?<![.\w$'-])globalThis\b/g, 'reaches the host'],
  [/(?<![.\w$'-])fetch\s*\(/g, 'reaches the network'],
  [/(?<![.\w$'-])(setTimeout|setInterval|setImmediate|queueMicrotask)\s*\(/g, 'waits'],
]

/** Looked for where strings are blank, so that the word "import" inside one opens nothing. */
const specifiers = /(?<![.\w$])(?:from\s*|import\s*\(\s*|import\s*|require\s*\(\s*)(['"`])( +)\1/dg

/** Names that a workspace's package.json declares, by folder: npm's flat node_modules would hide that one is missing. */
function declaredDependencies(files: SourceFile[]): Map<string, Set<string>> {
  const manifests = files.filter((file) => /^(packages|apps)\/[^/]+\/package\.json$/.test(file.path))
  return new Map(manifests.map((file) => {
    const lists = JSON.parse(file.text) as Record<string, Record<string, string> | undefined>
    return [posix.dirname(file.path), new Set(['dependencies', 'optionalDependencies', 'peerDependencies'].flatMap((list) => Object.keys(lists[list] ?? {})))]
  }))
}

/**
 * Who imports whom: a package imports @longshore/core and no sibling, only apps bring packages together; inside core a stage
 * imports nouns and earlier stages; core depends on its short list and touches no host. What is imported is declared. Tests may use what the root has, and read files.
 */
export function checkImports(files: SourceFile[]): Problem[] {
  const problems: Problem[] = []
  const declared = declaredDependencies(files)
  for (const file of files) {
    if (/^packages\/core\/package\.json$/.test(file.path)) problems.push(...checkCoreDependencies(file))
    const [, kind, name] = /^(packages|apps)\/([^/]+)\/.*\.(?:ts|tsx|mjs|js)$/.exec(file.path) ?? []
    if (kind === undefined || name === undefined) continue
    const code = blankComments(file.text, { strings: true })
    for (const match of code.matchAll(specifiers)) {
      const [start, end] = match.indices?.[2] ?? [0, 0]
      const specifier = file.text.slice(start, end)
      const message = (kind === 'apps' ? appImport(name, file.path, specifier) : packageImport(name, file.path, specifier))
        ?? undeclaredImport(file.path, specifier, declared.get(`${kind}/${name}`))
      if (message) problems.push({ path: file.path, line: lineAt(code, match.index), message })
    }
    if (name === 'core' && kind === 'packages' && !isTest(file.path)) problems.push(...checkPurity(file))
  }
  return problems
}

function isTest(path: string): boolean {
  return /\.test\.ts$|\/testing\b/.test(path)
}

function appImport(app: string, path: string, specifier: string): string | null {
  if (!specifier.startsWith('.')) return null
  const target = posix.join(posix.dirname(path), specifier)
  return target.startsWith(`apps/${app}/`) ? null : `"${specifier}" leaves the app: name the package (@longshore/…) instead`
}

function packageImport(name: string, path: string, specifier: string): string | null {
  if (specifier.startsWith('.')) {
    const target = posix.join(posix.dirname(path), specifier)
    if (!target.startsWith(`packages/${name}/`)) return `"${specifier}" leaves the package: a package imports @longshore/core and no sibling`
    return name === 'core' ? coreOrder(path, target) : null
  }
  if (specifier.startsWith('@longshore/')) {
    const sibling = specifier.split('/')[1]
    if (sibling === name) return `"${specifier}" is this package itself: import the file`
    if (name === 'core') return `core imports "${specifier}": core stands below all other packages`
    return sibling === 'core' ? null : `"${specifier}" is a sibling: only apps bring packages together`
  }
  if (name !== 'core' || isTest(path)) return null
  if (specifier.startsWith('node:')) return `core imports "${specifier}": core touches no host; take what you need as an argument`
  const dependency = dependencyOf(specifier)
  return coreDependencies.includes(dependency) ? null : `core imports "${dependency}", which is not among its dependencies (${coreDependencies.join(', ')})`
}

function undeclaredImport(path: string, specifier: string, declared: Set<string> | undefined): string | null {
  if (declared === undefined || isTest(path) || /^(\.|node:)/.test(specifier)) return null
  const dependency = dependencyOf(specifier)
  return declared.has(dependency) ? null : `"${dependency}" is not among the dependencies of this package.json`
}

function dependencyOf(specifier: string): string {
  return specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/')
}

/** Nothing inside core imports a later stage. */
function coreOrder(path: string, target: string): string | null {
  const from = folderOf(path), to = folderOf(target)
  if (from === null) return null // index.ts and what lies beside it gather everything
  if (to === null) return 'a stage imports the file itself, not what gathers all files'
  if (from === to || nouns.includes(to) || isTest(path)) return null
  if (nouns.includes(from)) return `the noun "${from}" imports the stage "${to}": nouns know no stage`
  if (beside.includes(from) || beside.includes(to)) return `"${from}" imports "${to}": the way out and the way in share nouns only`
  const fromIndex = stages.indexOf(from), toIndex = stages.indexOf(to)
  if (fromIndex === -1 || toIndex === -1) return `"${fromIndex === -1 ? from : to}" is no stage that this check knows: give it its place in the order`
  return toIndex < fromIndex ? null : `"${from}" imports the later stage "${to}": the way goes ${stages.join(' → ')}`
}

function folderOf(path: string): string | null {
  return /^packages\/core\/src\/([^/]+)\//.exec(path)?.[1] ?? null
}

function checkPurity(file: SourceFile): Problem[] {
  const code = blankComments(file.text, { strings: true })
  return impure.flatMap(([pattern, what]) => [...code.matchAll(pattern)].map((match) => ({
    path: file.path, line: lineAt(code, match.index), message: `core ${what} ("${match[0].trim()}"): take it as an argument`,
  })))
}

function checkCoreDependencies(file: SourceFile): Problem[] {
  const declared = JSON.parse(file.text) as Record<string, Record<string, string> | undefined>
  return ['dependencies', 'optionalDependencies', 'peerDependencies'].flatMap((list) => Object.keys(declared[list] ?? {}))
    .filter((dependency) => !coreDependencies.includes(dependency))
    .map((dependency) => ({ path: file.path, line: null, message: `core depends on "${dependency}"; its list is ${coreDependencies.join(', ')}` }))
}
