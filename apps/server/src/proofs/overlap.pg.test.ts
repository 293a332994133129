import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { ImportDefinitionInput } from '@longshore/core'
import { openTestLongshore, type TestLongshore } from '../testing/open-test-longshore.ts'

vi.mock('../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../testing/parser-in-process.ts')).runParserHere }))

/** Pairs of imports that are started together; `npm run test:overlap` asks for 300. */
const pairs = Number(process.env['LONGSHORE_OVERLAP_PAIRS'] ?? 6)
const keys = ['ada', 'bob', 'cy', 'dee', 'eve']

interface Row { key: string; title: string | null; department: string | null }
interface Plan { definition: Pick<ImportDefinitionInput, 'operation' | 'onDuplicate' | 'merge'>; rows: Row[] }
type Contact = { title: string | null; department: string | null } | null

const cell = (word: string) => fc.option(fc.constantFrom(`${word}1`, `${word}2`), { nil: null })
const rows = (word: string): fc.Arbitrary<Row[]> => fc.uniqueArray(fc.record({ key: fc.constantFrom(...keys), title: cell(`${word}t`), department: cell(`${word}d`) }), { selector: (row) => row.key, minLength: 2, maxLength: 5, size: 'max' })
const plan = (word: string): fc.Arbitrary<Plan> => fc.record({
  definition: fc.constantFrom<Plan['definition'][]>({ operation: 'upsert' }, { operation: 'upsert', merge: { title: 'if-empty' } }, { operation: 'upsert', merge: { department: 'never' } }, { operation: 'insert', onDuplicate: 'skip' },
    { operation: 'update' }, { operation: 'delete' }),
  rows: rows(word),
})

let longshore: TestLongshore

describe('two imports on one object, started together', () => {
  beforeAll(async () => { longshore = await openTestLongshore('overlap') })
  afterAll(async () => {
    delete process.env['LONGSHORE_CHUNK_ROWS']
    await longshore.close()
  })

  it(`${pairs} pairs leave each record as one order of the two would, and no key twice`, { timeout: 60_000 + pairs * 20_000 }, async () => {
    await fc.assert(fc.asyncProperty(rows('s'), plan('a'), plan('b'), fc.constantFrom('1', '2', '10000'), async (before, a, b, chunkRows) => {
      await longshore.rows('TRUNCATE org.contacts, org._change')
      delete process.env['LONGSHORE_CHUNK_ROWS']
      await longshore.importText(fileOf(before), definition({ operation: 'insert' }), { name: 'before.csv' })
      process.env['LONGSHORE_CHUNK_ROWS'] = chunkRows
      const jobs = await Promise.all([[a, 'a.csv'] as const, [b, 'b.csv'] as const].map(([one, name]) =>
        longshore.import({ file: longshore.file(name, fileOf(one.rows)), definition: definition(one.definition), dryRun: false }, () => undefined)))
      expect(jobs.map(({ state, rows: read, counts }) => [state, read, Object.values(counts).reduce((sum, n) => sum + n, 0)])).toEqual([['done', a.rows.length, a.rows.length], ['done', b.rows.length, b.rows.length]])
      for (const key of keys) {
        const found = await longshore.rows<{ title: string | null; department: string | null }>('SELECT title, department FROM org.contacts WHERE email = $1 AND deleted_at IS NULL', [`${key}@example.com`])
        const start: Contact = contactOf(before, key)
        const orders = [[a, b], [b, a]].map((order) => order.reduce<Contact>((record, one) => apply(record, one, key), start))
        expect(found.length, `${key} is there at most once`).toBeLessThanOrEqual(1)
        expect(orders, key).toContainEqual(found[0] ?? null)
      }
    }), { numRuns: pairs, endOnFailure: true })
  })
})

function contactOf(from: readonly Row[], key: string): Contact {
  const row = from.find((one) => one.key === key)
  return row ? { title: row.title, department: row.department } : null
}

/** What one import makes of one record. */
function apply(record: Contact, { definition: { operation, merge = {} }, rows: from }: Plan, key: string): Contact {
  const row = from.find((one) => one.key === key)
  if (!row) return record
  if (operation === 'delete') return null
  if (record === null) return operation === 'update' ? null : { title: row.title, department: row.department }
  if (operation === 'insert') return record
  const merged = { ...record }
  for (const field of ['title', 'department'] as const) {
    const rule = merge[field] ?? 'always'
    if (row[field] !== null && rule !== 'never' && !(rule === 'if-empty' && record[field] !== null)) merged[field] = row[field]
  }
  return merged
}

function definition(more: Plan['definition']): ImportDefinitionInput {
  return { object: 'contacts', match: [['email']], ...more }
}

function fileOf(from: readonly Row[]): string {
  return `Last Name,Email,Job Title,Department\n${from.map(({ key, title, department }) => `Person,${key}@example.com,${title ?? ''},${department ?? ''}\n`).join('')}`
}
