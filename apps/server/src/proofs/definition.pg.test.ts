import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { parseImportDefinition, type ImportDefinitionInput } from '@longshore/core'
import { openTestLongshore, type TestLongshore } from '../testing/open-test-longshore.ts'
import { resultRows } from '../testing/result-rows.ts'

vi.mock('../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../testing/parser-in-process.ts')).runParserHere }))

let longshore: TestLongshore
let fresh: TestLongshore

const list = [
  'Full Name;E-mail Address;Company;JOB TITLE;Lead Source;Notes to self;Tags;Phone Number;',
  'Ada Lovelace;ada@example.com;Acme Inc.;  ceo ;trade show;x;vip, uk;(212) 555-0123;spare',
  'Bob Builder;BOB@example.com;ACME INC;;Carrier Pigeon;y;;;',
  ';nobody@example.com;;boss;;;;;',
  'Cy Young;ada@example.com;Globex;n/a;Web;z;a|b;+49 89 2034567;',
].join('\n')

const definitions: [string, ImportDefinitionInput][] = [
  ['headers alone', { object: 'contact', missingReference: 'create' }],
  ['an upsert with merge rules and defaults', {
    object: 'contacts', operation: 'upsert', match: [['email']], missingReference: 'create', merge: { title: 'if-empty', phone: 'never' }, defaults: { lead_source: 'Web', description: 'imported' },
  }],
  ['columns by header in other letters, with all that can be said of a column', {
    object: 'contacts', match: [['email']], onDuplicate: 'update', missingReference: 'blank', columns: [
      { header: 'job_title', field: 'title', transforms: [{ kind: 'trim' }, { kind: 'case', to: 'upper' }, { kind: 'value-map', values: { 'N/A': '' } }], default: 'Unknown', blankClears: false, merge: 'if-empty' },
      { header: 'lead source', field: 'lead_source', transforms: [{ kind: 'value-map', values: { 'Carrier Pigeon': 'Referral' } }] },
      { header: '  Notes to self ', field: 'description', blankClears: true },
      { header: 'tags', field: null },
    ],
  }],
  ['columns by position, nothing by header', {
    object: 'contacts', autoMap: false, match: [['email']], source: { delimiter: ';', headerRow: 1 },
    columns: [{ position: 1, field: 'last_name', transforms: [{ kind: 'case', to: 'title' }] }, { position: 2, field: 'email' }, { position: 9, field: 'department' }],
  }],
  ['a file without a header', { object: 'contacts', source: { headerRow: 0, delimiter: ';' }, autoMap: false, columns: [{ position: 1, field: 'full_name' }, { position: 2, field: 'description' }] }],
  ['an owner', { object: 'contacts', owner: 'second@example.com', match: [['email']], missingReference: 'blank' }],
]

describe('the definition that a job keeps', { concurrent: false }, () => {
  beforeAll(async () => {
    longshore = await openTestLongshore('definition')
    fresh = await openTestLongshore('definition-again')
    for (const one of [longshore, fresh]) await one.rows(`INSERT INTO longshore.member (organization, email, name) VALUES (1, 'second@example.com', 'Second')`)
  })
  afterAll(async () => {
    await longshore.close()
    await fresh.close()
  })

  it.each(definitions)('%s: repeated elsewhere it does the same', async (_name, definition) => {
    for (const one of [longshore, fresh]) await one.rows('TRUNCATE org.contacts, org.accounts')
    const job = await longshore.importText(list, definition)
    expect(job.counts.created).toBeGreaterThan(0)
    const kept = JSON.parse(JSON.stringify(job.definition)) as ImportDefinitionInput
    expect(parseImportDefinition(kept), 'it is a whole document').toEqual(job.definition)
    const again = await fresh.importText(list, kept)
    expect(again.definition, 'repeating it keeps the same document').toEqual(job.definition)
    expect(again.counts).toEqual(job.counts)
    expect(resultRows(again).map(({ row, outcome, reason, cells }) => ({ row, outcome, reason, cells }))).toEqual(resultRows(job).map(({ row, outcome, reason, cells }) => ({ row, outcome, reason, cells })))
    for (const object of ['contacts', 'accounts']) expect(await recordsOf(fresh, object)).toEqual(await recordsOf(longshore, object))
  })

  it('owners are members by e-mail', async () => {
    expect(await recordsOf(longshore, 'contacts')).toMatchObject([
      // what earlier imports of this list said is remembered: of the pigeon, and that the first column is the last name
      { last_name: 'Ada Lovelace', owner: 2 }, { last_name: 'Bob Builder', owner: 2, lead_source: 'Referral' },
    ])
  })

  it('an owner column names members, and an unknown one names the nearest', async () => {
    await longshore.rows('TRUNCATE org.contacts')
    const job = await longshore.importText('Last Name,Owner\nA,SECOND@example.com\nB,owner@localhost\nC,secnd@example.com\nD,\n', { object: 'contacts' })
    expect((await recordsOf(longshore, 'contacts')).map(({ last_name: name, owner }) => [name, owner])).toEqual([['A', 2], ['B', 1], ['D', 1]])
    expect(resultRows(job)[2]).toMatchObject({ row: 4, outcome: 'failed', reason: expect.stringMatching(/row 4, column "Owner": found "secnd@example.com", the nearest is "second@example.com"/) })
  })
})

/** Everything of an object's records but their ids and moments; ids differ by job numbers alone. */
async function recordsOf(one: TestLongshore, object: string): Promise<Record<string, unknown>[]> {
  const rows = await one.rows<{ record: Record<string, unknown> }>(
    `SELECT to_jsonb(r) - ARRAY['id', 'account', 'created_at', 'updated_at', 'as_of'] || jsonb_build_object('row', (r.id >> 3) & 4294967295${
      object === 'contacts' ? `, 'account', (SELECT a.name FROM org.accounts a WHERE a.id = r.account)` : ''}) AS record FROM org.${object} r ORDER BY r.id`)
  return rows.map(({ record }) => record)
}
