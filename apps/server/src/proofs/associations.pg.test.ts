import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ImportDefinitionInput } from '@longshore/core'
import { openTestLongshore, type TestLongshore } from '../testing/open-test-longshore.ts'
import { errorRows, resultRows } from '../testing/result-rows.ts'

vi.mock('../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../testing/parser-in-process.ts')).runParserHere }))

let longshore: TestLongshore
const links = (more: Partial<ImportDefinitionInput> = {}): ImportDefinitionInput => ({
  object: 'associations', columns: [{ header: 'Person', field: 'from.contacts.email' }, { header: 'Deal', field: 'to.deals.name' }, { header: 'Role', field: 'role' }], ...more,
})
const linked = async () => (await longshore.rows<{ line: string }>(`SELECT concat_ws(' ', coalesce(c.last_name, '?'), '>', coalesce(d.name, e.last_name, '?'), coalesce(o.role, '-')) AS line FROM org.associations o
  LEFT JOIN org.contacts c ON c.id = o."from" AND c.deleted_at IS NULL LEFT JOIN org.deals d ON d.id = o."to" AND d.deleted_at IS NULL LEFT JOIN org.contacts e ON e.id = o."to" AND e.deleted_at IS NULL
  WHERE o.deleted_at IS NULL ORDER BY o.id`)).map(({ line }) => line)
const undo = (job: number) => longshore.undo(job, { everything: false }, () => undefined)

beforeAll(async () => { longshore = await openTestLongshore('associations') })
afterAll(() => longshore.close())
beforeEach(async () => {
  await longshore.rows('TRUNCATE org.associations, org.contacts, org.deals, org._change, org._review')
  await longshore.importText('Last Name,Email\nLovelace,ada@example.com\nHopper,grace@example.com\n', { object: 'contacts' })
  await longshore.importText('Deal Name,Stage\nBig deal,Prospecting\nSmall deal,Prospecting\n', { object: 'deals' })
})
const file = 'Person,Deal,Role\nada@example.com,Big deal,Decision maker\nada@example.com,Big deal,Champion\ngrace@example.com,Small deal,\n'

