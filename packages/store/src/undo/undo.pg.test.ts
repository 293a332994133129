import { seedBug, setFailpoints } from '@longshore/core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { beginAttempt, endAttempt } from '../jobs/attempt.ts'
import { beginUndo } from './begin-undo.ts'
import { closeUndo } from './close-undo.ts'
import { undoSteps } from './run-undo.ts'
import { moment, openUndoKit, type UndoKit } from './testing.ts'
import { loadUndo } from './undo-context.ts'

let kit: UndoKit
beforeAll(async () => { kit = await openUndoKit('undo') })
afterAll(() => kit.db.close())
beforeEach(() => kit.clear())
afterEach(() => { setFailpoints(null); seedBug(null) })

/** Two contacts and an account that were there, and an import that updates one of them and makes two with an account of their own. */
async function scene(): Promise<{ job: number; before: string; old: string; account: string; made: string; other: string; madeAccount: string }> {
  const first = await kit.newJob()
  const account = await kit.create(first, 2, 'accounts', { name: 'Acme' }, 1)
  const old = await kit.create(first, 2, 'contacts', { last_name: 'Lovelace', email: 'Ada@example.com', account, lead_score: '12.50', tags: '{red,"say \\"hi\\""}' })
  await kit.create(first, 3, 'contacts', { last_name: 'Hopper', email: 'grace@example.com' })
  const before = await kit.live()
  const job = await kit.newJob()
  const madeAccount = await kit.create(job, 2, 'accounts', { name: 'Globex' }, 1)
  const made = await kit.create(job, 2, 'contacts', { last_name: 'Turing', email: 'alan@example.com', account: madeAccount })
  const other = await kit.create(job, 3, 'contacts', { last_name: 'Noether', account: madeAccount })
  await kit.update(job, 4, 'contacts', old, { email: 'lovelace@example.com', title: 'Countess', tags: '{}', lead_score: '7', account: madeAccount, updated_at: moment(job) })
  return { job, before, old, account, made, other, madeAccount }
}

async function field(record: string, name: string): Promise<unknown> {
  return (await kit.sql(`SELECT ${name} AS v FROM org.contacts WHERE id = $1`, [record]))[0]?.['v']
}

const isLive = async (object: string, record: string): Promise<boolean> => (await kit.sql(`SELECT 1 FROM org.${object} WHERE id = $1 AND deleted_at IS NULL`, [record])).length === 1

test('takes an import back to the very values, keys and moments that were there', async () => {
  const { job, before } = await scene()
  expect(await kit.live()).not.toBe(before)
  expect(await kit.preview(job)).toEqual({ job, object: 'contacts', binned: 2, restored: 1, revived: 0, related: { accounts: 1 }, kept: [], keptCount: 0, keptFor: {} })
  const undo = await kit.undo(job)
  expect(undo).toMatchObject({ rows: 3, counts: { deleted: 2, updated: 1 }, related: { accounts: 1 }, kept: 0 })
  expect(await kit.live()).toBe(before)
})

test('undoes an undo, and undoes the job again after that', async () => {
  const { job, before } = await scene()
  const imported = await kit.live()
  const undo = await kit.undo(job)
  expect(await kit.preview(undo.job)).toMatchObject({ binned: 0, restored: 1, revived: 2, related: { accounts: 1 }, keptCount: 0 })
  const redo = await kit.undo(undo.job)
  expect(redo).toMatchObject({ rows: 3, counts: { created: 2, updated: 1 }, related: { accounts: 1 }, kept: 0 })
  expect(await kit.live()).toBe(imported)
  expect(await kit.preview(redo.job)).toMatchObject({ binned: 2, restored: 1, revived: 0, related: { accounts: 1 }, keptCount: 0 })
  expect(await kit.states()).toMatchObject({ [job]: 'done', [undo.job]: 'undone', [redo.job]: 'done' })
  await expect(kit.undo(undo.job)).rejects.toMatchObject({ code: 'job.state' })
  await expect(kit.preview(undo.job), 'a preview promises nothing that the undo refuses').rejects.toMatchObject({ code: 'job.state' })
  const thrice = await kit.undo(redo.job)
  expect(await kit.states()).toMatchObject({ [job]: 'undone', [undo.job]: 'done', [redo.job]: 'undone', [thrice.job]: 'done' })
  expect(thrice).toMatchObject({ rows: 3, counts: { deleted: 2, updated: 1 } })
  expect(await kit.live()).toBe(before)
  await kit.undo(thrice.job)
  expect(await kit.states()).toMatchObject({ [job]: 'done', [undo.job]: 'undone', [redo.job]: 'done', [thrice.job]: 'undone' })
  expect((await kit.undo(job)).kept).toBe(0)
  expect(await kit.live()).toBe(before)
})

