import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const everywhere = ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts', 'scripts/**/*.test.ts', 'bench/**/*.test.ts']

/** How a test file says that the parser works inside of its own process: the one stand-in that many files share. */
const parserHere = /^vi\.mock\('[./]*\/tasks\/parser\/run-parser\.ts', async \(\) => \(\{ runParser: \(await import\('[./]*\/testing\/parser-in-process\.ts'\)\)\.runParserHere \}\)\)$/m
const anyStandIn = /\bvi\.(?:mock|doMock)\(/

export interface TestProject { name: string; include: string[]; isolate: boolean }

/**
 * The test files, parted by what they put in the place of modules. Those of one part share their processes: a module is loaded once
 * for all of them; loading them anew for each file made two thirds of what the tests of `packages/core` took. A stand-in lasts as long as the module, so
 * a file may only share with files that have the same; one with a stand-in of its own gets a process of its own.
 */
export function testProjects(root: string): TestProject[] {
  const files = globSync(everywhere, { cwd: root, exclude: ['**/node_modules/**'] }).sort()
  const parts = Map.groupBy(files, (file) => partOf(readFileSync(join(root, file), 'utf8')))
  return (['own-stand-ins', 'parser-here', 'plain'] as const)
    .map((name) => ({ name, include: parts.get(name) ?? [], isolate: name === 'own-stand-ins' }))
}

export function partOf(text: string): 'own-stand-ins' | 'parser-here' | 'plain' {
  if (!anyStandIn.test(text.replace(parserHere, ''))) return parserHere.test(text) ? 'parser-here' : 'plain'
  return 'own-stand-ins'
}
