import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ImportDefinitionInput } from '@longshore/core'
import { openTestLongshore, type TestLongshore } from '../testing/open-test-longshore.ts'

vi.mock('../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../testing/parser-in-process.ts')).runParserHere }))

let longshore: TestLongshore
const contacts = (definition: Omit<ImportDefinitionInput, 'object'> = {}): ImportDefinitionInput => ({ object: 'contacts', match: [['email']], ...definition })
const live = (columns: string) => longshore.rows<Record<string, unknown>>(`SELECT ${columns} FROM org.contacts WHERE deleted_at IS NULL ORDER BY id`)
const undo = (job: number) => longshore.undo(job, { everything: false }, () => undefined)

beforeAll(async () => { longshore = await openTestLongshore('review') })
afterAll(() => longshore.close())
beforeEach(() => longshore.rows('TRUNCATE org.contacts, org.accounts, org.activities, org._change, org._review'))

describe('the queue for review', () => {
  /** One pair: an older record with a title, a flagged one with a phone and a department. */
  async function flaggedPair() {
    await longshore.importText('Last Name,Email,Job Title,Department\nLovelace,ada@example.com,CEO,Board\n', contacts())
    await longshore.importText('Last Name,Email,Phone,Department\nKing,ada@example.com,+44 20 7946 0958,Analysis\n', contacts({ onDuplicate: 'flag' }))
    const [pair] = await longshore.reviews({ limit: 10 })
    if (!pair) throw new Error('no pair waits')
    return pair
  }

  it('shows the pair, the reason and both records', async () => {
    const pair = await flaggedPair()
    expect(pair).toMatchObject({
      object: 'contacts', criterion: 'email', row: 2,
      record: { values: { last_name: 'King', phone: '+442079460958', title: null } }, other: { values: { last_name: 'Lovelace', phone: null, title: 'CEO' } },
    })
  })

  it('calls what the records lead to by name', async () => {
    await longshore.importText('Last Name,Email,Company\nLovelace,ada@example.com,Northwind\nKing,ada@example.com,Southlight\nByron,byron@example.com,\n', contacts({ onDuplicate: 'flag', missingReference: 'create' }))
    const [pair] = await longshore.reviews({ limit: 10 })
    expect([pair?.record.names, pair?.other.names]).toEqual([{ account: 'Southlight' }, { account: 'Northwind' }])
    expect(pair?.record.values['account']).toMatch(/^\d+$/)
  })

  it('merges with chosen values, leads references to the record that stays, and undo gives both back', async () => {
    const pair = await flaggedPair()
    await longshore.importText('Subject,Contact ID\nCall,\n', { object: 'activities' })
    await longshore.rows('UPDATE org.activities SET related_contact = $1', [pair.record.id])
    const before = [await live('*'), await longshore.rows('SELECT * FROM org.activities')]
    const job = await longshore.mergeReview({ review: pair.id, keep: 'other', values: { department: 'record' } })
    expect([job.kind, job.operation, job.state, job.counts.deleted]).toEqual(['edit', 'merge', 'done', 1])
    expect(await live('id, last_name, title, department, phone, phone_source')).toEqual([{ id: pair.other.id, last_name: 'Lovelace', title: 'CEO', department: 'Analysis', phone: '+442079460958', phone_source: '+44 20 7946 0958' }])
    expect(await longshore.rows('SELECT related_contact FROM org.activities')).toEqual([{ related_contact: pair.other.id }])
    expect(await longshore.reviews({ limit: 10 })).toEqual([])
    const preview = await longshore.undoPreview(job.job, { everything: false })
    expect(preview).toMatchObject({ restored: 1, revived: 1, related: { activities: 1 }, keptCount: 0 })
    const taken = await undo(job.job)
    expect([taken.state, taken.kept, await live('*'), await longshore.rows('SELECT * FROM org.activities')]).toEqual(['done', 0, ...before])
    expect((await longshore.reviews({ limit: 10 })).map(({ id }) => id), 'the pair waits again').toEqual([pair.id])
  })

  it('a merged record is found by what it took', async () => {
    const pair = await flaggedPair()
    await longshore.editRecord({ object: 'contacts', record: pair.record.id, values: { email: 'king@example.com' } })
    await longshore.mergeReview({ review: pair.id, keep: 'other', values: { email: 'record' } })
    const job = await longshore.importText('Last Name,Email\nX,king@example.com\nY,ada@example.com\n', contacts())
    expect([job.counts.skipped, job.counts.created]).toEqual([1, 1])
  })

  it('a dismissed pair comes back when either side changes', async () => {
    const pair = await flaggedPair()
    await longshore.dismissReview(pair.id)
    expect(await longshore.reviews({ limit: 10 })).toEqual([])
    await longshore.editRecord({ object: 'contacts', record: pair.other.id, values: { title: 'CTO' } })
    expect((await longshore.reviews({ limit: 10 })).map(({ id }) => id)).toEqual([pair.id])
  })

  it('undo of the import that flagged takes its pairs out of the queue', async () => {
    const pair = await flaggedPair()
    await undo(pair.job ?? 0)
    expect(await longshore.reviews({ limit: 10 })).toEqual([])
    await expect(longshore.mergeReview({ review: pair.id, keep: 'other', values: {} })).rejects.toMatchObject({ code: 'review.settled' })
  })

  it('a merged record never refers to itself', async () => {
    await longshore.changeSchema({ objects: [{ name: 'contacts', fields: [{ name: 'reports_to', kind: 'reference', targets: ['contacts'] }] }] })
    const pair = await flaggedPair()
    const reports = (of: string, to: string) => longshore.rows('UPDATE org.contacts SET reports_to = $2 WHERE id = $1', [of, to])
    // one side reports to the other, whichever stays, chosen or not
    for (const [of, to, keep] of [['other', 'record', 'other'], ['record', 'other', 'other'], ['record', 'other', 'record']] as const) {
      await reports(pair[of].id, pair[to].id)
      const before = await live('*')
      const job = await longshore.mergeReview({ review: pair.id, keep, values: { reports_to: of } })
      expect(await live('reports_to'), `${of} reports to ${to}, ${keep} stays`).toEqual([{ reports_to: null }])
      await undo(job.job)
      expect(await live('*')).toEqual(before)
      await longshore.rows('UPDATE org.contacts SET reports_to = NULL')
    }
  })

  it('a merged record never refers to itself through others', async () => {
    await longshore.changeSchema({ objects: [{ name: 'contacts', fields: [{ name: 'reports_to', kind: 'reference', targets: ['contacts'] }] }] })
    const pair = await flaggedPair()
    await longshore.importText('Last Name,Email\nOne,one@example.com\nTwo,two@example.com\n', { object: 'contacts' })
    const others = await longshore.rows<{ id: string }>(`SELECT id FROM org.contacts WHERE email IN ('one@example.com', 'two@example.com') ORDER BY id`)
    const [one = { id: '' }, two = { id: '' }] = others
    const reports = (of: string, to: string | null) => longshore.rows('UPDATE org.contacts SET reports_to = $2 WHERE id = $1', [of, to])
    // one side, another record, another, and the other side: made one, they would stand in a circle
    await reports(pair.other.id, one.id)
    await reports(one.id, two.id)
    await reports(two.id, pair.record.id)
    const before = await live('*')
    const job = await longshore.mergeReview({ review: pair.id, keep: 'other', values: {} })
    const chain = async () => Object.fromEntries((await longshore.rows<{ id: string; to: string | null }>('SELECT id, reports_to AS to FROM org.contacts WHERE deleted_at IS NULL')).map(({ id, to }) => [id, to]))
    expect(await chain()).toEqual({ [pair.other.id]: null, [one.id]: two.id, [two.id]: pair.other.id })
    await undo(job.job)
    expect(await live('*')).toEqual(before)
    // a reference that leads elsewhere stays, and so does a circle that neither of the two stands in
    await reports(two.id, one.id)
    await longshore.mergeReview({ review: pair.id, keep: 'other', values: {} })
    expect(await chain()).toEqual({ [pair.other.id]: one.id, [one.id]: two.id, [two.id]: one.id })
  })

  it('a merge writes records as the role of its organization', async () => {
    const pair = await flaggedPair()
    await longshore.rows('CREATE TABLE org._who (name text)')
    await longshore.rows(`CREATE FUNCTION org._tell() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO org._who VALUES (current_user); RETURN NULL; END $$`)
    await longshore.rows('CREATE TRIGGER tell AFTER UPDATE ON org.contacts EXECUTE FUNCTION org._tell()')
    try {
      await longshore.mergeReview({ review: pair.id, keep: 'other', values: {} })
      expect(await longshore.rows('SELECT DISTINCT name FROM org._who')).toEqual([{ name: 'longshore_org_1' }])
    } finally { await longshore.rows('DROP FUNCTION org._tell CASCADE; DROP TABLE org._who') }
  })

  it('a field that does not exist is refused by name', async () => {
    const pair = await flaggedPair()
    await expect(longshore.mergeReview({ review: pair.id, keep: 'other', values: { departmnt: 'record' } })).rejects.toMatchObject({ code: 'unknown-field', message: expect.stringContaining('"department"') })
    await expect(longshore.mergeReview({ review: '999', keep: 'other', values: {} })).rejects.toMatchObject({ code: 'review.unknown' })
  })
})

