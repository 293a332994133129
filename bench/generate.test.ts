import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import Papa from 'papaparse'
import { cleanRows } from './clean-rows.ts'
import { badKinds, contactList, writeContactList } from './generate.ts'
import type { ContactListOptions, ContactListTruth } from './generate.ts'

const options: ContactListOptions = { rows: 3000, seed: 5, dirty: 0.05, dup: 0.04, blank: 0.02 }
const folder = mkdtempSync(join(tmpdir(), 'longshore-bench-'))
afterAll(() => rmSync(folder, { recursive: true }))

function whole(of: ContactListOptions): { text: string; truth: ContactListTruth } {
  const pieces = contactList(of)
  let text = ''
  for (;;) {
    const piece = pieces.next()
    if (piece.done) return { text, truth: piece.value }
    text += piece.value
  }
}

test('writes the same list for the same seed, and another for another', () => {
  expect(whole(options).text).toBe(whole(options).text)
  expect(whole({ ...options, seed: 6 }).text).not.toBe(whole(options).text)
})

test('a longer list begins with the shorter one', () => {
  expect(whole({ ...options, rows: 3100 }).text.startsWith(whole(options).text)).toBe(true)
})

test('the truth counts what stands in the list', () => {
  const { text, truth } = whole(options)
  const rows = Papa.parse<Record<string, string>>(text.trimEnd(), { header: true }).data
  const count = (is: (row: Record<string, string>) => boolean): number => rows.filter(is).length
  expect(rows.length).toBe(options.rows)
  expect(truth.bad).toEqual({
    email: count((row) => row['Email'] === 'no e-mail given'), date: count((row) => row['Birthdate'] === '2023-02-30'),
    picklist: count((row) => row['Lead Source'] === 'Smoke Signal'), required: count((row) => row['Last Name'] === ''), number: count((row) => row['Lead Score'] === 'plenty'),
  })
  for (const kind of badKinds) expect(truth.bad[kind]).toBeGreaterThan(0)
  const good = rows.map((row) => row['Email'] ?? '').filter((email) => email.includes('@')).map((email) => email.toLowerCase())
  expect(truth.duplicates).toBe(good.length - new Set(good).size)
  expect(truth.duplicates).toBeGreaterThan(0)
})

test('cleaning keeps every row that is neither bad nor a duplicate', async () => {
  const file = join(folder, 'list.csv'), to = { accounts: join(folder, 'accounts.copy'), contacts: join(folder, 'contacts.copy') }
  const truth = await writeContactList(file, options)
  const cleaned = await cleanRows(file, to)
  const bad = badKinds.reduce((sum, kind) => sum + truth.bad[kind], 0)
  expect(cleaned.contacts).toBe(options.rows - bad - truth.duplicates)
  const lines = readFileSync(to.contacts, 'utf8').trimEnd().split('\n')
  expect(lines.length).toBe(cleaned.contacts)
  const cells = lines.map((line) => line.split('\t'))
  expect(new Set(cells.map((one) => one.length))).toEqual(new Set([20]))
  expect(cells.filter((one) => !/^\+[1-9]\d+$/.test(one[5] ?? '')).length).toBe(0)
  expect(readFileSync(to.accounts, 'utf8').trimEnd().split('\n').length).toBe(cleaned.accounts)
})
