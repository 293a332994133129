import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
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

it('every test file is in one part, those that share their processes in the large ones', () => {
  const projects = testProjects(fileURLToPath(new URL('../../', import.meta.url)))
  const files = projects.flatMap(({ include }) => include)
  expect(new Set(files).size).toBe(files.length)
  expect(files).toContain('scripts/testing/test-projects.test.ts')
  expect(projects.filter(({ isolate }) => isolate).map(({ name }) => name)).toEqual(['own-stand-ins'])
  for (const { include } of projects) expect(include.length).toBeGreaterThan(0)
})
