import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ImportDefinitionInput } from '@longshore/core'
import type { JobSummary } from '../longshore.ts'
import { openTestLongshore, type TestLongshore } from '../testing/open-test-longshore.ts'

let readings = 0
vi.mock('../tasks/parser/run-parser.ts', async () => {
  const { runParserHere } = await import('../testing/parser-in-process.ts')
  return { runParser: (...args: Parameters<typeof runParserHere>) => { if (args[1].task === 'check') readings++; return runParserHere(...args) } }
})

let longshore: TestLongshore
const contacts: ImportDefinitionInput = { object: 'contacts' }
const list = (...rows: string[]): string => `Last Name;Birthdate;Lead Score\n${rows.map((row, i) => `Person ${i};${row}\n`).join('')}`
const commas = (text: string): string => text.replaceAll(';', ',')

describe('columns whose meaning their values decide together', { concurrent: false }, () => {
  beforeAll(async () => { longshore = await openTestLongshore('column-readings') })
  beforeEach(async () => {
    await longshore.rows('TRUNCATE org.contacts')
    readings = 0
  })
  afterAll(() => longshore.close())

  it('a country of phones that is said for all columns holds for those that do not say theirs', async () => {
    const text = 'Last Name,Phone,Mobile\nByron,089 123456,01 40 20 50 50\n'
    const job = await longshore.importText(text, { object: 'contacts', phones: 'DE', columns: [{ header: 'Mobile', phones: 'FR' }] })
    expect(job.counts.created).toBe(1)
    expect(await longshore.rows('SELECT phone, mobile_phone FROM org.contacts')).toEqual([{ phone: '+4989123456', mobile_phone: '+33140205050' }])
  })

  it('a file that says at its beginning how it is to be read is read once', async () => {
    const job = await longshore.importText(list('03/04/1980;1.234,5', '25/12/1981;2,5'), contacts)
    expect(await stored()).toEqual([['1980-04-03', '1234.5'], ['1981-12-25', '2.5']])
    expect([job.counts.created, readings]).toEqual([2, 1])
  })

  it('a file whose end says otherwise than its beginning is read again, and nothing of the first reading stays', async () => {
    const rows = [...Array.from({ length: 700 }, () => '03/04/1980;1'), '12/25/1981;2']
    const job = await longshore.importText(list(...rows), contacts) // semicolons: day first is assumed
    expect(readings).toBe(2)
    expect(job.counts.created).toBe(701)
    expect(await stored('WHERE lead_score = 2 OR last_name = \'Person 0\'')).toEqual([['1980-03-04', '1'], ['1981-12-25', '2']])
    expect(await longshore.rows('SELECT count(*)::int AS n FROM org._staged WHERE job = $1', [job.job])).toEqual([{ n: 701 }])
    expect(columnOf(job, 'birthdate')).toMatchObject({ dates: 'mdy' })
  })

  it('a file that two readers share is read by what both halves say together', async () => {
    vi.stubEnv('LONGSHORE_SHARE_BYTES', '1000')
    try {
      const rows = [...Array.from({ length: 1500 }, () => '03/04/1980;1'), '12/25/1981;2']
      const job = await longshore.importText(list(...rows), contacts)
      expect(readings).toBe(4) // two readers, twice
      expect(job.counts.created).toBe(1501)
      expect(await stored('WHERE lead_score = 2 OR last_name = \'Person 0\'')).toEqual([['1980-03-04', '1'], ['1981-12-25', '2']])
    } finally { vi.unstubAllEnvs() }
  })

  it.each<[string, string, string]>([
    ['nothing decides', commas(list('03/04/1980;1', '05/06/1981;2')), 'column-ambiguous'],
    ['it contradicts itself', commas(list('13/04/1980;1', '05/16/1981;2')), 'column-mixed'],
    ['numbers can be thousands or decimals', commas(list('1980-01-01;1.234', '1980-01-01;5.678')), 'column-ambiguous'],
  ])('where %s the job ends with a question before anything is planned', async (_, text, code) => {
    await expect(longshore.importText(text, contacts)).rejects.toMatchObject({ code, remedy: 'refuse' })
    const [job] = await longshore.jobs()
    expect(job).toMatchObject({ state: 'failed', error: { code } })
    expect(await longshore.rows('SELECT (SELECT count(*) FROM org._staged WHERE job = $1)::int + (SELECT count(*) FROM org._plan WHERE job = $1)::int + (SELECT count(*) FROM org.contacts)::int AS n', [job?.job])).toEqual([{ n: 0 }])
  })

  it('what a person says is done, and rows that do not fit fail by themselves', async () => {
    const job = await longshore.importText(commas(list('13/04/1980;1', '05/16/1981;2', '05/06/1981;3')), { ...contacts, columns: [{ header: 'Birthdate', dates: 'dmy' }] })
    expect([job.counts.created, job.counts.failed]).toEqual([2, 1])
    expect(await stored()).toEqual([['1980-04-13', '1'], ['1981-06-05', '3']])
  })

  it('what was decided is kept in the definition, and repeating it reads a file that would be a question', async () => {
    const first = await longshore.importText(list('25/04/1980;1,5'), contacts)
    expect(columnOf(first, 'birthdate')).toMatchObject({ dates: 'dmy' })
    expect(columnOf(first, 'lead_score')).toMatchObject({ decimal: ',' })
    await longshore.rows('TRUNCATE org.contacts')
    const second = await longshore.importText(list('03/04/1980;1.234'), first.definition as ImportDefinitionInput)
    expect(await stored()).toEqual([['1980-04-03', '1234']])
    expect(second.definition).toEqual(first.definition)
  })

  it('a corrected error report is read as the file was that it came from', async () => {
    const first = await longshore.importText(commas(list('25/04/1980;1', '03/04/1980;many')), contacts)
    expect(first.counts).toMatchObject({ created: 1, failed: 1 })
    const report = first.results.find((file) => file.endsWith('errors.csv')) ?? ''
    const again = await longshore.importText(readFileSync(report, 'utf8').replaceAll('many', '7'), contacts)
    expect(again.counts.created).toBe(1)
    expect(await stored('WHERE lead_score = 7')).toEqual([['1980-04-03', '7']])
  })

  it('says in the report why a column was read as it was', async () => {
    const job = await longshore.importText(list('03/04/1980;1', '05/06/1981;2'), contacts, { dryRun: true })
    expect(job.readingWarnings).toContain('The values of "Birthdate" are read day first: the file has semicolons between its cells, as where the day comes first.')
  })
})

async function stored(where = ''): Promise<[string, string][]> {
  const rows = await longshore.rows<{ birthdate: string; lead_score: string }>(`SELECT birthdate::text, trim_scale(lead_score)::text AS lead_score FROM org.contacts ${where} ORDER BY lead_score`)
  return rows.map(({ birthdate, lead_score: score }) => [birthdate, score])
}

function columnOf(job: JobSummary, field: string): unknown {
  return (job.definition as ImportDefinitionInput).columns?.find((column) => column.field === field)
}
