import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ImportDefinitionInput } from '@longshore/core'
import { openTestLongshore, type TestLongshore } from '../testing/open-test-longshore.ts'
import { errorRows, resultRows } from '../testing/result-rows.ts'

vi.mock('../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../testing/parser-in-process.ts')).runParserHere }))

let longshore: TestLongshore
const notes = (more: Partial<ImportDefinitionInput> = {}): ImportDefinitionInput => ({ object: 'notes', ...more })
/** Of each note: its title, the object that it leads to, and what that record is called. */
const linked = async (): Promise<string[]> => (await longshore.rows<{ line: string }>(`SELECT concat_ws(' ', n.title, coalesce(n.related_to_object, '-'), coalesce(c.last_name, a.name, d.name, l.last_name)) AS line FROM org.notes n
  LEFT JOIN org.contacts c ON c.id = n.related_to LEFT JOIN org.accounts a ON a.id = n.related_to LEFT JOIN org.deals d ON d.id = n.related_to LEFT JOIN org.leads l ON l.id = n.related_to
  WHERE n.deleted_at IS NULL ORDER BY n.id`)).map(({ line }) => line)
const undo = (job: number) => longshore.undo(job, { everything: false }, () => undefined)

beforeAll(async () => { longshore = await openTestLongshore('references-to-several') })
afterAll(() => longshore.close())
beforeEach(async () => {
  await longshore.rows('TRUNCATE org.notes, org.contacts, org.accounts, org.deals, org.leads, org._change')
  await longshore.importText('Last Name,Email\nLovelace,ada@example.com\nTwin,twin@example.com\nTwin,twin@example.com\n', { object: 'contacts' })
  await longshore.importText('Account Name\nAcme Inc.\n', { object: 'accounts' })
  await longshore.importText('Deal Name,External ID,Stage\nBig deal,D-1,Qualification\n', { object: 'deals' })
})

