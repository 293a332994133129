import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ImportDefinitionInput } from '@longshore/core'
import { openTestLongshore, type TestLongshore } from '../testing/open-test-longshore.ts'
import { errorRows, resultRows } from '../testing/result-rows.ts'

vi.mock('../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../testing/parser-in-process.ts')).runParserHere }))

let longshore: TestLongshore
const byId = (more: Partial<ImportDefinitionInput> = {}): ImportDefinitionInput => ({ object: 'contacts', operation: 'upsert', match: [['id']], ...more })
const stored = (columns = 'last_name, title') => longshore.rows<Record<string, unknown>>(`SELECT ${columns} FROM org.contacts WHERE deleted_at IS NULL ORDER BY id`)
const outcomesOf = (job: Parameters<typeof resultRows>[0]) => resultRows(job).map(({ outcome }) => outcome)
let ids: string[] = []

beforeAll(async () => { longshore = await openTestLongshore('match-by-id') })
afterAll(() => longshore.close())
beforeEach(async () => {
  await longshore.rows('TRUNCATE org.contacts, org.accounts, org._change, org._review')
  await longshore.importText('Last Name,Email,Job Title,Company\nLovelace,ada@example.com,Countess,Acme\nHopper,grace@example.com,Admiral,\nTuring,,Fellow,\n', { object: 'contacts', missingReference: 'create' })
  ids = (await longshore.rows<{ id: string }>('SELECT id::text AS id FROM org.contacts ORDER BY id')).map(({ id }) => id)
})

async function exported(): Promise<string> {
  const out = join(longshore.folder, 'export.csv')
  await longshore.export({ object: 'contacts', format: 'csv', formulaGuard: true, where: [], out, replace: true }, () => undefined)
  return readFileSync(out, 'utf8')
}

