import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { seededBugs } from '@longshore/core'
import { expect, test } from 'vitest'
import { failpointPlaces } from './failpoint-names.ts'

const places = failpointPlaces()
const root = fileURLToPath(new URL('../../../../', import.meta.url))

test('every failpoint has a name that can be read off its place', () => {
  expect(places.filter(({ name }) => name === '')).toEqual([])
})

test('no two failpoints share a name', () => {
  const byName = Map.groupBy(places, ({ name }) => name)
  expect([...byName.values()].filter((same) => same.length > 1)).toEqual([])
})

test('both sides of what must not be lost have failpoints', () => {
  expect(places.map(({ name }) => name)).toEqual(expect.arrayContaining([
    'job.before-create-commit', 'import.after-create', 'attempt.before-raise', 'attempt.after-raise', 'stage.before-checkpoint', 'stage.after-checkpoint',
    'plan.before-commit', 'plan.after-commit', 'apply.before-commit', 'apply.after-commit', 'results.before-rename', 'results.after-rename',
    'import.before-close', 'import.after-close', 'file.before-rename', 'file.after-rename', 'undo.before-commit', 'undo.after-commit',
  ]))
})

test('every seeded bug is built in somewhere', () => {
  const sources = ['packages/core/src', 'packages/store/src', 'packages/pipeline/src', 'apps/server/src'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts')).map((file) => readFileSync(join(root, folder, file), 'utf8')))
  expect(seededBugs.filter((bug) => !sources.some((source) => source.includes(`hasBug('${bug}')`)))).toEqual([])
})

test('the crash proofs name no failpoint that does not exist', () => {
  const files = ['scripts/crash/sections.ts', 'scripts/crash/prove.ts', 'apps/cli/src/crash.pg.test.ts']
  const known = new Set(places.map(({ name }) => name))
  const families = new Set([...known].map((name) => name.split('.')[0]))
  const named = files.flatMap((file) => [...readFileSync(join(root, file), 'utf8').matchAll(/'([a-z]+)\.([a-z-]+)'/g)].map(([, family = '', rest]) => ({ family, name: `${family}.${rest}` })))
  const used = named.filter(({ family }) => families.has(family))
  expect(used.length).toBeGreaterThan(20)
  expect(used.filter(({ name }) => !known.has(name))).toEqual([])
})
