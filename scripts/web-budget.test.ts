import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { overBudget, webSizes } from './web-budget.ts'

let dist: string
beforeEach(() => {
  dist = mkdtempSync(join(tmpdir(), 'longshore-budget-'))
  mkdirSync(join(dist, 'assets'))
})
afterEach(() => rmSync(dist, { recursive: true }))

function write(name: string, text: string): void {
  writeFileSync(join(dist, name), text)
}

it('counts what the first page names and what that imports, and not what is imported later', () => {
  write('index.html', '<script src="/assets/a.js"></script><link href="/assets/a.css">')
  write('assets/a.js', 'import{x}from"./b.js";import("./late.js")')
  write('assets/b.js', 'export const x=1')
  write('assets/a.css', 'a{}')
  const without = webSizes(dist)
  write('assets/late.js', 'x'.repeat(10))
  const withLate = webSizes(dist)
  expect([without.largestLazy.name, withLate.largestLazy.name]).toEqual(['none', 'late.js'])
  expect(withLate.initialScripts).toBe(without.initialScripts)
  expect(without.initialScripts).toBeGreaterThan(60)
})

it('names what is over its budget', () => {
  expect(overBudget({ initialScripts: 210_001, initialSheets: 25_000, largestLazy: { name: 'wizard.js', bytes: 60_001 } })).toEqual([
    expect.stringContaining('first page weigh 210.0 kB'), expect.stringContaining('wizard.js'),
  ])
})