describe('an import that matches by the id of records', () => {
  it('takes our own export back in as nothing to change, and what somebody edited in it as updates', async () => {
    const file = await exported()
    expect(outcomesOf(await longshore.importText(file, byId()))).toEqual(['skipped', 'skipped', 'skipped'])
    const before = await stored('*')
    const job = await longshore.importText(file.replace('Countess', 'Analyst').replace('Fellow', 'Professor'), byId({ operation: 'update' }))
    expect([outcomesOf(job), await stored()]).toEqual([['updated', 'skipped', 'updated'], [{ last_name: 'Lovelace', title: 'Analyst' }, { last_name: 'Hopper', title: 'Admiral' }, { last_name: 'Turing', title: 'Professor' }]])
    await longshore.undo(job.job, { everything: false }, () => undefined)
    expect(await stored('*')).toEqual(before)
  })

  it('leaves moments of an export of its own to Longshore, unless they are mapped by hand', async () => {
    const file = await exported()
    const moments = () => stored('created_at::text, updated_at::text')
    await longshore.importText(file.replaceAll(/\bAdmiral\b/g, 'Commodore'), byId())
    const [ada, grace] = await moments()
    for (const definition of [byId({ operation: 'update' }), byId(), byId({ operation: 'insert', onDuplicate: 'update' })]) {
      const job = await longshore.importText((await exported()).replaceAll(/\d{4}-\d\d-\d\dT[^,\n]+Z/g, '2001-01-01T00:00:00Z'), definition)
      expect([outcomesOf(job), (await moments()).slice(0, 2)]).toEqual([['skipped', 'skipped', 'skipped'], [ada, grace]])
    }
    const changed = await longshore.importText(file, byId({ operation: 'update' }))
    expect(outcomesOf(changed)).toEqual(['skipped', 'updated', 'skipped'])
    expect(Date.parse(String((await moments())[1]?.['updated_at']))).toBeGreaterThan(Date.parse(String(grace?.['updated_at'])))
    await longshore.importText(file.replaceAll(/\d{4}-\d\d-\d\dT[^,\n]+Z/g, '2001-01-01T00:00:00Z'), byId({ operation: 'update', columns: [{ header: 'updated_at', field: 'updated_at' }] }))
    expect((await moments()).every((record) => String(record['updated_at']).startsWith('2001-01-01'))).toBe(true)
  })

  it('creates a row without an id, and fails one whose id no record has: a new record would have another', async () => {
    await longshore.importText(`id\n${ids[1]}\n`, { object: 'contacts', operation: 'delete', match: [['id']] })
    const job = await longshore.importText(`id,Last Name,Job Title\n${ids[0]},Lovelace,Analyst\n,New,\n999999999999,Nobody,\n${ids[1]},Hopper,Captain\nx7,Bad,\n`, byId())
    expect(outcomesOf(job)).toEqual(['updated', 'created', 'failed', 'failed', 'failed'])
    expect(errorRows(job).map(({ codes, fields, values, message }) => [codes, fields, values, message.includes('lies in the bin')])).toEqual([
      [['match.unknown-id'], ['id'], ['999999999999'], false], [['match.unknown-id'], ['id'], [ids[1]], true], [['type.record-id'], ['id'], ['x7'], false],
    ])
    expect(await longshore.rows(`SELECT 1 FROM org._issue WHERE job = $1 AND code = 'match.binned'`, [job.job])).toEqual([])
  })

  it('updates and deletes by it, as any other criterion does', async () => {
    const updated = await longshore.importText(`id,Job Title\n${ids[0]},Analyst\n12345,Nobody\n,Nobody\n`, byId({ operation: 'update' }))
    expect([outcomesOf(updated), errorRows(updated).map(({ codes }) => codes)]).toEqual([['updated', 'failed', 'failed'], [['match.none'], ['match.no-key']]])
    const deleted = await longshore.importText(`id\n${ids[0]}\n${ids[2]}\n${ids[0]}\n`, byId({ operation: 'delete' }))
    expect([outcomesOf(deleted), (await stored()).length]).toEqual([['deleted', 'deleted', 'skipped'], 1])
  })

  it('a delete that meets no record advises nobody to create one; an update does', async () => {
    const advice = async (operation: 'update' | 'delete'): Promise<string> => (errorRows(await longshore.importText('id\n12345\n', byId({ operation })))[0]?.message ?? '')
    expect(await advice('delete')).toMatch(/No existing record matches.*Correct the value, or leave the row out: there is nothing to delete\.$/)
    expect(await advice('update')).toMatch(/or use the operation upsert to create missing records\.$/)
  })

  it('tries it in its turn: where no record has the id, the next criterion decides', async () => {
    const job = await longshore.importText(`Record ID,Last Name,Email\n${ids[0]},Byron,grace@example.com\n777777777777,Murray,grace@example.com\n777777777778,New,new@example.com\n`, byId({ match: [['id'], ['email']], merge: { email: 'never' } }))
    expect([outcomesOf(job), (await stored()).map((record) => record['last_name'])]).toEqual([['updated', 'updated', 'failed'], ['Byron', 'Murray', 'Turing']])
  })

  it('brings a record back from the bin where that is asked for', async () => {
    await longshore.importText(`id\n${ids[1]}\n`, byId({ operation: 'delete' }))
    const job = await longshore.importText(`id,Last Name,Job Title\n${ids[1]},Hopper,Captain\n`, byId({ restoreBinned: true }))
    expect([outcomesOf(job), (await stored())[1]]).toEqual([['updated'], { last_name: 'Hopper', title: 'Captain' }])
  })

  it('plans rows of one id in their order, on one record', async () => {
    const job = await longshore.importText(`id,Last Name,Job Title\n${ids[0]},Lovelace,One\n${ids[0]},Lovelace,Two\n`, byId())
    expect([outcomesOf(job), (await stored())[0]?.['title']]).toEqual([['updated', 'updated'], 'Two'])
    const again = await longshore.importText(`id,Last Name\n${ids[0]},Copy\n${ids[0]},Copy\n`, byId({ operation: 'insert', onDuplicate: 'flag' }))
    expect(outcomesOf(again)).toEqual(['flagged', 'flagged'])
  })

  it('repeats from the definition that its job kept', async () => {
    const first = await longshore.importText(`id,Last Name,Job Title\n${ids[0]},Lovelace,One\n`, byId())
    expect(outcomesOf(await longshore.importText(`id,Last Name,Job Title\n${ids[0]},Lovelace,Two\n`, first.definition as ImportDefinitionInput))).toEqual(['updated'])
  })

  it.each<[string, ImportDefinitionInput, object]>([
    ['without a column that has it', byId(), { code: 'match-field-not-mapped', path: 'match[0][0]' }],
    ['as a part of a criterion', byId({ match: [['id', 'email']] }), { code: 'match-by-id-alone', path: 'match[0]' }],
    ['with a default for it', byId({ columns: [{ header: 'Email', field: 'id' }], defaults: { id: '7' } }), { code: 'field-not-writable', path: 'defaults.id' }],
    ['as a field that a file sets', { object: 'contacts', columns: [{ header: 'Email', field: 'id' }] }, { code: 'field-not-writable', path: 'columns[0].field', message: expect.stringContaining('--match id') }],
  ])('is refused %s', async (_name, definition, fault) => {
    await expect(longshore.importText('Last Name,Email\nX,x@example.com\n', definition)).rejects.toMatchObject(fault)
  })
})