test('keeps fields edited since, gives the others back and lists both', async () => {
  const { job, old } = await scene()
  await kit.update(null, null, 'contacts', old, { title: 'Lady', updated_at: moment(40) })
  expect(await kit.preview(job)).toMatchObject({ restored: 1, keptCount: 1, kept: [{ object: 'contacts', record: old, row: 4, fields: ['title'], reason: 'edited-since' }] })
  const undo = await kit.undo(job)
  expect(undo).toMatchObject({ counts: { deleted: 2, updated: 1 }, kept: 1 })
  expect([await field(old, 'title'), await field(old, 'email')]).toEqual(['Lady', 'Ada@example.com'])
  expect(await kit.sql('SELECT row_number, field, code FROM org._issue WHERE job = $1', [undo.job])).toEqual([{ row_number: '4', field: 'title', code: 'undo.edited-since' }])
})

test('sees no edit where a later job was undone, and one where that undo was undone', async () => {
  const { job, old, made } = await scene()
  const later = await kit.newJob()
  await kit.update(later, 2, 'contacts', old, { title: 'Lady' })
  await kit.update(later, 3, 'contacts', made, { title: 'Doctor' })
  expect((await kit.preview(job)).keptCount).toBe(3) // both contacts, and the account that the kept one refers to
  const taken = await kit.undo(later)
  expect((await kit.preview(job)).keptCount).toBe(0)
  await kit.undo(taken.job)
  expect((await kit.preview(job)).keptCount).toBe(3)
})

test('keeps a created record that was edited since, and what it refers to, but nothing else', async () => {
  const { job, made, other, madeAccount } = await scene()
  await kit.update(null, null, 'contacts', made, { title: 'Doctor' })
  const preview = await kit.preview(job)
  expect(preview).toMatchObject({ binned: 1, related: {}, keptCount: 2, keptFor: { 'edited-since': 1, 'referred-to-since': 1 }, kept: [
    { object: 'accounts', record: madeAccount, row: 2, fields: [], reason: 'referred-to-since' },
    { object: 'contacts', record: made, row: 2, fields: ['title'], reason: 'edited-since' }] })
  const undo = await kit.undo(job)
  expect(undo).toMatchObject({ rows: 3, counts: { deleted: 1, updated: 1, skipped: 1 }, related: {}, kept: 2 })
  expect([await isLive('contacts', made), await isLive('contacts', other), await isLive('accounts', madeAccount)]).toEqual([true, false, true])
  expect(await kit.sql('SELECT o.reason FROM org._outcome o WHERE job = $1 AND row_number = 2', [undo.job])).toEqual([{ reason: 11 }])
})

test('keeps a created record that a record from elsewhere refers to since', async () => {
  const { job, madeAccount } = await scene()
  const later = await kit.newJob()
  await kit.create(later, 2, 'contacts', { last_name: 'Curie', account: madeAccount })
  const preview = await kit.preview(job)
  expect(preview).toMatchObject({ binned: 2, related: {}, keptCount: 1, kept: [{ object: 'accounts', record: madeAccount, reason: 'referred-to-since' }] })
  const undo = await kit.undo(job)
  expect(undo).toMatchObject({ counts: { deleted: 2, updated: 1 }, related: {}, kept: 1 })
  expect(await isLive('accounts', madeAccount)).toBe(true)
  const [issue] = await kit.sql<{ message: string }>('SELECT message FROM org._issue WHERE job = $1', [undo.job])
  expect(issue?.message).toContain('referred to by 1 other records')
})

