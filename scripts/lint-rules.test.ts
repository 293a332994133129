import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'longshore-lint-'))
afterAll(() => rmSync(folder, { recursive: true }))

function lint(code: string): { ended: number | null; said: string } {
  writeFileSync(join(folder, 'a.ts'), code)
  const run = spawnSync(process.execPath, [join(root, 'node_modules/oxlint/bin/oxlint'), '-c', join(root, '.oxlintrc.json'), '--deny-warnings', '--format=unix', folder], { encoding: 'utf8' })
  return { ended: run.status, said: run.stdout }
}

const refused: [string, string][] = [
  ['no-explicit-any', 'export function a(x: any): string { return String(x) }'],
  ['no-non-null-assertion', 'export function a(x: string[]): string { return x[0]! }'],
  ['eqeqeq', 'export function a(x: string): boolean { return x == "1" }'],
  ['no-default-export', 'export default 1'],
  ['consistent-type-imports', "import { B } from './b.ts'\nexport function a(b: B): B { return b }"],
  ['no-unused-vars', 'export function a(): number { const b = 1; return 2 }'],
]
test.each(refused)('the linter refuses code against %s', (rule, code) => {
  const { ended, said } = lint(code)
  expect(ended).not.toBe(0)
  expect(said).toContain(rule)
})

test('the linter accepts plain code', () => {
  expect(lint('export function a(x: string[]): string { return x[0] ?? "" }')).toMatchObject({ ended: 0 })
})
