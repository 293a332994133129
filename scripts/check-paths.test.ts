import { expect, test } from 'vitest'
import { checkPaths } from './check-paths.ts'

const found = (text: string): (number | null)[] => checkPaths([{ path: 'a.md', text }]).map((problem) => problem.line)

// Put together here, so that this file passes the check that it tests.
const refused = ['root', 'work', 'tmp', 'home/ann', 'Users/Ann'].map((folder) => ['', folder, 'file.csv'].join('/'))
test.each(refused)('refuses the path %s', (path) => {
  expect(found(`first\nsee ${path}`)).toEqual([2])
  expect(found(`'${path}'`)).toEqual([1])
})

test('refuses the address of a registry', () => {
  expect(found(['https:', '', 'registry.example.com', 'a'].join('/'))).toEqual([1])
})

const allowed = ['apps/work/a.ts', 'docs/root/a', './tmp/x', '../work/x', 'https://example.com/home/ann/x', '/var/lib/longshore', '/health', 'a /tmp folder', '/v1/work', '${base}/tmp/x']
test.each(allowed)('allows %s', (text) => {
  expect(found(text)).toEqual([])
})

test('refuses two migrations of one series under one number', () => {
  const files = ['organization/0006-scope.sql', 'organization/0006-plan.sql', 'system/0006-people.sql'].map((name) => ({ path: `packages/store/src/migrations/${name}`, text: '' }))
  expect(checkPaths(files).map((problem) => problem.message)).toEqual([expect.stringContaining('give the later one the next number')])
})