test('keeps a made record that somebody linked again after the job had moved on from it', async () => {
  const { job, old, madeAccount } = await scene()
  const second = await kit.create(job, 5, 'accounts', { name: 'Initech' }, 1)
  await kit.update(job, 5, 'contacts', old, { account: second })
  await kit.update(null, null, 'contacts', old, { account: madeAccount })
  expect(await kit.undo(job)).toMatchObject({ counts: { deleted: 2, updated: 1 }, related: { accounts: 1 }, kept: 2 })
  expect([await isLive('accounts', madeAccount), await isLive('accounts', second), await field(old, 'account')]).toEqual([true, false, madeAccount])
})

test('takes edited and referred-to records, too, when everything is wanted', async () => {
  const { job, old, made, madeAccount } = await scene()
  const later = await kit.newJob()
  await kit.create(later, 2, 'contacts', { last_name: 'Curie', account: madeAccount })
  await kit.update(null, null, 'contacts', made, { title: 'Doctor' })
  await kit.update(null, null, 'contacts', old, { title: 'Lady', updated_at: moment(40) })
  expect(await kit.preview(job, true)).toMatchObject({ binned: 2, restored: 1, related: { accounts: 1 }, keptCount: 0 })
  expect(await kit.undo(job, { everything: true })).toMatchObject({ counts: { deleted: 2, updated: 1 }, related: { accounts: 1 }, kept: 0 })
  expect([await field(old, 'title'), await isLive('contacts', made), await isLive('accounts', madeAccount)]).toEqual([null, false, false])
})

test('finds match keys of a reverted field again from its former value', async () => {
  const { job, old } = await scene()
  const [imported] = await kit.sql('SELECT _k1 FROM org.contacts WHERE id = $1', [old])
  await kit.undo(job)
  const [undone] = await kit.sql('SELECT _k1 FROM org.contacts WHERE id = $1', [old])
  expect(undone).not.toEqual(imported)
})

test('tells rows whose record somebody deleted or removed for good since', async () => {
  const { job, made, other, old } = await scene()
  await kit.sql('UPDATE org.contacts SET deleted_at = now() WHERE id = $1', [made])
  await kit.sql('DELETE FROM org.contacts WHERE id = ANY($1)', [[other, old]])
  const undo = await kit.undo(job)
  expect(undo).toMatchObject({ rows: 3, counts: { skipped: 3 } })
  expect(await kit.sql('SELECT DISTINCT reason FROM org._outcome WHERE job = $1', [undo.job])).toEqual([{ reason: 13 }])
})

test('goes on after a cancelled undo from where that one came', async () => {
  const { job, before } = await scene()
  const cancelled = await kit.startUndo(job)
  expect(await kit.run(cancelled, undefined, 3)).toMatchObject({ rows: 3, counts: { updated: 1, deleted: 2 } })
  expect(await kit.states()).toMatchObject({ [job]: 'done', [cancelled]: 'cancelled' })
  expect(await kit.live()).not.toBe(before) // the account is still there
  expect(await kit.preview(job)).toMatchObject({ binned: 0, restored: 0, related: { accounts: 1 }, keptCount: 0 })
  expect(await kit.undo(job)).toMatchObject({ rows: 3, counts: { skipped: 3 }, related: { accounts: 1 }, kept: 0 })
  expect(await kit.live()).toBe(before)
})

test('lets only one of two undos of a job begin', async () => {
  const { job } = await scene()
  const [one, other] = [await kit.startUndo(job), await kit.startUndo(job)]
  await kit.run(one)
  await expect(kit.run(other)).rejects.toMatchObject({ code: 'job.state' })
  expect((await kit.states())[job]).toBe('undone')
})

