import { readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openTestLongshore, type TestLongshore } from '../testing/open-test-longshore.ts'

let longshore: TestLongshore

beforeAll(async () => { longshore = await openTestLongshore('shared-reading') })
afterAll(() => longshore.close())
afterEach(() => { delete process.env['LONGSHORE_SHARE_BYTES'] })

/** People with faults in both halves: a row too long, one too short, a date that is none, quotes over lines, and an address that is there twice. */
const people = Array.from({ length: 400 }, (_, i) => {
  const name = i % 41 === 0 ? `"Lane ""${i}""\nof two lines"` : `Lane ${i}`
  const born = i % 29 === 0 ? '1980-02-31' : '1980-02-03'
  return `${name},p${i % 150}@example.com,${born},Works ${i % 7}${i % 97 === 5 ? ',more' : ''}${i % 89 === 7 ? '' : `,${i}`}`
})
const whole = `Last Name,Email,Birthdate,Company,External ID\n${people.join('\n')}\n`
/** Behind the first half of this one stands a quote that never closes: the reader finds it, whoever reads it. */
const broken = `${whole}"never closed,x@example.com,,,\n${people.map((line) => line.replaceAll('@', '.b@')).join('\n')}\n`

async function outcomeOf(text: string, sharedFrom: string): Promise<unknown> {
  process.env['LONGSHORE_SHARE_BYTES'] = sharedFrom
  const job = await longshore.importText(text, { object: 'contacts', match: [['email']], missingReference: 'create', results: { formats: ['csv'] } })
  const files = job.results.map((path) => readFileSync(path, 'utf8').replaceAll(/\b\d{8,}\b/g, 'id'))
  const issues = await longshore.rows(`SELECT row_number, seq, code, column_name, value, message FROM org._issue WHERE job = $1 AND code <> 'match.binned' ORDER BY row_number, seq`, [job.job])
  const undo = await longshore.undo(job.job, { everything: false }, () => undefined)
  return { counts: job.counts, rows: job.rows, related: job.related, files, issues, undone: undo.state }
}

describe('a file that two readers share', () => {
  it.each([['with faults in both halves', whole], ['with a quote that never closes in the second half', broken], ['that cannot be parted', `${broken}${whole}`.replace('p1@', '"p1@')]])('gives what one reader gives: %s', async (_, text) => {
    expect(await outcomeOf(text, '1')).toEqual(await outcomeOf(text, String(2 ** 40)))
  })
})