describe('the bin', () => {
  const people = 'Last Name,Email\nLovelace,ada@example.com\nHopper,grace@example.com\n'

  it('lists what was deleted, and restores it', async () => {
    await longshore.importText(people, contacts())
    const before = await live('*')
    await longshore.importText('Email\nada@example.com\n', contacts({ operation: 'delete' }))
    const { records: binned } = await longshore.bin({ limit: 10 })
    expect(binned).toMatchObject([{ object: 'contacts', name: 'Lovelace' }])
    await longshore.restore({ object: 'contacts', records: binned.map(({ record }) => record) })
    expect([await live('*'), (await longshore.bin({ limit: 10 })).records]).toEqual([before, []])
    await expect(longshore.restore({ object: 'contacts', records: binned.map(({ record }) => record) })).rejects.toMatchObject({ code: 'bin.missing' })
  })

  it('a restored record is found again by its keys', async () => {
    await longshore.importText(people, contacts())
    await longshore.importText('Email\nada@example.com\n', contacts({ operation: 'delete' }))
    await longshore.restore({ object: 'contacts', records: (await longshore.bin({ limit: 10 })).records.map(({ record }) => record) })
    expect((await longshore.importText('Last Name,Email\nX,ada@example.com\n', contacts())).counts.skipped).toBe(1)
  })

  it('is emptied of what is old enough, for good, history and all', async () => {
    await longshore.importText(people, contacts())
    await longshore.editRecord({ object: 'contacts', record: String((await live('id'))[0]?.['id']), values: { title: 'CEO' } })
    const job = await longshore.importText('Email\nada@example.com\n', contacts({ operation: 'delete' }))
    expect(await longshore.emptyBin({ olderThanDays: 30 })).toEqual({ records: 0, busy: [] })
    expect(await longshore.emptyBin({ object: 'contacts', olderThanDays: 0 })).toEqual({ records: 1, busy: [] })
    expect(await longshore.rows('SELECT kind, before, after FROM org._change')).toEqual([{ kind: 'purge', before: null, after: null }])
    const taken = await undo(job.job)
    expect([taken.state, taken.counts.created]).toEqual(['done', 0])
  })
})

