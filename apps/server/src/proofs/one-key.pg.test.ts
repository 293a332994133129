import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openTestLongshore, type TestLongshore } from '../testing/open-test-longshore.ts'
import { resultRows } from '../testing/result-rows.ts'

vi.mock('../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../testing/parser-in-process.ts')).runParserHere }))

/** More rows than a 16-bit number counts. People do this: an address such as none@example.com stands in every row. */
const rows = 33_000

let longshore: TestLongshore
const list = (title: (row: number) => string): string =>
  `Last Name,Email,Job Title,Company\n${Array.from({ length: rows }, (_, i) => `Person${i},none@example.com,${title(i)},${i % 1000 === 0 ? `Company ${i}` : ''}\n`).join('')}`

describe('a file in which every row has the same address', { concurrent: false }, () => {
  beforeAll(async () => { longshore = await openTestLongshore('one-key') })
  afterAll(() => longshore.close())

  it('an insert makes one record and skips the rest', async () => {
    const job = await longshore.importText(list((i) => `T${i}`), { object: 'contacts', match: [['email']], missingReference: 'create' })
    expect(job.counts).toMatchObject({ created: 1, skipped: rows - 1 })
    expect(job.related).toEqual({ accounts: 1 })
    expect(resultRows(job).slice(1).every(({ outcome, reason }) => outcome === 'skipped' && reason === 'repeats row 2 of this file')).toBe(true)
  })

  it('an upsert changes the record row after row, and undo gives back what was', async () => {
    const state = () => longshore.rows('SELECT c.last_name, c.title, a.name AS company FROM org.contacts c LEFT JOIN org.accounts a ON a.id = c.account WHERE c.deleted_at IS NULL')
    const before = await state()
    const job = await longshore.importText(list((i) => `V${i}`), { object: 'contacts', operation: 'upsert', match: [['email']], missingReference: 'create' })
    expect(job.counts).toMatchObject({ updated: rows, created: 0 })
    expect(await state()).toEqual([{ last_name: `Person${rows - 1}`, title: `V${rows - 1}`, company: `Company ${rows - 1000}` }])
    const [{ n = 0, chained = 0 } = {}] = await longshore.rows<{ n: number; chained: number }>(
      `SELECT count(*)::integer AS n, count(*) FILTER (WHERE before ->> 'title' = prior)::integer AS chained
       FROM (SELECT before, lag(after ->> 'title', 1, 'T0') OVER (ORDER BY row_number) AS prior FROM org._change WHERE job = $1) c`, [job.job])
    expect([n, chained], 'each change begins where the one before ended').toEqual([rows, rows])
    const undo = await longshore.undo(job.job, { everything: false }, () => undefined)
    expect([undo.state, undo.counts.failed, await state()]).toEqual(['done', 0, before])
  }, 120_000)

  it('a flagged row keeps the first twenty that it meets, and says how many there are', async () => {
    const flagged = 2_000
    const text = `Last Name,Email\n${Array.from({ length: flagged }, (_, i) => `Flag${i},many@example.com\n`).join('')}`
    const job = await longshore.importText(text, { object: 'contacts', match: [['email']], onDuplicate: 'flag' })
    expect(job.counts).toMatchObject({ created: 1, flagged: flagged - 1 })
    const [{ pairs = 0, most = 0 } = {}] = await longshore.rows<{ pairs: number; most: number }>(
      'SELECT sum(n)::integer AS pairs, max(n)::integer AS most FROM (SELECT count(*) AS n FROM org._review WHERE job = $1 GROUP BY record) r', [job.job])
    expect([most, pairs], 'not the square of the rows').toEqual([20, 20 * (flagged - 1) - 190])
    const [{ message = '' } = {}] = await longshore.rows<{ message: string }>("SELECT message FROM org._issue WHERE job = $1 AND code = 'match.flagged' ORDER BY row_number DESC LIMIT 1", [job.job])
    expect(message).toContain(String(flagged - 1))
  }, 120_000)

  it('rows that meet a thousand records of one address change the oldest, row after row', async () => {
    const [count, changes] = [1_000, 3_000]
    await longshore.importText(`Last Name,Email\n${Array.from({ length: count }, (_, i) => `Same${i},same@example.com\n`).join('')}`, { object: 'contacts', match: [['email']], onDuplicate: 'create' })
    const job = await longshore.importText(`Last Name,Email,Job Title\n${Array.from({ length: changes }, (_, i) => `Same0,same@example.com,S${i}\n`).join('')}`,
      { object: 'contacts', operation: 'upsert', match: [['email']], onSeveral: 'oldest' })
    expect(job.counts).toMatchObject({ updated: changes, created: 0 })
    expect(await longshore.rows("SELECT last_name, title FROM org.contacts WHERE email = 'same@example.com' AND title IS NOT NULL")).toEqual([{ last_name: 'Same0', title: `S${changes - 1}` }])
  }, 120_000)
})
