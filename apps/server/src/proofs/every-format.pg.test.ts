import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { write as writeWorkbook, utils } from '@e965/xlsx'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readSource } from '../read-source.ts'
import { openTestLongshore, type TestLongshore } from '../testing/open-test-longshore.ts'
import { errorRows, resultRows } from '../testing/result-rows.ts'

/** Three people and one row that cannot be imported, in every format that is read. */
const columns = ['External ID', 'First Name', 'Last Name', 'Email', 'Postal Code', 'Notes']
const people = [
  ['P-1', 'Mara', 'Lind', 'mara@example.com', '01234', 'said "yes", twice'], ['P-2', 'Jürgen', 'Groß', 'juergen@example.com', '50667', 'one; two'],
  ['P-3', 'Zoë', 'Côté', 'zoe@example.net', '00501', ''], ['P-4', 'Olle', 'Berg', 'no mail address', '90210', 'fails'],
]
const objects = people.map((cells) => Object.fromEntries(columns.map((name, i) => [name, cells[i] ?? ''])))
const csv = (delimiter: string): string => [columns, ...people].map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter)).join('\r\n')
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const table = `<html><meta charset="utf-8"><table>${[columns, ...people].map((cells) => `<tr>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`).join('')}</table></html>`
const xml = `<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="People"><Table>${
  [columns, ...people].map((cells) => `<Row>${cells.map((cell) => `<Cell><Data ss:Type="String">${escaped(cell)}</Data></Cell>`).join('')}</Row>`).join('')}</Table></Worksheet></Workbook>`
const workbook = (bookType: 'xlsx' | 'biff8'): Buffer => {
  const book = utils.book_new()
  utils.book_append_sheet(book, utils.aoa_to_sheet([columns, ...people]), 'People')
  return writeWorkbook(book, { type: 'buffer', bookType }) as Buffer
}

const files: [format: string, name: string, content: string | Uint8Array][] = [
  ['csv', 'people.csv', csv(';')],
  ['csv', 'people.txt', Buffer.from(`\uFEFF${csv('\t')}`, 'utf16le')],
  ['csv', 'old.csv', Buffer.from(csv(','), 'latin1')],
  ['csv', 'people.csv.gz', gzipSync(csv(','))],
  ['html', 'people.xls', table],
  ['xml-spreadsheet', 'people.xls', xml],
  ['xlsx', 'people.xlsx', workbook('xlsx')],
  ['xls', 'people.xls', workbook('biff8')],
  ['json', 'people.json', JSON.stringify({ total: 4, people: objects })],
  ['json', 'lists.json', JSON.stringify([columns, ...people])],
  ['ndjson', 'people.ndjson', objects.map((one) => JSON.stringify(one)).join('\n')],
  ['parquet', 'people.parquet', new Uint8Array(parquetWriteBuffer({ columnData: columns.map((name, i) => ({ name, data: people.map((cells) => cells[i] ?? ''), type: 'STRING' as const })) }))],
]

async function read(path: string): Promise<string[]> {
  const lines: string[] = []
  for await (const line of readSource(path, {})) lines.push(line)
  return lines
}

let longshore: TestLongshore
beforeAll(async () => { longshore = await openTestLongshore('every-format') })
afterAll(() => longshore?.close())