describe('time in the bin', () => {
  it('counts from the deleting, however old the plan was', async () => {
    await longshore.importText('Last Name,Email\nLovelace,ada@example.com\nHopper,grace@example.com\n', contacts())
    const planned = await longshore.importText('Email\nada@example.com\n', contacts({ operation: 'delete' }), { dryRun: true })
    await longshore.rows(`UPDATE longshore.job SET effective_at = effective_at - interval '31 days' WHERE number = $1`, [planned.job])
    await longshore.apply(planned.job, () => undefined)
    expect(await longshore.emptyBin({ olderThanDays: 30 })).toEqual({ records: 0, busy: [] })
    expect((await longshore.bin({ limit: 1 })).records[0]?.deletedBy).toBe(planned.job)
    expect((await undo(planned.job)).counts.created).toBe(1)
  })

  it('counts from an undo that rested', async () => {
    const job = await longshore.importText('Last Name,Email\nLovelace,ada@example.com\n', contacts())
    const stopping = new AbortController()
    stopping.abort()
    const paused = await longshore.undo(job.job, { everything: false }, () => undefined, stopping.signal)
    expect(paused.state).toBe('paused')
    await longshore.rows(`UPDATE longshore.job SET effective_at = effective_at - interval '31 days' WHERE number = $1`, [paused.job])
    await longshore.resume(paused.job, () => undefined)
    expect([await live('id'), await longshore.emptyBin({ olderThanDays: 30 })]).toEqual([[], { records: 0, busy: [] }])
  })

  it('is up in the other objects while a job writes one of them', async () => {
    await longshore.importText('Account Name\nAcme\n', { object: 'accounts' })
    await longshore.importText('Subject\nCall\n', { object: 'activities' })
    for (const table of ['accounts', 'activities']) await longshore.rows(`UPDATE org.${table} SET deleted_at = now() - interval '31 days'`)
    // somebody else's job that writes accounts and does not let go
    await longshore.rows(`INSERT INTO longshore.job (organization, number, kind, state, object, operation, definition, metadata_version, effective_at, attempt) VALUES (1, 900, 'import', 'running', 'accounts', 'insert', '{}', 1, now(), 1)`)
    await longshore.rows(`INSERT INTO longshore.attempt (organization, job, attempt, host, pid, heartbeat_at) VALUES (1, 900, 1, 'elsewhere', 1, now() + interval '1 hour')`)
    await longshore.rows(`UPDATE org._writer SET job = 900 WHERE object = 'accounts'`)
    try {
      expect(await longshore.emptyBin({ olderThanDays: 30 })).toEqual({ records: 1, busy: ['accounts'] })
      expect(await longshore.rows('SELECT subject FROM org.activities')).toEqual([])
    } finally {
      await longshore.rows('DELETE FROM longshore.attempt WHERE job = 900')
      await longshore.rows('DELETE FROM longshore.job WHERE number = 900')
      await longshore.rows('UPDATE org._writer SET job = NULL')
    }
    expect(await longshore.emptyBin({ olderThanDays: 30 })).toEqual({ records: 1, busy: [] })
  }, 40_000)
})

