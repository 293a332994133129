import { afterAll, beforeAll, expect, test } from 'vitest'
import { moment, openUndoKit, type UndoKit } from './testing.ts'

let kit: UndoKit
beforeAll(async () => { kit = await openUndoKit('undo-random') })
afterAll(() => kit.db.close())

/** A short generator of numbers, so that a failing scene can be made again from its seed. */
function dice(seed: number): (sides: number) => number {
  let state = seed
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * sides)
  }
}

/**
 * Records that were there, an import that makes and updates some, and then edits by hand and by another import: on fields, on
 * references between all of them, circles among accounts included.
 */
async function randomScene(seed: number): Promise<number> {
  await kit.clear()
  const roll = dice(seed)
  const pick = (list: readonly string[]): string | null => list[roll(list.length + 1)] ?? null
  const contacts: string[] = []
  const accounts: string[] = []
  const first = await kit.newJob()
  for (let row = 2; row < 4; row++) {
    accounts.push(await kit.create(first, row, 'accounts', { name: `old ${row}` }, 1))
    contacts.push(await kit.create(first, row, 'contacts', { last_name: `old ${row}`, title: 'a', account: pick(accounts) }))
  }
  const job = await kit.newJob()
  for (let row = 2; row < 6; row++) {
    if (roll(2) === 0) accounts.push(await kit.create(job, row, 'accounts', { name: `new ${row}` }, 1))
    contacts.push(await kit.create(job, row, 'contacts', { last_name: `new ${row}`, title: 'a', account: pick(accounts) }))
  }
  for (const account of accounts.slice(2)) if (roll(2) === 0) await kit.update(job, 40, 'accounts', account, { parent_account: pick(accounts.slice(2)) })
  for (let i = 0; i < 2; i++) if (roll(2) === 0) await kit.update(job, 10 + i, 'contacts', contacts[i] ?? '', { title: 'b', account: pick(accounts), updated_at: moment(job) })
  const later = await kit.newJob()
  for (let edit = 0; edit < 3; edit++) {
    const by = roll(2) === 0 ? later : null
    const kind = roll(9)
    if (kind < 3) await kit.create(later, 2 + edit, 'contacts', { last_name: 'later', account: pick(accounts) })
    else if (kind < 5) await kit.update(by, 2 + edit, 'accounts', pick(accounts) ?? accounts[0] ?? '', { parent_account: pick(accounts) })
    else await kit.update(by, 2 + edit, 'contacts', pick(contacts) ?? contacts[0] ?? '', { title: pick(['a', 'b', 'c']), account: pick(accounts), updated_at: moment(40 + edit) })
  }
  return job
}

/** Live records of `object` that a live record refers to although they are in the bin. */
async function dangling(): Promise<number> {
  const [row] = await kit.sql<{ n: string }>(`SELECT count(*) AS n FROM org.accounts a WHERE a.deleted_at IS NOT NULL AND (
    EXISTS (SELECT 1 FROM org.contacts c WHERE c.account = a.id AND c.deleted_at IS NULL) OR EXISTS (SELECT 1 FROM org.accounts c WHERE c.parent_account = a.id AND c.deleted_at IS NULL))`)
  return Number(row?.n)
}

const seeds = Array.from({ length: 20 }, (_, i) => 7919 * (i + 1))
test.each(seeds)('does what its preview says, leaves no reference into the bin, and can be undone (seed %i)', async (seed) => {
  const job = await randomScene(seed)
  const before = await kit.live()
  const preview = await kit.preview(job)
  const undo = await kit.undo(job, { settings: { binRows: 2, fieldRows: 2 } })
  expect({ binned: preview.binned, restored: preview.restored, related: preview.related, kept: preview.keptCount })
    .toEqual({ binned: undo.counts.deleted, restored: undo.counts.updated, related: undo.related, kept: undo.kept })
  expect(await dangling()).toBe(0)
  const back = await kit.preview(undo.job)
  const redo = await kit.undo(undo.job)
  expect({ revived: back.revived, restored: back.restored, related: back.related, kept: back.keptCount })
    .toEqual({ revived: redo.counts.created, restored: redo.counts.updated, related: redo.related, kept: redo.kept })
  expect(await kit.live()).toBe(before)
  const again = await kit.undo(redo.job)
  expect({ counts: again.counts, related: again.related }).toEqual({ counts: { ...undo.counts, skipped: again.counts.skipped }, related: undo.related })
  expect(await dangling()).toBe(0)
})
