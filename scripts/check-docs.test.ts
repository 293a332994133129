import { expect, test } from 'vitest'
import { checkDocs, checkGenerated } from './check-docs.ts'

const ground = { paths: new Set(['README.md', 'docs/a.md', 'docs/way.svg', 'bench/import.ts', 'bench/a.test.ts']), scripts: new Set(['test', 'check', 'bench:import']), commands: new Set(['import', 'undo']) }
const found = (text: string, path = 'README.md'): string[] => checkDocs([{ path, text }, { path: 'docs/a.md', text: '# One word\n## Words, and `more`\n## One word\n' }, { path: 'bench/a.test.ts', text: "it('is Ann\\'s')" }], ground).map((problem) => `${problem.line} ${problem.message}`)

const refused: [string, string, RegExp][] = [
  ['a link to a file that is not there', 'see\n[b](docs/b.md)', /^2 .*docs\/b\.md/],
  ['a picture that is not there', '![way](docs/gone.svg)', /gone\.svg/],
  ['a picture in HTML that is not there', '<img src="docs/gone.svg">', /gone\.svg/],
  ['a reference that leads nowhere', '[b]: docs/b.md', /docs\/b\.md/],
  ['a test that is not there', '[is Bob\'s](bench/a.test.ts)', /no test called "is Bob's"/],
  ['a heading that is not there', '[a](docs/a.md#three)', /#three/],
  ['a script that is not there', 'run\n\n`npm run bench:export`', /^3 "npm run bench:export"/],
  ['a standard script that is not there', '`npm start`', /"npm start"/],
  ['a command that is not there', 'text\n```sh\nlongshore import a.csv\nlongshore frobnicate 1\n```', /^4 "longshore frobnicate"/],
  ['a command by npx that is not there', '```\n$ npx longshore frobnicate\n```', /frobnicate/],
  ['a command inside a line that is not there', 'Use `longshore frobnicate 1`.', /frobnicate/],
]
test.each(refused)('refuses %s', (_what, text, message) => {
  expect(found(text)).toEqual([expect.stringMatching(message)])
})

const allowed: [string, string][] = [
  ['links to files, folders and headings', '[a](docs/a.md) [b](bench/) [c](docs/a.md#words-and-more) [d](docs/a.md#one-word-1) ![w](docs/way.svg)'],
  ['tests by their names', '[is Ann\'s](bench/a.test.ts)'],
  ['addresses', '[a](https://example.com/docs/b.md) <mailto:a@b.example>'],
  ['scripts and commands that exist', '`npm run check`, `npm test`, `npm run bench:import -- --rows 10`\n```\nnpx longshore undo 1\n```'],
  ['prose about longshore', 'With longshore everything is accounted for.'],
  ['links inside code', '`[a](b.md)`\n```\n[a](c.md)\n```'],
]
test.each(allowed)('allows %s', (_what, text) => {
  expect(found(text)).toEqual([])
})

test('finds links relative to the document that has them', () => {
  expect(found('[r](../README.md) [a](a.md)', 'docs/b.md')).toEqual([])
  expect(found('[r](README.md)', 'docs/b.md')).toEqual([expect.stringContaining('"README.md" leads nowhere')])
})

test('says where a generated document parts from its source', () => {
  expect(checkGenerated('docs/issues.md', 'a\nb\nc', 'a\nb\nc', 'docs:issues')).toEqual([])
  expect(checkGenerated('docs/issues.md', 'a\nx\nc', 'a\nb\nc', 'docs:issues')).toMatchObject([{ line: 2 }])
  expect(checkGenerated('docs/issues.md', 'a\nb\nc\nd', 'a\nb\nc', 'docs:issues')).toMatchObject([{ line: 4 }])
  expect(checkGenerated('docs/issues.md', undefined, 'a', 'docs:issues').length).toBe(1)
})