describe('associations', () => {
  it('come in from a file that names both ends and a role; the same link twice is one, in the file and in the store', async () => {
    const job = await longshore.importText(`${file}ADA@example.com,big deal,CHAMPION\n`, links())
    expect(resultRows(job).map(({ outcome, reason }) => [outcome, reason])).toEqual([['created', ''], ['created', ''], ['created', ''], ['skipped', 'repeats row 3 of this file']])
    expect(await linked()).toEqual(['Lovelace > Big deal Decision maker', 'Lovelace > Big deal Champion', 'Hopper > Small deal -'])
    const again = await longshore.importText(file, links())
    expect([again.counts.skipped, again.counts.created]).toEqual([3, 0])
    expect((await undo(job.job)).kept).toBe(0)
    expect(await linked()).toEqual([])
  })

  it('come in with a column that says the object of each end', async () => {
    const job = await longshore.importText('From,From type,To,To type,Role\nada@example.com,Contact,Small deal,Opportunity,Buyer\ngrace@example.com,Contact,ada@example.com,Person,Mentor\n', { object: 'associations' })
    expect([job.counts.created, job.leftOut, await linked()]).toEqual([2, [], ['Lovelace > Small deal Buyer', 'Hopper > Lovelace Mentor']])
  })

  it('need both ends: a row without one, or with one that is not there, fails', async () => {
    const job = await longshore.importText('Person,Deal,Role\nada@example.com,,x\nnobody@example.com,Big deal,x\nada@example.com,Bigg deal,x\n', links())
    expect(errorRows(job).map(({ row, codes, fields }) => [row, codes, fields])).toEqual([[2, ['required.missing'], ['to']], [3, ['reference.missing'], ['from.contacts.email']], [4, ['reference.missing'], ['to.deals.name']]])
    expect(errorRows(job)[2]?.message).toContain('the nearest is "Big deal"')
    await expect(longshore.importText('Person,Role\na@example.com,x\n', { object: 'associations', columns: [{ header: 'Person', field: 'from.contacts.email' }] })).rejects.toMatchObject({ code: 'match-field-not-mapped', path: 'match[0]' })
    await expect(longshore.importText(file, links({ missingReference: 'blank' }))).rejects.toMatchObject({ code: 'reference-needed', path: 'missingReference' })
    await expect(longshore.importText(file, links({ match: [['from', 'role']] }))).rejects.toMatchObject({ code: 'match-field-not-mapped', message: expect.stringContaining('Match by "from+to+role"') })
  })

  it('are taken away by a file that names them, and undo brings them back', async () => {
    await longshore.importText(file, links())
    const before = await linked()
    const job = await longshore.importText('Person,Deal,Role\nada@example.com,Big deal,champion\ngrace@example.com,Big deal,\n', links({ operation: 'delete' }))
    expect([job.counts.deleted, job.counts.failed, await linked()]).toEqual([1, 1, [before[0], before[2]]])
    await undo(job.job)
    expect(await linked()).toEqual(before)
  })

  it('go out and come back in', async () => {
    await longshore.importText(file, links())
    const before = await linked()
    const out = `${longshore.folder}/links.csv`
    await longshore.export({ object: 'associations', where: [], format: 'csv', out, formulaGuard: true }, () => undefined)
    const again = await longshore.importText(readFileSync(out), { object: 'associations', operation: 'upsert' }, { name: 'links.csv' })
    expect(again.counts).toMatchObject({ skipped: 3, created: 0, updated: 0, failed: 0 })
    await longshore.rows('TRUNCATE org.associations')
    await longshore.importText(readFileSync(out), { object: 'associations' }, { name: 'links.csv' })
    expect(await linked()).toEqual(before)
  })

  it('of a record in the bin show that end empty, and whole again when it comes back', async () => {
    await longshore.importText(file, links())
    const gone = await longshore.importText('Email\nada@example.com\n', { object: 'contacts', operation: 'delete', match: [['email']] })
    expect(await linked()).toEqual(['? > Big deal Decision maker', '? > Big deal Champion', 'Hopper > Small deal -'])
    expect(await longshore.associations({ limit: 10 })).toMatchObject([{ from: { object: 'contacts', name: 'Hopper' }, to: { object: 'deals', name: 'Small deal' }, role: null }])
    await undo(gone.job)
    expect((await longshore.associations({ limit: 10 })).map(({ from, to, role }) => `${from.name} > ${to.name} ${role ?? '-'}`)).toEqual(await linked())
  })

  it('are listed of one record, and removed by hand; the bin gives them back', async () => {
    await longshore.importText(file, links())
    const [grace] = await longshore.rows<{ id: string }>(`SELECT id::text FROM org.contacts WHERE last_name = 'Hopper'`)
    const [one] = await longshore.associations({ record: grace?.id ?? '', limit: 10 })
    expect(one).toMatchObject({ from: { object: 'contacts', record: grace?.id }, to: { name: 'Small deal' } })
    await longshore.binRecords({ object: 'associations', records: [one?.association ?? ''] })
    expect((await linked()).length).toBe(2)
    await expect(longshore.binRecords({ object: 'associations', records: [one?.association ?? ''] })).rejects.toMatchObject({ code: 'record.missing' })
    await longshore.restore({ object: 'associations', records: [one?.association ?? ''] })
    expect((await linked()).length).toBe(3)
  })

  it('of merged records lead to the one that stays, each once; undoing the merge gives all back', async () => {
    await longshore.importText('Last Name,Email\nHopper-Murray,grace@example.com\n', { object: 'contacts', onDuplicate: 'flag', match: [['email']] })
    await longshore.rows(`UPDATE org.contacts SET email = 'gm@example.com', _k1 = NULL WHERE last_name = 'Hopper-Murray'`)
    const [both] = await longshore.rows<{ one: string; two: string }>(`SELECT (SELECT id::text FROM org.contacts WHERE last_name = 'Hopper') AS one, (SELECT id::text FROM org.contacts WHERE last_name = 'Hopper-Murray') AS two`)
    await longshore.rows(`INSERT INTO org.associations (id, created_at, updated_at, "from", from_object, "to", to_object, role)
      SELECT 1000 + n, now(), now(), v.a, 'contacts', v.b, v.o, v.role FROM (SELECT row_number() OVER () AS n, * FROM (
        SELECT $1::bigint AS a, d.id AS b, 'deals' AS o, 'Buyer' AS role FROM org.deals d UNION ALL SELECT $2::bigint, d.id, 'deals', 'buyer' FROM org.deals d WHERE d.name = 'Big deal'
        UNION ALL SELECT $2::bigint, d.id, 'deals', 'User' FROM org.deals d WHERE d.name = 'Big deal' UNION ALL SELECT $1::bigint, $2::bigint, 'contacts', 'Married to') x) v`, [both?.one, both?.two])
    const before = await linked()
    const [pair] = await longshore.reviews({ limit: 1 })
    const merge = await longshore.mergeReview({ review: pair?.id ?? '', keep: 'other', values: {} })
    expect(await linked()).toEqual(['Hopper > Big deal Buyer', 'Hopper > Small deal Buyer', 'Hopper > Big deal User'])
    await undo(merge.job)
    expect(await linked()).toEqual(before)
  })
})