describe('an import of every format that is read', () => {
  it.each(files)('%s, as %s: the same records, results and error report', async (format, name, content) => {
    const before = (await longshore.rows<{ id: string }>('SELECT id FROM org.contacts')).length
    const job = await longshore.importText(content, { object: 'contacts' }, { name })
    expect([job.rows, job.counts.created, job.counts.failed]).toEqual([4, 3, 1])
    expect(job.definition).toMatchObject({ source: { format } })
    const records = await longshore.rows('SELECT external_id, first_name, last_name, email, mailing_postal_code FROM org.contacts ORDER BY id DESC LIMIT 3')
    expect(records.map((record) => Object.values(record as object)).reverse()).toEqual(people.slice(0, 3).map((cells) => cells.slice(0, 5)))
    expect((await longshore.rows('SELECT id FROM org.contacts')).length).toBe(before + 3)
    const results = resultRows(job)
    expect(results.map(({ outcome }) => outcome)).toEqual(['created', 'created', 'created', 'failed'])
    expect(errorRows(job).map(({ codes }) => codes)).toEqual([['type.email']])
    const report = readFileSync(job.results.find((path) => path.endsWith('errors.csv')) ?? '', 'utf8')
    for (const cell of people[3] ?? []) expect(report).toContain(cell)
  }, 60_000)

  it('results in every format hold the same rows', async () => {
    const job = await longshore.importText(csv(','), { object: 'contacts', results: { formats: ['csv', 'json', 'ndjson', 'xlsx', 'parquet'] } }, { name: 'all.csv' })
    const rows = await Promise.all(job.results.filter((path) => path.includes('results.')).map(async (path) => {
      const [head = '', ...lines] = await read(path)
      return [(JSON.parse(head) as { columns: string[] }).columns, ...lines.map((line) => (JSON.parse(line) as (string | null)[]).map((cell) => cell ?? ''))]
    }))
    expect(rows).toHaveLength(5)
    for (const one of rows) expect(one).toEqual(rows[0])
    expect(rows[0]?.slice(1).map((cells) => cells.slice(0, 6))).toEqual(people)
  }, 60_000)

  describe('an export goes back in as nothing to change', () => {
    beforeAll(async () => {
      await longshore.importText('Last Name,Email,Birthdate,Lead Score,Email Opt Out,Phone,Notes\n00123,a@typed.example,1980-02-03,12.5,true,+46 8 123 45 67,=1+1\nBerg,b@typed.example,,,false,,\n', { object: 'contacts' }, { name: 'typed.csv' })
    })

    it.each(['csv', 'json', 'ndjson', 'xlsx', 'parquet'] as const)('as %s', async (format) => {
      const out = join(longshore.folder, `export.${format}`)
      const fields = ['external_id', 'last_name', 'email', 'birthdate', 'lead_score', 'email_opt_out', 'phone', 'description', 'created_at']
      const { rows } = await longshore.export({ object: 'contacts', fields, where: ['email contains typed.example'], format, out, formulaGuard: true }, () => undefined)
      expect(rows).toBe(2)
      const back = await longshore.import({ file: out, definition: { object: 'contacts', operation: 'upsert', match: [['email']] }, dryRun: true }, () => undefined)
      expect([back.rows, back.counts.skipped, back.counts.updated, back.counts.failed]).toEqual([2, 2, 0, 0])
    }, 60_000)
  })

  it('contact cards: one row each, by the names of their properties', async () => {
    const cards = people.slice(0, 3).map(([, first = '', last = '', mail = '']) => `BEGIN:VCARD\r\nVERSION:3.0\r\nN:${last};${first};;;\r\nFN:${first} ${last}\r\nEMAIL;TYPE=work:${mail}\r\nEND:VCARD\r\n`).join('')
    const job = await longshore.importText(cards, { object: 'contacts' }, { name: 'people.vcf' })
    expect([job.rows, job.counts.created]).toEqual([3, 3])
    const records = await longshore.rows('SELECT first_name, last_name, email FROM org.contacts ORDER BY id DESC LIMIT 3')
    expect(records.map((record) => Object.values(record as object)).reverse()).toEqual(people.slice(0, 3).map((cells) => cells.slice(1, 4)))
  }, 60_000)

  it('repeating the definition that the job keeps reads the file the same way', async () => {
    const [, name = '', content = ''] = files[3] ?? []
    const first = await longshore.importText(content, { object: 'contacts' }, { name, dryRun: true })
    const again = await longshore.importText(content, first.definition as { object: string }, { name, dryRun: true })
    expect([again.rows, again.counts]).toEqual([first.rows, first.counts])
  }, 60_000)
})
