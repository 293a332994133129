import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ImportDefinitionInput } from '@longshore/core'
import { openTestLongshore, type TestLongshore } from '../testing/open-test-longshore.ts'
import { errorRows, resultRows } from '../testing/result-rows.ts'

vi.mock('../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../testing/parser-in-process.ts')).runParserHere }))

let longshore: TestLongshore
const accounts = (more: Partial<ImportDefinitionInput> = {}): ImportDefinitionInput => ({ object: 'accounts', operation: 'upsert', match: [['name']], ...more })
const header = 'Account Name,Parent Account\n'
const parents = () => longshore.rows<{ name: string; parent: string | null }>(`SELECT o.name, p.name AS parent FROM org.accounts o LEFT JOIN org.accounts p ON p.id = o.parent_account WHERE o.deleted_at IS NULL ORDER BY 1`)
const tree = async () => (await parents()).map(({ name, parent }) => `${name}<${parent ?? ''}`).join(' ')
const outcomesOf = (job: Awaited<ReturnType<TestLongshore['importText']>>) => resultRows(job).map(({ outcome }) => outcome).join(' ')
const codes = (job: Awaited<ReturnType<TestLongshore['importText']>>) => errorRows(job).map(({ row, codes: found }) => [row, found.join()])

beforeAll(async () => { longshore = await openTestLongshore('stored-circles') })
afterAll(() => longshore.close())
beforeEach(async () => {
  await longshore.rows('TRUNCATE org.accounts, org._change')
  await longshore.importText(`${header}A,B\nB,C\nC,\nD,\n`, accounts()) // A below B below C
})

describe('an update that would put a record below itself', () => {
  it('is refused with both records named, also through others, and where it names itself', async () => {
    const file = `${header}C,A\nD,D\nB,B\n`
    const planned = await longshore.importText(file, accounts(), { dryRun: true })
    expect([planned.counts.failed, planned.counts.updated]).toEqual([3, 0])
    const job = await longshore.apply(planned.job, () => undefined)
    expect([codes(job), await tree()]).toEqual([[[2, 'reference.leads-back'], [3, 'reference.leads-back'], [4, 'reference.leads-back']], 'A<B B<C C< D<'])
    const ids = Object.fromEntries((await longshore.rows<{ name: string; id: string }>('SELECT name, id::text AS id FROM org.accounts')).map(({ name, id }) => [name, id]))
    expect(errorRows(job).map(({ message }) => message)).toEqual([
      expect.stringContaining(`account ${ids['C']} would come below itself by "A" in row 2, column "Parent Account": the account ${ids['A']} that it names lies below it`),
      expect.stringContaining(`account ${ids['D']} would come below itself by "D" in row 3, column "Parent Account": it names itself`), expect.stringContaining('it names itself')])
  })

  it('is looked at as all rows leave things: a file may turn a tree round', async () => {
    const job = await longshore.importText(`${header}C,A\nB,C\nA,D\n`, accounts())
    expect([outcomesOf(job), await tree()]).toEqual(['updated skipped updated', 'A<D B<C C<A D<'])
    await longshore.undo(job.job, { everything: false }, () => undefined)
    expect(await tree()).toBe('A<B B<C C< D<')
  })

  it('fails with all rows of its circle, and what stands on a row that fails is looked at again', async () => {
    // C below D and D below A are a circle; without them A's new parent stands
    const job = await longshore.importText(`${header}C,D\nD,A\nE,D\n`, accounts())
    expect([outcomesOf(job), codes(job), await tree()]).toEqual(['failed failed created', [[2, 'reference.leads-back'], [3, 'reference.leads-back']], 'A<B B<C C< D< E<D'])
    // the row that would free A is refused for another reason, so the circle stands
    const other = await longshore.importText('Account Name,Parent Account,Annual Revenue\nC,A,1\nA,D,lots\n', accounts())
    expect([codes(other), await tree()]).toEqual([[[2, 'reference.leads-back'], [3, 'type.currency']], 'A<B B<C C< D< E<D'])
  })

  it('goes through records that the file makes', async () => {
    const job = await longshore.importText(`${header}New,A\nC,New\n`, accounts())
    expect([outcomesOf(job), await tree()]).toEqual(['created failed', 'A<B B<C C< D< New<A'])
  })

  it('is refused when the record came below it after the plan', async () => {
    const planned = await longshore.importText(`${header}D,A\n`, accounts(), { dryRun: true })
    await longshore.importText(`${header}C,D\n`, accounts())
    const job = await longshore.apply(planned.job, () => undefined)
    expect([planned.counts.updated, codes(job), await tree()]).toEqual([1, [[2, 'reference.leads-back']], 'A<B B<C C<D D<'])
  })

  it('is taken back when the import is cancelled before the rows that free its parent, and the row says so', async () => {
    const job = await cancelledAfterOneRow(`${header}C,A\nB,C\nA,D\n`)
    expect([outcomesOf(job), await tree()]).toEqual(['updated excluded excluded', 'A<B B<C C< D<'])
    expect((await longshore.job(job.job)).issues?.map(({ code, column, row }) => [code, column, row])).toEqual([['reference.left-as-was', 'Parent Account', 2]])
    const undo = await longshore.undo(job.job, { everything: false }, () => undefined)
    expect([undo.kept, await tree()]).toEqual([0, 'A<B B<C C< D<'])
    // what stands without the rows that are left out stays
    const other = await cancelledAfterOneRow(`${header}D,A\nE,D\n`)
    expect([outcomesOf(other), await tree()]).toEqual(['updated excluded', 'A<B B<C C< D<A'])
  })
})

/** Rows in chunks of one; the import is paused once the first is written, then cancelled. */
async function cancelledAfterOneRow(file: string): Promise<Awaited<ReturnType<TestLongshore['importText']>>> {
  Object.assign(process.env, { LONGSHORE_CHUNK_ROWS: '2', LONGSHORE_APPLY_CONNECTIONS: '1' })
  const stopping = new AbortController()
  const paused = await longshore.importText(file, accounts(), { watch: ({ phase, done }) => { if (phase === 'applying' && done > 1) stopping.abort() }, signal: stopping.signal })
    .finally(() => { delete process.env['LONGSHORE_CHUNK_ROWS']; delete process.env['LONGSHORE_APPLY_CONNECTIONS'] })
  expect(paused.state).toBe('paused')
  return longshore.cancel(paused.job)
}
