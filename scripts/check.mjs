// `npm run check`: types, lint, imports, documents, lockfile, the web app's size, paths. Each prints one line; what was found follows it.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkDocs, checkGenerated } from './check-docs.ts'
import { checkImports } from './check-imports.ts'
import { checkLockfile } from './check-lockfile.ts'
import { checkPaths } from './check-paths.ts'
import { currentIssuesDoc } from './current-issues-doc.ts'
import { buildWeb } from './build-web.mjs'
import { overBudget, webSizes } from './web-budget.ts'
import { printProblem, repositoryPaths, sourceFiles } from './source-files.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const files = sourceFiles(root)
const text = (path) => files.find((file) => file.path === path)?.text

/** Runs a program of node_modules; what it prints is its finding. */
function program(script, args) {
  const run = spawnSync(process.execPath, [join(root, 'node_modules', script), ...args], { cwd: root, encoding: 'utf8' })
  return run.status === 0 ? [] : [`${run.stdout}${run.stderr}`.trim() || `${script} ended with ${run.status ?? run.signal}`]
}

/** What can be typed after `longshore` and does something: what is announced but not built is not for the documents. */
async function commandNames() {
  const { loadCommands } = await import('../apps/cli/src/commands/table.ts')
  const { notBuiltCommands } = await import('../apps/cli/src/commands/not-built.ts')
  return new Set((await loadCommands()).filter((command) => !notBuiltCommands.includes(command)).map((command) => command.name))
}

const checks = {
  types: () => [...program('typescript/bin/tsc', ['-p', '.']), ...program('typescript/bin/tsc', ['-p', 'apps/web'])],
  lint: () => program('oxlint/bin/oxlint', ['--deny-warnings', '--format=unix']),
  imports: () => checkImports(files).map(printProblem),
  documents: async () => [
    ...checkDocs(files, { paths: new Set(repositoryPaths(root)), scripts: new Set(Object.keys(JSON.parse(text('package.json')).scripts)), commands: await commandNames() }),
    ...checkGenerated('docs/issues.md', text('docs/issues.md'), await currentIssuesDoc(root), 'docs:issues'),
  ].map(printProblem),
  lockfile: () => checkLockfile('package-lock.json', text('package-lock.json')).map(printProblem),
  web: () => {
    const problem = buildWeb({ quiet: true })
    return problem ? [problem] : overBudget(webSizes(join(root, 'apps/web/dist')))
  },
  paths: () => checkPaths(files).map(printProblem),
}

let failed = 0
for (const [name, check] of Object.entries(checks)) {
  let found
  try { found = await check() } catch (error) { found = [`the check itself could not run: ${error.message}`] }
  if (found.length > 0) failed++
  console.log(`${found.length === 0 ? 'ok    ' : 'FAILED'} ${name}`)
  for (const problem of found) console.log(problem.replaceAll(/^/gm, '       '))
}
console.log(failed === 0 ? 'All checks pass.' : `${failed} of ${Object.keys(checks).length} checks failed.`)
process.exitCode = failed === 0 ? 0 : 1
