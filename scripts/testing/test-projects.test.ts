import { globSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { longest } from './longest-files.ts'
import { partOf, testProjects } from './test-projects.ts'

const here = `vi.mock('../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../testing/parser-in-process.ts')).runParserHere }))`

it.each([
  ['nothing', `it('x', () => undefined)`, 'plain'],
  ['the parser', `import { vi } from 'vitest'\n\n${here}\n`, 'parser-here'],
  ['the parser in its own way', `vi.mock('../tasks/parser/run-parser.ts', async () => {\n  return {}\n})`, 'own-stand-ins'],
  ['the parser and something else', `${here}\nvi.mock('@longshore/store', () => ({}))`, 'own-stand-ins'],
  ['something else, later', `it('x', () => { vi.doMock('./a.ts', () => ({})) })`, 'own-stand-ins'],
])('a file that puts something in the place of %s is told', (_what, text, part) => {
  expect(partOf(text)).toBe(part)
})

const root = fileURLToPath(new URL('../../', import.meta.url))
const written = globSync('**/*.test.{ts,tsx}', { cwd: root, exclude: (name) => name === 'node_modules' || name.startsWith('.') }).toSorted()

it('every test file that there is runs once, those that share their processes in the large parts', () => {
  const projects = testProjects(root)
  expect(projects.flatMap(({ include }) => include).toSorted()).toEqual(written)
  expect(projects.filter(({ isolate }) => isolate).map(({ name }) => name)).toEqual(['own-stand-ins'])
  for (const { include } of projects) expect(include.length).toBeGreaterThan(0)
})

it.each(longest)('%s, which begins early, is the end of one test file', (name) => {
  expect(written.filter((file) => file.endsWith(`/${name}`))).toHaveLength(1)
})
