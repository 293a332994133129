import { lineAt } from './source-files.ts'
import type { Problem, SourceFile } from './source-files.ts'

/** A path that begins at the root of somebody's machine, or the address of a package registry. Built from parts, so that this file passes. */
const roots = ['work', 'farm', 'root', 'tmp', 'home/[a-z_][\\w.-]*', 'Users/[A-Za-z][\\w.-]*', 'var/folders']
const machinePath = new RegExp(`(?<![\\w.~*}/)\\]-])/(?:${roots.join('|')})/[\\w.-]`, 'g')
const registryAddress = new RegExp(['https?:', '', '(?:registry\\.|[\\w.-]+/(?:npm|npm-proxy)/)'].join('/'), 'g')

/** Two migrations of one series under one number: each was right on its own branch, and together no database opens. */
function sharedNumbers(files: SourceFile[]): Problem[] {
  const migrations = files.flatMap(({ path }) => { const number = /^packages\/store\/src\/migrations\/\w+\/\d{4}(?=-)/.exec(path)?.[0]; return number === undefined ? [] : [{ path, number }] })
  return [...Map.groupBy(migrations, ({ number }) => number).values()].filter((same) => same.length > 1)
    .map((same) => ({ path: same[1]?.path ?? '', line: null, message: `has the number of ${same[0]?.path ?? ''}: give the later one the next number` }))
}

/** Nothing that is committed knows a machine's folders or a registry's address: it would be wrong for the next reader. */
export function checkPaths(files: SourceFile[]): Problem[] {
  return [...sharedNumbers(files), ...files.filter((file) => file.path !== 'package-lock.json').flatMap((file) => [
    ...[...file.text.matchAll(machinePath)].map((match) => ({ path: file.path, line: lineAt(file.text, match.index), message: `"${match[0]}…" is a path of one machine: take it from the caller or the operating system` })),
    ...[...file.text.matchAll(registryAddress)].map((match) => ({ path: file.path, line: lineAt(file.text, match.index), message: `"${match[0]}…" is the address of a registry: leave it to whoever installs` })),
  ])]
}
