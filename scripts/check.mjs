// `npm run check`: types, lint, imports, documents, lockfile, paths. Each prints one line; what was found follows it.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkDocs, checkGenerated } from './check-docs.ts'
import { checkImports } from './check-imports.ts'
import { checkLockfile } from './check-lockfile.ts'
import { checkPaths } from './check-paths.ts'
import { currentIssuesDoc } from './current-issues-doc.ts'
import { printProblem, sourceFiles } from './source-files.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const files = sourceFiles(root)
const text = (path) => files.find((file) => file.path === path)?.text

/** Runs a program of node_modules; what it prints is its finding. */
function program(script, args) {
  const run = spawnSync(process.execPath, [join(root, 'node_modules', script), ...args], { cwd: root, encoding: 'utf8' })
  return run.status === 0 ? [] : [`${run.stdout}${run.stderr}`.trim() || `${script} ended with ${run.status ?? run.signal}`]
}

/** Commands are files of their own, named as what people type. */
function commandNames() {
  const folder = join(root, 'apps/cli/src/commands')
  return new Set(existsSync(folder) ? readdirSync(folder).filter((name) => /^[a-z]+\.ts$/.test(name)).map((name) => name.slice(0, -3)) : [])
}

const checks = {
  types: () => program('typescript/bin/tsc', ['-p', '.']),
  lint: () => program('oxlint/bin/oxlint', ['--deny-warnings', '--format=unix']),
  imports: () => checkImports(files).map(printProblem),
  documents: async () => [
    ...checkDocs(files, { paths: new Set(files.map((file) => file.path)), scripts: new Set(Object.keys(JSON.parse(text('package.json')).scripts)), commands: commandNames() }),
    ...checkGenerated('docs/issues.md', text('docs/issues.md'), await currentIssuesDoc(root), 'docs:issues'),
  ].map(printProblem),
  lockfile: () => checkLockfile('package-lock.json', text('package-lock.json')).map(printProblem),
  paths: () => checkPaths(files).map(printProblem),
}

let failed = 0
for (const [name, check] of Object.entries(checks)) {
  const found = await check()
  if (found.length > 0) failed++
  console.log(`${found.length === 0 ? 'ok    ' : 'FAILED'} ${name}`)
  for (const problem of found) console.log(problem.replaceAll(/^/gm, '       '))
}
console.log(failed === 0 ? 'All checks pass.' : `${failed} of ${Object.keys(checks).length} checks failed.`)
process.exitCode = failed === 0 ? 0 : 1
