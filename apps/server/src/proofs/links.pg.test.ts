import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { setFailpoints, type ImportDefinitionInput } from '@longshore/core'
import type { Progress } from '../longshore.ts'
import { openTestLongshore, type TestLongshore } from '../testing/open-test-longshore.ts'

vi.mock('../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../testing/parser-in-process.ts')).runParserHere }))

let longshore: TestLongshore
const quiet = (): void => undefined
const accounts: ImportDefinitionInput = { object: 'accounts', match: [['external_id']], operation: 'upsert', columns: [{ header: 'Parent', field: 'parent_account.name' }] }
const parents = async () => Object.fromEntries((await longshore.rows<{ name: string; parent: string | null }>(
  'SELECT a.name, coalesce(p.name, a.parent_account::text) AS parent FROM org.accounts a LEFT JOIN org.accounts p ON p.id = a.parent_account WHERE a.deleted_at IS NULL ORDER BY a.id')).map(({ name, parent }) => [name, parent]))
const linked = () => longshore.rows('SELECT c.last_name AS person, coalesce(a.name, c.account::text) AS account FROM org.contacts c LEFT JOIN org.accounts a ON a.id = c.account WHERE c.deleted_at IS NULL ORDER BY c.id')
const told = (job: number) => longshore.rows<{ row: number; code: string }>(`SELECT row_number::integer AS row, code FROM org._issue WHERE job = $1 AND code = 'reference.not-made' ORDER BY 1`, [job])
/** Aborts after so many rows. */
function stopAfter(rows: number): { watch: (progress: Progress) => void; signal: AbortSignal } {
  const stopping = new AbortController()
  return { watch: ({ phase, done }) => { if (phase === 'applying' && done >= rows) stopping.abort() }, signal: stopping.signal }
}

beforeAll(async () => {
  longshore = await openTestLongshore('links')
  Object.assign(process.env, { LONGSHORE_CHUNK_ROWS: '1', LONGSHORE_APPLY_CONNECTIONS: '1' })
})
afterAll(async () => {
  delete process.env['LONGSHORE_CHUNK_ROWS']
  delete process.env['LONGSHORE_APPLY_CONNECTIONS']
  await longshore.close()
})
beforeEach(() => longshore.rows('TRUNCATE org.contacts, org.accounts, org._change'))
afterEach(async () => {
  setFailpoints(null)
  await longshore.rows('DROP INDEX IF EXISTS org.by_hand')
})

const tree = 'Account Name,External ID,Parent\nLeaf,L,Root\nNew,N,Root\nOther,O,\nRoot,R,\n'

describe('a link to a row that was never written', () => {
  it('is what it was before once the import is cancelled, and undo and history know', async () => {
    await longshore.importText('Account Name,External ID,Parent\nOld,A,\nLeaf,L,Old\n', accounts)
    const before = await longshore.rows('SELECT * FROM org.accounts ORDER BY id')
    const paused = await longshore.importText(tree, accounts, stopAfter(3))
    expect([paused.state, (await parents())['Leaf']]).toEqual(['paused', expect.stringMatching(/^\d+$/)])
    const job = await longshore.cancel(paused.job)
    expect(await parents()).toEqual({ Old: null, Leaf: 'Old', New: null })
    expect([await told(job.job), job.warnings]).toEqual([[{ row: 2, code: 'reference.not-made' }, { row: 3, code: 'reference.not-made' }], 2])
    const [leaf] = await longshore.rows<{ id: string; parent_account: string }>(`SELECT id, parent_account FROM org.accounts WHERE name = 'Leaf'`)
    const [last] = await longshore.rows<{ after: Record<string, string> }>('SELECT after FROM org._change WHERE record = $1 ORDER BY id DESC LIMIT 1', [leaf?.id])
    expect(last?.after['parent_account'], 'the history ends with what the record holds').toBe(leaf?.parent_account)
    const undo = await longshore.undo(job.job, { everything: false }, quiet)
    expect([undo.kept, await longshore.rows('SELECT * FROM org.accounts WHERE deleted_at IS NULL ORDER BY id')]).toEqual([0, before])
  })

  it('leads to the record with which that row ended, when it was planned again', async () => {
    const paused = await longshore.importText(tree, { ...accounts, operation: 'insert', match: [['name']] }, stopAfter(3))
    expect(paused.state).toBe('paused')
    await longshore.importText('Account Name\nROOT\n', { object: 'accounts' })
    const job = await longshore.resume(paused.job, quiet)
    expect([job.state, job.counts.created, job.counts.skipped, job.replanned]).toEqual(['done', 3, 1, 1])
    expect([await parents(), await told(job.job)]).toEqual([{ Leaf: 'ROOT', New: 'ROOT', Other: null, ROOT: null }, []])
  })
})

