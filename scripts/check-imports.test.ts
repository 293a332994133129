import { expect, test } from 'vitest'
import { checkImports } from './check-imports.ts'

const found = (path: string, text: string): string[] => checkImports([{ path, text }]).map((problem) => `${problem.line} ${problem.message}`)

const refused: [string, string, string, RegExp][] = [
  ['a sibling package', 'packages/store/src/a.ts', "import { x } from '@longshore/formats'", /is a sibling/],
  ['a sibling by a relative path', 'packages/store/src/a.ts', "import { x } from '../../formats/src/x.ts'", /leaves the package/],
  ['a sibling loaded late', 'packages/store/src/a.ts', "const x = await import('@longshore/pipeline')", /is a sibling/],
  ['a sibling passed on', 'packages/pipeline/src/index.ts', "export * from '@longshore/store'", /is a sibling/],
  ['its own name', 'packages/store/src/a.ts', "import '@longshore/store'", /this package itself/],
  ['another app by a relative path', 'apps/cli/src/a.ts', "import { x } from '../../server/src/x.ts'", /leaves the app/],
  ['a package from core', 'packages/core/src/map/a.ts', "import { x } from '@longshore/store'", /stands below/],
  ['a host module from core', 'packages/core/src/map/a.ts', "import { readFileSync } from 'node:fs'", /touches no host/],
  ['a host module without its prefix from core', 'packages/core/src/map/a.ts', "import { readFileSync } from 'fs'", /not among/],
  ['an unlisted package from core', 'packages/core/src/map/a.ts', "import x from '@scope/other/deep'", /"@scope\/other"/],
  ['a later stage', 'packages/core/src/map/a.ts', "import { x } from '../plan/x.ts'", /later stage "plan"/],
  ['a stage from a noun', 'packages/core/src/fields/a.ts', "import type { X } from '../match/x.ts'", /nouns know no stage/],
  ['the way out from the way in', 'packages/core/src/plan/a.ts', "import { x } from '../select/x.ts'", /share nouns only/],
  ['a folder that is no stage', 'packages/core/src/plan/a.ts', "import { x } from '../tools/x.ts'", /no stage/],
  ['the barrel from a stage', 'packages/core/src/plan/a.ts', "import { x } from '../index.ts'", /the file itself/],
]
test.each(refused)('refuses %s', (_what, path, text, message) => {
  expect(found(path, `// one line before\n${text}\n`)).toEqual([expect.stringMatching(message)])
  expect(found(path, `// one line before\n${text}\n`)[0]).toMatch(/^2 /)
})

const impure: [string, string][] = [
  ['the clock', 'const t = Date.now()'], ['the clock by an empty date', 'const t = new Date()'], ['a stopwatch', 'performance.now()'],
  ['chance', 'const r = Math.random()'], ['random ids', 'crypto.randomUUID()'], ['the environment', 'if (process.env.X) go()'],
  ['the network', "await fetch('x')"], ['waiting', 'setTimeout(go, 1)'], ['the global object', 'globalThis.x = 1'],
  ['the clock inside a template', 'const t = `at ${Date.now()}`'],
]
test.each(impure)('refuses %s inside core', (_what, text) => {
  expect(found('packages/core/src/validate/a.ts', text).length).toBe(1)
  expect(found('packages/store/src/a.ts', text)).toEqual([])
  expect(found('packages/core/src/validate/a.test.ts', text)).toEqual([])
})

const allowed: [string, string, string][] = [
  ['core from a package', 'packages/store/src/a.ts', "import { x } from '@longshore/core'"],
  ['packages from an app', 'apps/server/src/a.ts', "import { x } from '@longshore/store'\nimport { y } from '@longshore/formats'"],
  ['nouns and earlier stages from a stage', 'packages/core/src/plan/a.ts', "import { x } from '../match/x.ts'\nimport { y } from '../fields/y.ts'"],
  ['the listed packages from core', 'packages/core/src/fields/a.ts', "import { z } from 'zod'\nimport p from 'libphonenumber-js/max'"],
  ['host modules from a test of core', 'packages/core/src/map/a.test.ts', "import { readFileSync } from 'node:fs'"],
  ['names in comments and strings', 'packages/core/src/map/a.ts', "// Date.now() and fetch(x)\nconst a = 'process.env'; const r = /'/; const b = 'Math.random()'\n/* import 'node:fs' */"],
  ['the word import inside a string', 'packages/core/src/map/a.ts', "z.literal('import').default('import')"],
  ['members that only sound alike', 'packages/core/src/map/a.ts', 'row.process.x; port.fetch(x); new Date(text); subprocess.x'],
]
test.each(allowed)('allows %s', (_what, path, text) => {
  expect(found(path, text)).toEqual([])
})

test('refuses a package that is there by chance only', () => {
  const manifest = { path: 'packages/store/package.json', text: JSON.stringify({ dependencies: { pg: '8.0.0', '@scope/listed': '1.0.0' } }) }
  const importing = (path: string, specifier: string): string[] => checkImports([manifest, { path, text: `import x from '${specifier}'` }]).map((problem) => problem.message)
  expect(importing('packages/store/src/a.ts', 'zod/mini')).toEqual([expect.stringContaining('"zod"')])
  for (const specifier of ['pg', 'pg/lib/x', '@scope/listed/x', 'node:fs', './b.ts']) expect(importing('packages/store/src/a.ts', specifier)).toEqual([])
  expect(importing('packages/store/src/a.test.ts', 'fast-check')).toEqual([])
})

test("refuses a dependency of core that is not on its list", () => {
  const text = JSON.stringify({ dependencies: { zod: '4.6.7', lodash: '4.0.0' } })
  expect(checkImports([{ path: 'packages/core/package.json', text }]).map((problem) => problem.message)).toEqual([expect.stringContaining('"lodash"')])
})