describe('a reference to one of several objects', () => {
  it('is led by one column that says the record and one that says the object, in whatever words', async () => {
    const job = await longshore.importText('Title,Related To,Related Type\nOne,ADA@example.com,Contact\nTwo,acme inc,Company\nThree,BIG DEAL,Opportunity\nFour,,\nFive,,Contact\n', notes())
    expect([job.counts.created, job.leftOut]).toEqual([5, []])
    expect(await linked()).toEqual(['One contacts Lovelace', 'Two accounts Acme Inc.', 'Three deals Big deal', 'Four -', 'Five -'])
  })

  it('is led by columns of single objects, of which a row fills one', async () => {
    const definition = notes({ columns: [{ header: 'Person', field: 'related_to.contacts.email' }, { header: 'Firm', field: 'related_to.accounts.name' }] })
    const job = await longshore.importText('Title,Person,Firm\nOne,ada@example.com,\nTwo,,Acme Inc.\nBoth,ada@example.com,Acme Inc.\n', definition)
    expect(errorRows(job).map(({ row, codes }) => [row, codes])).toEqual([[4, ['reference.several-objects']]])
    expect(await linked()).toEqual(['One contacts Lovelace', 'Two accounts Acme Inc.'])
  })

  it('fails the row that names no object, an unknown one, a record that is not there or that is there twice', async () => {
    const job = await longshore.importText('Title,Related To,Related Type\nA,ada@example.com,\nB,ada@example.com,Spaceship\nC,grace@example.com,Contact\nD,Acme Inc,contact\nE,twin@example.com,contact\nF,adda@example.com,Contact\nG,Acmee Inc.,account\n', notes())
    expect(errorRows(job).map(({ row, codes, fields, values }) => [row, codes, fields, values])).toEqual([
      [2, ['reference.object-missing'], ['related_to'], ['ada@example.com']], [3, ['picklist.unknown'], ['related_to.object'], ['Spaceship']],
      [4, ['reference.missing'], ['related_to.contacts.email'], ['grace@example.com']], [5, ['type.email'], ['related_to.contacts.email'], ['Acme Inc']],
      [6, ['reference.ambiguous'], ['related_to.contacts.email'], ['twin@example.com']],
      [7, ['reference.missing'], ['related_to.contacts.email'], ['adda@example.com']], [8, ['reference.missing'], ['related_to.accounts.name'], ['Acmee Inc.']],
    ])
    expect(errorRows(job)[0]?.message).toContain('Fill it with one of: contacts, accounts, leads, deals, tickets.')
    expect(errorRows(job)[2]?.message).toMatch(/row 4, column "Related To": there is no contact with Email "grace@example.com"/)
    expect(errorRows(job)[5]?.message).toContain('the nearest is "ada@example.com"')
    expect(errorRows(job)[6]?.message).toContain('the nearest is "Acme Inc."')
  })

  it('takes all rows to one object by a default, and makes what is missing of each', async () => {
    const job = await longshore.importText('Title,Related To\nOne,New GmbH\nTwo,Acme Inc.\nThree,new gmbh\nFour,\n', notes({ missingReference: 'create', columns: [{ header: 'Related To', field: 'related_to.accounts.name' }] }))
    expect([job.related, job.counts.created]).toEqual([{ accounts: 1 }, 4])
    expect(await linked()).toEqual(['One accounts New GmbH', 'Two accounts Acme Inc.', 'Three accounts New GmbH', 'Four -'])
    const bare = await longshore.importText('Title,Related To\nSix,Acme Inc.\nSeven,\n', notes({ columns: [{ header: 'Related To', field: 'related_to' }], defaults: { 'related_to.object': 'accounts' } }))
    expect([bare.counts.created, (await linked()).slice(4)]).toEqual([2, ['Six accounts Acme Inc.', 'Seven -']])
    const made = await longshore.importText('Title,Person,Family,Firm\nEight,new@example.com,New,\nNine,,,Other AG\n', notes({ missingReference: 'create', columns: [
      { header: 'Person', field: 'related_to.contacts.email' }, { header: 'Family', field: 'related_to.contacts.last_name' }, { header: 'Firm', field: 'related_to.accounts.name' }] }))
    expect([made.related, (await linked()).slice(6)]).toEqual([{ contacts: 1, accounts: 1 }, ['Eight contacts New', 'Nine accounts Other AG']])
    expect((await undo(made.job)).kept).toBe(0)
    expect(await longshore.rows(`SELECT 1 FROM org.contacts WHERE deleted_at IS NULL AND email = 'new@example.com'`)).toEqual([])
  })

  it('is left empty where that is wanted, with a warning for each row', async () => {
    const job = await longshore.importText('Title,Related To,Related Type\nOne,nobody@example.com,Contact\nTwo,Acme Inc.,Account\n', notes({ missingReference: 'blank' }))
    expect([job.counts.created, job.warnings, await linked()]).toEqual([2, 1, ['One -', 'Two accounts Acme Inc.']])
  })

  it('changes from one object to another by its merge rule, is shown before, kept in the history, and comes back by undo', async () => {
    await longshore.importText('Title,External ID,Related To,Related Type\nOne,N-1,ada@example.com,Contact\nTwo,N-2,,\nThree,N-3,Big deal,Deal\n', notes())
    const before = await linked()
    const file = 'External ID,Related To,Related Type\nN-1,Acme Inc.,Account\nN-2,Acme Inc.,Account\nN-3,,\n'
    const kept = await longshore.importText(file, notes({ operation: 'update', match: [['external_id']], merge: { related_to: 'if-empty' } }))
    expect([kept.counts.updated, kept.counts.skipped, await linked()]).toEqual([1, 2, ['One contacts Lovelace', 'Two accounts Acme Inc.', 'Three deals Big deal']])
    await undo(kept.job)
    expect(await linked()).toEqual(before)
    const planned = await longshore.importText(file, notes({ operation: 'update', match: [['external_id']] }), { dryRun: true })
    expect(planned.preview?.diffs[0]?.fields).toMatchObject({ related_to_object: { from: 'contacts', to: 'accounts' } })
    const job = await longshore.apply(planned.job, () => undefined)
    expect([job.counts.updated, job.counts.skipped, await linked()]).toEqual([2, 1, ['One accounts Acme Inc.', 'Two accounts Acme Inc.', 'Three deals Big deal']])
    expect((await undo(job.job)).kept).toBe(0)
    expect(await linked()).toEqual(before)
  })

  it('that leads to an object without a column of its own stays, counts as filled, and is replaced by a rule that replaces', async () => {
    await longshore.importText('Title,External ID,Related To,Related Type\nOne,N-1,Big deal,Deal\n', notes())
    const definition = (merge: 'always' | 'if-empty') => notes({ operation: 'update', match: [['external_id']], columns: [{ header: 'Firm', field: 'related_to.accounts.name', merge }] })
    expect((await longshore.importText('External ID,Title,Firm\nN-1,Uno,\n', definition('always'))).counts.updated).toBe(1)
    expect(await linked()).toEqual(['Uno deals Big deal'])
    expect((await longshore.importText('External ID,Firm\nN-1,Acme Inc.\n', definition('if-empty'))).counts.skipped).toBe(1)
    expect((await longshore.importText('External ID,Firm\nN-1,Acme Inc.\n', definition('always'))).counts.updated).toBe(1)
    expect(await linked()).toEqual(['Uno accounts Acme Inc.'])
  })

  it('is taken away by an empty cell where the column says so, whatever it leads to', async () => {
    await longshore.importText('Title,External ID,Related To,Related Type\nOne,N-1,ada@example.com,Contact\nTwo,N-2,Big deal,Deal\nThree,N-3,Acme Inc.,Account\n', notes())
    const before = await linked()
    const definition = notes({ operation: 'update', match: [['external_id']], columns: [{ header: 'Firm', field: 'related_to.accounts.name', blankClears: true }] })
    const job = await longshore.importText('External ID,Firm\nN-1,\nN-2,\nN-3,Acme Inc.\n', definition)
    expect([job.counts.updated, await linked()]).toEqual([2, ['One -', 'Two -', 'Three accounts Acme Inc.']])
    expect([(await undo(job.job)).kept, await linked()]).toEqual([0, before])
  })

  it('of several rows for one record ends as the last row says', async () => {
    const job = await longshore.importText('Title,External ID,Related To,Related Type\nOne,N-1,ada@example.com,Contact\nTwo,N-1,Acme Inc.,Account\nThree,N-1,,\n', notes({ operation: 'upsert', match: [['external_id']] }))
    expect([job.counts.created, job.counts.updated, await linked()]).toEqual([1, 2, ['Three accounts Acme Inc.']])
  })

  it('goes out with its object, and our own export goes back in as nothing to change', async () => {
    await longshore.importText('Title,External ID,Related To,Related Type\nOne,N-1,ada@example.com,Contact\nTwo,N-2,Acme Inc.,Account\nThree,N-3,Big deal,Deal\nFour,N-4,,\n', notes())
    const before = await linked()
    const file = `${longshore.folder}/notes.csv`
    await longshore.export({ object: 'notes', where: [], format: 'csv', out: file, formulaGuard: true }, () => undefined)
    const job = await longshore.importText(readFileSync(file), notes({ operation: 'upsert', match: [['external_id']] }), { name: 'notes.csv' })
    expect(resultRows(job).map(({ outcome }) => outcome)).toEqual(['skipped', 'skipped', 'skipped', 'skipped'])
    await longshore.rows(`UPDATE org.notes SET related_to = NULL, related_to_object = NULL`)
    const again = await longshore.importText(readFileSync(file), notes({ operation: 'upsert', match: [['external_id']] }), { name: 'notes.csv' })
    expect([again.counts.updated, await linked()]).toEqual([3, before])
  })

  it('repeats from the definition that its job kept', async () => {
    const file = 'Title,Related To,Related Type\nOne,ada@example.com,Contact\nTwo,Acme Inc.,Account\n'
    const job = await longshore.importText(file, notes())
    await longshore.rows('TRUNCATE org.notes')
    await longshore.importText(file, job.definition as ImportDefinitionInput)
    expect(await linked()).toEqual(['One contacts Lovelace', 'Two accounts Acme Inc.'])
  })

  it.each<[string, string, Partial<ImportDefinitionInput>, object]>([
    ['no column says the object', 'Title,Related To\nA,b\n', { columns: [{ header: 'Related To', field: 'related_to' }] }, { code: 'reference-object-unknown', path: 'columns[0].field', message: expect.stringContaining('--map "Header=related_to.object"') }],
    ['two columns say where it leads', 'Title,Related To,Related Type,Firm\nA,b,c,d\n', { columns: [{ header: 'Related To', field: 'related_to' }, { header: 'Firm', field: 'related_to.accounts.name' }] }, { code: 'field-mapped-twice', path: 'columns[0].field' }],
    ['the object is none of its objects', 'Title,P\nA,b\n', { columns: [{ header: 'P', field: 'related_to.products.name' }] }, { code: 'unknown-field', path: 'columns[0].field' }],
    ['a path names no object', 'Title,P\nA,b\n', { columns: [{ header: 'P', field: 'related_to.email' }] }, { code: 'unknown-field', path: 'columns[0].field', message: expect.stringContaining('related_to.contacts.email') }],
    ['nothing finds the record', 'Title,P\nA,b\n', { columns: [{ header: 'P', field: 'related_to.contacts.title' }] }, { code: 'reference-not-findable', path: 'columns[0].field', message: expect.stringContaining('related_to.contacts.email') }],
    ['a missing one cannot be made of the columns', 'Title,P\nA,b\n', { missingReference: 'create', columns: [{ header: 'P', field: 'related_to.contacts.email' }] }, { code: 'required-not-mapped', message: expect.stringContaining('related_to.contacts.last_name') }],
    ['a default names no object', 'Title\nA\n', { defaults: { related_to: 'x' } }, { code: 'field-not-writable', path: 'defaults.related_to' }],
  ])('is refused before any row is read where %s', async (_, file, definition, fault) => {
    await expect(longshore.importText(file, notes(definition))).rejects.toMatchObject(fault)
  })
})