test('writes nothing as an attempt that was replaced', async () => {
  const { job } = await scene()
  const undo = await kit.startUndo(job)
  const context = await kit.db.transaction(null, (tx) => loadUndo(tx, kit.organization, kit.catalog, undo, null))
  const stalled = await beginAttempt(kit.db, kit.organization, undo)
  await beginUndo(kit.db, stalled, context)
  const steps = undoSteps(kit.db, stalled, context)
  await steps.plan()
  await endAttempt(kit.db, stalled, 0)
  await beginAttempt(kit.db, kit.organization, undo)
  const before = await kit.digest(undo)
  await expect(steps.next()).rejects.toMatchObject({ code: 'attempt.replaced' })
  await expect(closeUndo(kit.db, stalled, context, 'done')).rejects.toMatchObject({ code: 'attempt.replaced' })
  expect(await kit.digest(undo)).toBe(before)
})

test('undo that died on either side of any commit and was taken up again ends as one that ran through', async () => {
  const settings = { binRows: 5, fieldRows: 4 }
  let expected: string | null = null
  let deaths = 0
  for (let death = 0; ; death++) {
    await kit.clear()
    const first = await kit.newJob()
    const records: string[] = []
    for (let row = 2; row < 9; row++) records.push(await kit.create(first, row, 'contacts', { last_name: `n${row}`, email: `n${row}@example.com` }))
    const job = await kit.newJob()
    const accounts = [await kit.create(job, 2, 'accounts', { name: 'Globex' }, 1), await kit.create(job, 9, 'accounts', { name: 'Initech' }, 1)]
    const made: string[] = []
    for (let row = 2; row < 12; row++) made.push(await kit.create(job, row, 'contacts', { last_name: `m${row}`, account: accounts[row % 2] ?? null }))
    for (const [i, record] of records.entries()) await kit.update(job, 30 + i, 'contacts', record, { title: 'new', account: accounts[0] ?? null })
    await kit.update(null, null, 'contacts', made[3] ?? '', { title: 'edited' })
    await kit.update(null, null, 'contacts', records[5] ?? '', { title: 'edited' })
    const undo = await kit.startUndo(job)
    let passed = 0
    setFailpoints(() => { if (expected !== null && passed++ === death) throw new Error('the process dies here') })
    const died = await kit.run(undo, settings).then(() => false, () => true)
    setFailpoints(null)
    if (died) deaths++
    if ((await kit.states())[undo] !== 'done') await kit.run(undo, settings)
    const digest = JSON.stringify([await kit.digest(undo), await kit.states()])
    expected ??= digest
    expect(digest).toBe(expected)
    if (death > 0 && !died) break
  }
  expect(deaths).toBeGreaterThan(20)
})

test('notices when the before-image is taken after the update', async () => {
  const { job, before } = await scene()
  const imported = await kit.live()
  seedBug('before-image-after-update')
  const undo = await kit.undo(job)
  seedBug(null)
  expect(await kit.live()).toBe(before)
  await kit.undo(undo.job)
  expect(await kit.live()).not.toBe(imported)
})

test('bins 100 000 created records without reading one, in few statements', async () => {
  const job = await kit.newJob()
  await kit.sql(`INSERT INTO org.accounts (id, created_at, updated_at, name) SELECT ($1::bigint << 35) | (g::bigint << 3) | 1, now(), now(), 'a' || g FROM generate_series(2, 10001) g`, [job])
  await kit.sql(`INSERT INTO org.contacts (id, created_at, updated_at, last_name, account) SELECT ($1::bigint << 35) | (g::bigint << 3), now(), now(), 'n' || g, ($1::bigint << 35) | ((2 + g % 10000)::bigint << 3) | 1 FROM generate_series(2, 100001) g`, [job])
  let chunks = 0
  setFailpoints((name) => { if (name === 'undo.after-commit') chunks++ })
  const undo = await kit.undo(job)
  expect(undo).toMatchObject({ rows: 100_000, counts: { deleted: 100_000 }, related: { accounts: 10_000 }, kept: 0 })
  expect(chunks).toBe(11) // fields, existence, 5 of contacts and the end, 1 of accounts and the end, purged
})
