import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { badFileHead as head, bytesOf as bytes, cleanRow as clean, importBadFile, type BadFile } from '../testing/bad-file.ts'
import { openTestLongshore, type TestLongshore } from '../testing/open-test-longshore.ts'
import { errorRows, resultRows } from '../testing/result-rows.ts'

vi.mock('../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../testing/parser-in-process.ts')).runParserHere }))

/** The parser works in this process; bytes that a process of its own is for stand in `hostile-bytes`. */
const files: BadFile[] = [
  {
    name: 'a byte of another encoding in a file that is UTF-8', file: bytes(`${head}Zoë,Person1,p1@example.com,2000-01-01,1\nRen`, [0xe9], `,Person2,p2@example.com,,\n${clean(3)}`),
    bad: [{ row: 3, code: 'read.bad-encoding', column: 'First Name', says: /Save the file as UTF-8/ }], records: ['Person1', 'Person3'],
  },
  {
    name: 'a row with too many cells', file: `${head}${clean(1)}Ada,Person2,p2@example.com,2000-01-02,2,more\n${clean(3)}`,
    bad: [{ row: 3, code: 'read.too-many-cells', column: null, says: /row 3 \(line 3 of the file\): found 6, the header has 5/ }], records: ['Person1', 'Person3'],
  },
  { name: 'a row with too few cells: the missing ones are empty', file: `${head}${clean(1)}Ada,Person2\n${clean(3)}`, bad: [], records: ['Person1', 'Person2', 'Person3'] },
  { name: 'empty cells beyond the last column', file: `${head}${clean(1)}Ada,Person2,p2@example.com,2000-01-02,2,,\n${clean(3)}`, bad: [], records: ['Person1', 'Person2', 'Person3'] },
  {
    name: 'a quote that is never closed', file: `${head}${clean(1)}"Ada,Person2,p2@example.com,,\n${clean(3)}${clean(4)}`,
    bad: [{ row: 3, code: 'read.unclosed-quote', column: 'First Name', says: /opens in row 3, column "First Name", line 3, character 1 is never closed/ }], records: ['Person1', 'Person3', 'Person4'],
  },
  {
    name: 'infinity and NaN', file: `${head}${clean(1)}Ada,Person2,p2@example.com,,infinity\nAda,Person3,p3@example.com,,NaN\n${clean(4)}`,
    bad: [
      { row: 3, code: 'type.number-not-finite', column: 'Lead Score', says: /row 3, column "Lead Score": found "infinity"/ },
      { row: 4, code: 'type.number-not-finite', column: 'Lead Score', says: /row 4, column "Lead Score": found "NaN"/ },
    ], records: ['Person1', 'Person4'],
  },
  {
    name: '31 February', file: `${head}${clean(1)}Ada,Person2,p2@example.com,2024-02-31,\n${clean(3)}`,
    bad: [{ row: 3, code: 'type.date-impossible', column: 'Birthdate', says: /row 3, column "Birthdate": found "2024-02-31" \(month 2 of 2024 has 29 days\)/ }], records: ['Person1', 'Person3'],
  },
  {
    name: 'a number beyond the range of its column', file: `${head}${clean(1)}Ada,Person2,p2@example.com,,${'9'.repeat(19)}\nAda,Person3,p3@example.com,,1e400\n${clean(4)}`,
    bad: [
      { row: 3, code: 'type.number-range', column: 'Lead Score', says: /row 3, column "Lead Score"/ },
      { row: 4, code: 'type.number-range', column: 'Lead Score', says: /row 4, column "Lead Score": found "1e400"/ },
    ], records: ['Person1', 'Person4'],
  },
  {
    name: 'several errors in one row, all of them told', file: `${head}Ada,,nobody,2024-02-31,lots\n${clean(2)}`,
    bad: [
      { row: 2, code: 'required.missing', column: 'Last Name', says: /row 2, column "Last Name": Last name is empty/ },
      { row: 2, code: 'type.email', column: 'Email', says: /row 2, column "Email": found "nobody"/ },
      { row: 2, code: 'type.date-impossible', column: 'Birthdate', says: /row 2, column "Birthdate"/ },
      { row: 2, code: 'type.number', column: 'Lead Score', says: /row 2, column "Lead Score": found "lots"/ },
    ], records: ['Person2'],
  },
  {
    name: 'a control character that no field takes', file: `${head}${clean(1)}Be\u0007ll,Person2,p2@example.com,,\n${clean(3)}`,
    bad: [{ row: 3, code: 'type.control-character', column: 'First Name', says: /U\+0007/ }], records: ['Person1', 'Person3'],
  },
]