describe('keys that look at another record', () => {
  it('are written by nobody but the writer of their object', async () => {
    await longshore.importText('First Name,Last Name,Company\nAda,Lovelace,Acme\n', contacts({ match: [['name', 'account']], missingReference: 'create' }))
    const [account] = await longshore.rows<{ id: string }>('SELECT id FROM org.accounts')
    const writes = async () => (await longshore.rows<{ writes: string }>(`SELECT writes FROM org._writer WHERE object = 'contacts'`))[0]?.writes
    const before = await writes()
    await longshore.editRecord({ object: 'accounts', record: account?.id ?? '', values: { name: 'Globex' } })
    const edited = await writes()
    expect(Number(edited)).toBeGreaterThan(Number(before))
    await longshore.rows(`UPDATE org.accounts SET deleted_at = now() - interval '31 days'`)
    await longshore.emptyBin({ olderThanDays: 30 })
    expect(Number(await writes())).toBeGreaterThan(Number(edited))
    const [{ column } = { column: '' }] = await longshore.rows<{ column: string }>(`SELECT '_k' || (k ->> 'id') AS column FROM longshore.object o, json_array_elements(o.definition -> 'matchKeys') k WHERE o.name = 'contacts' AND k ->> 'criterion' = 'first_name+last_name+account'`)
    expect(await live(`${column} AS key`), 'without the account there is no such key').toEqual([{ key: null }])
  })
})

describe('a worker', () => {
  it('empties the bin of what has been there for thirty days, and of nothing younger', async () => {
    await longshore.importText('Last Name,Email\nLovelace,ada@example.com\nHopper,grace@example.com\n', contacts())
    await longshore.importText('Email\nada@example.com\ngrace@example.com\n', contacts({ operation: 'delete' }))
    await longshore.rows(`UPDATE org.contacts SET deleted_at = deleted_at - interval '30 days 1 minute' WHERE email = 'ada@example.com'`)
    const stopping = new AbortController()
    const working = longshore.work(stopping.signal)
    await vi.waitFor(async () => expect((await longshore.rows('SELECT email FROM org.contacts'))).toEqual([{ email: 'grace@example.com' }]), { timeout: 20_000 })
    stopping.abort()
    await working
  })
})

describe('an edit while a job writes', () => {
  it('waits for the edge of a chunk, is not overwritten, and what it changed is planned again', async () => {
    const people = Array.from({ length: 60 }, (_, i) => `P${i},p${i}@example.com,T${i}\n`).join('')
    await longshore.importText(`Last Name,Email,Job Title\n${people}`, contacts())
    const [last] = await longshore.rows<{ id: string }>('SELECT id FROM org.contacts ORDER BY id DESC LIMIT 1')
    process.env['LONGSHORE_CHUNK_ROWS'] = '1'
    process.env['LONGSHORE_APPLY_CONNECTIONS'] = '1'
    try {
      let edited: Promise<void> | null = null
      const job = await longshore.importText(`Email,Department\n${Array.from({ length: 60 }, (_, i) => `p${i}@example.com,N${i}\n`).join('')}`, contacts({ operation: 'update', merge: { department: 'if-empty' } }), {
        watch: ({ phase }) => { if (phase === 'applying') edited ??= longshore.editRecord({ object: 'contacts', record: last?.id ?? '', values: { department: 'Sales' } }) },
      })
      await edited
      expect([job.state, job.counts.updated + job.counts.skipped]).toEqual(['done', 60])
      expect(job.counts.skipped, 'the edit came before its row, and the row was planned again').toBe(job.replanned)
      expect(await longshore.rows('SELECT department FROM org.contacts WHERE id = $1', [last?.id])).toEqual([{ department: 'Sales' }])
    } finally {
      delete process.env['LONGSHORE_CHUNK_ROWS']
      delete process.env['LONGSHORE_APPLY_CONNECTIONS']
    }
  })
})
