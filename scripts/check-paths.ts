import { lineAt } from './source-files.ts'
import type { Problem, SourceFile } from './source-files.ts'

/** A path that begins at the root of somebody's machine, or the address of a package registry. Built from parts, so that this file passes. */
const roots = ['work', 'farm', 'root', 'tmp', 'home/[a-z_][\\w.-]*', 'Users/[A-Za-z][\\w.-]*', 'var/folders']
const machinePath = new RegExp(`(?<![\\w.~*}/)\\]-])/(?:${roots.join('|')})/[\\w.-]`, 'g')
const registryAddress = new RegExp(['https?:', '', '(?:registry\\.|[\\w.-]+/(?:npm|npm-proxy)/)'].join('/'), 'g')

/** Nothing that is committed knows a machine's folders or a registry's address: it would be wrong for the next reader. */
export function checkPaths(files: SourceFile[]): Problem[] {
  return files.filter((file) => file.path !== 'package-lock.json').flatMap((file) => [
    ...[...file.text.matchAll(machinePath)].map((match) => ({ path: file.path, line: lineAt(file.text, match.index), message: `"${match[0]}…" is a path of one machine: take it from the caller or the operating system` })),
    ...[...file.text.matchAll(registryAddress)].map((match) => ({ path: file.path, line: lineAt(file.text, match.index), message: `"${match[0]}…" is the address of a registry: leave it to whoever installs` })),
  ])
}
