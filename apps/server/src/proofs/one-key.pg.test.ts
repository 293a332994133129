import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestLongshore, type TestLongshore } from '../testing/open-test-longshore.ts'
import { resultRows } from '../testing/result-rows.ts'

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
})
