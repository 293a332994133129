import { expect, test } from 'vitest'
import type { IssueEntry } from '../packages/core/src/issues/registry.ts'
import { faultsIn, issuesDoc } from './issues-doc.ts'

const entry: IssueEntry = { title: 'Not a date', explanation: 'The cell holds no date.', message: '"{value}" is no date.', next: 'Write it as 2025-01-31.', severity: 'error' }

test('documents every code of the registry, and no other', () => {
  const codesIn = (doc: string): (string | undefined)[] => [...doc.matchAll(/^#### `(.+)`$/gm)].map((match) => match[1])
  expect(codesIn(issuesDoc({ 'type.date': entry, 'read.nul-byte': entry, 'type.number': entry }, []))).toEqual(['read.nul-byte', 'type.date', 'type.number'])
  expect(codesIn(issuesDoc({ 'type.date': entry }, []))).toEqual(['type.date'])
})

test('says what was found wrong, its weight and what to do', () => {
  const doc = issuesDoc({ 'type.date': { ...entry, onCreate: true } }, [])
  for (const words of ['**Not a date** (error, only where the row creates a record)', '> "{value}" is no date.', 'What to do: Write it as 2025-01-31.']) expect(doc).toContain(words)
})

test('finds the faults of the source with their remedies, and not those of tests and comments', () => {
  const files = [
    { path: 'packages/store/src/a.ts', text: "throw new Fault('db.gone', `at ${f(x)}`, { remedy: 'retry' })\n// new Fault('db.comment', 'x')\nthrow new Fault(\n  'db.full', 'no (room)')" },
    { path: 'apps/cli/src/b.ts', text: "new Fault('db.gone', 'x', { remedy: 'stop' })" },
    { path: 'packages/store/src/c.ts', text: "const t = { code: 'db.table', remedy: 'retry', says: 1 }\nreturn fault('db.own', 'x')\nfunction fault(code, message) { return new Fault(code, message, { remedy: 'stop' }) }" },
    { path: 'packages/store/src/a.test.ts', text: "new Fault('db.test', 'x')" },
  ]
  expect(faultsIn(files)).toEqual([
    { code: 'db.full', remedies: ['refuse'], packages: ['packages/store'] },
    { code: 'db.gone', remedies: ['retry', 'stop'], packages: ['apps/cli', 'packages/store'] },
    { code: 'db.own', remedies: ['stop'], packages: ['packages/store'] },
    { code: 'db.table', remedies: ['retry'], packages: ['packages/store'] },
  ])
})