describe('a record that was to be made for a reference', () => {
  const people = 'Last Name,Company,Job Title\nOne,Acme,T1\nTwo,acme,T2\nThree,ACME,T3\n'
  const create: ImportDefinitionInput = { object: 'contacts', missingReference: 'create' }

  /** A job of which the second chunk is written and the first is not; whichever comes first over two connections is the one that fails. */
  async function withoutFirstChunk(): Promise<number> {
    Object.assign(process.env, { LONGSHORE_CHUNK_ROWS: '2', LONGSHORE_APPLY_CONNECTIONS: '2' })
    try {
      for (let tries = 0; tries < 10; tries++) {
        await longshore.rows('TRUNCATE org.contacts, org.accounts')
        let first = true
        let tell: () => void = quiet
        const written = new Promise<void>((resolve) => { tell = resolve })
        setFailpoints(async (name) => {
          if (name === 'apply.before-records' && first) { first = false; await written; throw new Error('the first chunk fails') }
          if (name === 'apply.after-commit') tell()
        })
        await expect(longshore.importText(people, create)).rejects.toThrow('the first chunk fails')
        setFailpoints(null)
        const [job] = await longshore.rows<{ number: number }>('SELECT max(number) AS number FROM longshore.job')
        if ((await linked()).length === 2 && (await parents())['Acme'] === undefined) return job?.number ?? 0
      }
      throw new Error('the second chunk was never the first to be written')
    } finally { Object.assign(process.env, { LONGSHORE_CHUNK_ROWS: '1', LONGSHORE_APPLY_CONNECTIONS: '1' }) }
  }

  it('is the one that somebody else made before its row was written', async () => {
    const failed = await withoutFirstChunk()
    await longshore.importText('Account Name\nAcme\n', { object: 'accounts' })
    const job = await longshore.resume(failed, quiet)
    expect([job.state, job.related]).toEqual(['done', { accounts: 0 }])
    expect(await linked()).toEqual(['One', 'Two', 'Three'].map((person) => ({ person, account: 'Acme' })))
  })

  it('is made from the next row where the database refuses the first', async () => {
    await longshore.importText('Last Name,Job Title\nZero,T1\n', { object: 'contacts' })
    await longshore.rows('CREATE UNIQUE INDEX by_hand ON org.contacts (title)')
    const job = await longshore.importText(people, create)
    expect([job.counts.created, job.counts.failed, job.related]).toEqual([2, 1, { accounts: 1 }])
    expect(await linked()).toEqual([{ person: 'Zero', account: null }, { person: 'Two', account: 'acme' }, { person: 'Three', account: 'acme' }])
    await longshore.undo(job.job, { everything: false }, quiet)
    expect([await linked(), await parents()]).toEqual([[{ person: 'Zero', account: null }], {}])
  })

  it('and that the database refuses, too, leaves the reference empty, and the row says so', async () => {
    await longshore.importText('Account Name,Website\nTaken,https://taken.example.com\n', { object: 'accounts' })
    await longshore.rows('CREATE UNIQUE INDEX by_hand ON org.accounts (website)')
    const job = await longshore.importText('Last Name,Company,Web\nOne,Acme,https://taken.example.com\nTwo,Acme,https://taken.example.com\nThree,,\n',
      { ...create, columns: [{ header: 'Web', field: 'account.website' }] })
    expect([job.counts.created, job.counts.failed, job.warnings, await told(job.job)]).toEqual([2, 1, 1, [{ row: 3, code: 'reference.not-made' }]])
    expect(await linked()).toEqual([{ person: 'Two', account: null }, { person: 'Three', account: null }])
  })
})