let longshore: TestLongshore

describe('a file with a fault in one row', () => {
  beforeAll(async () => { longshore = await openTestLongshore('bad-input') })
  afterAll(() => longshore.close())

  it.each(files)('$name', async (file) => {
    expect((await importBadFile(longshore, file)).error).toBeNull()
  })

  it('headers that stand twice, are empty or are called __proto__ are columns like any other', async () => {
    await longshore.rows('TRUNCATE org.contacts')
    const job = await longshore.importText('Last Name,Email,,__proto__,Email,constructor,\nLovelace,ada@example.com,x,pollute,second@example.com,c,y\n', {
      object: 'contacts', match: [['email']],
      columns: [{ header: '__proto__', field: 'title' }, { position: 5, field: 'secondary_email' }, { header: 'constructor', field: 'department' }, { position: 3, field: 'description' }],
    })
    expect(job.counts.created).toBe(1)
    const [record] = await longshore.rows('SELECT last_name, email, title, secondary_email, department, description FROM org.contacts')
    expect(record).toEqual({ last_name: 'Lovelace', email: 'ada@example.com', title: 'pollute', secondary_email: 'second@example.com', department: 'c', description: 'x' })
    const [row] = resultRows(job)
    expect([row?.outcome, row?.cells]).toEqual(['created', ['Lovelace', 'ada@example.com', 'x', 'pollute', 'second@example.com', 'c', 'y']])
    expect(Object.hasOwn(Object.prototype, 'pollute')).toBe(false)
  })

  it('a header that stands twice is refused by name and taken by position', async () => {
    const text = 'Last Name,Email,Email\nLovelace,a@example.com,b@example.com\n'
    await expect(longshore.importText(text, { object: 'contacts', columns: [{ header: 'Email', field: 'email' }] }))
      .rejects.toMatchObject({ code: 'ambiguous-column', path: 'columns[0].header', message: expect.stringContaining('columns 2 and 3') })
  })

  it.each([
    ['an empty file', '', 'list.csv', /empty/],
    ['a file of blanks', '  \n\n \n', 'list.csv', /empty|no row|nothing/i],
    ['a spreadsheet that is called .csv', bytes([0x50, 0x4b, 0x03, 0x04, 0x14, 0, 6, 0], '[Content_Types].xml xl/workbook.xml'), 'list.csv', /workbook|spreadsheet|XLSX|Excel/i],
    ['a picture that is called .csv', bytes([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13], 'IHDR'), 'list.csv', /PNG|picture|image/i],
    ['a PDF that is called .csv', '%PDF-1.7\n1 0 obj\n<<>>\nendobj\n', 'list.csv', /PDF/],
    ['a web page that is called .csv', '<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body>Please sign in</body></html>\n', 'list.csv', /HTML|web page/i],
  ] as const)('%s is refused before there is a job, with the reason', async (_name, content, name, says) => {
    const before = (await longshore.jobs()).length
    await expect(longshore.importText(content, { object: 'contacts', match: [['email']] }, { name })).rejects.toMatchObject({ message: expect.stringMatching(says) })
    expect((await longshore.jobs()).length).toBe(before)
  })

  it('a header without rows is a job of no rows', async () => {
    const job = await longshore.importText(head, { object: 'contacts', match: [['email']] })
    expect([job.state, job.rows, Object.values(job.counts).reduce((sum, n) => sum + n, 0)]).toEqual(['done', 0, 0])
    expect(resultRows(job)).toEqual([])
  })

  it.each([
    ['an object', { object: 'contcts' }, 'object', /Did you mean "contacts"/],
    ['an object in the singular', { object: 'acount' }, 'object', /Did you mean "account"/],
    ['a field', { object: 'contacts', columns: [{ header: 'Email', field: 'emial' }] }, 'columns[0].field', /Did you mean "email"/],
    ['a field behind a reference', { object: 'contacts', columns: [{ header: 'Email', field: 'account.nmae' }] }, 'columns[0].field', /Did you mean "account.name"/],
    ['a column', { object: 'contacts', columns: [{ header: 'Emial', field: 'email' }] }, 'columns[0].header', /Did you mean "Email"/],
    ['a match field', { object: 'contacts', match: [['emial']] }, 'match[0][0]', /Did you mean "email"/],
    ['a default of a picklist', { object: 'contacts', defaults: { lead_source: 'Referal' } }, 'defaults.lead_source', /the nearest is "Referral"/],
    ['an owner', { object: 'contacts', owner: 'owner@localhos' }, 'owner', /Did you mean owner@localhost/],
    ['a setting', { object: 'contacts', onDuplicte: 'skip' }, 'onDuplicte', /onDuplicate/],
  ] as const)('%s that does not exist names the nearest, and its place in the definition', async (_name, definition, path, says) => {
    await expect(longshore.importText(`${head}${clean(1)}`, definition as never)).rejects.toMatchObject({ path, message: expect.stringMatching(says) })
  })

  it('a value that is not in a picklist names the nearest', async () => {
    const job = await longshore.importText('Last Name,Email,Lead Source\nLovelace,ada@example.com,Referal\n', { object: 'contacts' })
    expect(errorRows(job)).toMatchObject([{ row: 2, fields: ['lead_source'], codes: ['picklist.unknown'], message: expect.stringMatching(/found "Referal", the nearest is "Referral"/), values: ['Referal'] }])
  })

  it('an error report, corrected, imports again: what it is about is a record then', async () => {
    await longshore.rows('TRUNCATE org.contacts')
    const first = await longshore.importText(`${head}${clean(1)}Ada,Lovelace,not-an-email,2024-02-31,=1+1\n"Bob, the ""B""",Builder,bob@example.com,,lots\n`, { object: 'contacts', match: [['email']] })
    expect(first.counts).toMatchObject({ created: 1, failed: 2 })
    const { readFileSync } = await import('node:fs')
    const report = readFileSync(first.results.find((file) => file.endsWith('errors.csv')) ?? '', 'utf8')
    expect(report.split('\n')[0]).toBe('"Row number","Field","Error type","Message","Original value","First Name","Last Name","Email","Birthdate","Lead Score"')
    // the cells of the source come after the five columns of the report; only those are corrected
    const corrected = report.replace('"Lovelace","not-an-email","2024-02-31","\'=1+1"', '"Lovelace","ada@example.com","2024-02-29","2"').replace('"lots"\n', '"3"\n')
    expect(corrected).not.toContain('"Lovelace","not-an-email"')
    const second = await longshore.importText(corrected, { object: 'contacts', match: [['email']] }, { name: 'corrected.csv' })
    expect([second.rows, second.counts.created]).toEqual([2, 2])
    const stored = await longshore.rows('SELECT first_name, last_name, email, birthdate::text, lead_score::text FROM org.contacts ORDER BY id')
    expect(stored.slice(1)).toEqual([
      { first_name: 'Ada', last_name: 'Lovelace', email: 'ada@example.com', birthdate: '2024-02-29', lead_score: '2' },
      { first_name: 'Bob, the "B"', last_name: 'Builder', email: 'bob@example.com', birthdate: null, lead_score: '3' },
    ])
  })
})
