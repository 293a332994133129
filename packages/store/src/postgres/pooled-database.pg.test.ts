import { once } from 'node:events'
import { getPriority } from 'node:os'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { Fault } from '@longshore/core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Database, Transaction } from './database.ts'
import { openTestDatabase } from './testing.ts'
import type { TestDatabase } from './testing.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await openTestDatabase('pooled-database')
  await db.transaction(null, (tx) => tx.query('CREATE TABLE public.t (id bigint PRIMARY KEY, word text)'))
})
afterAll(() => db.close())

describe('a transaction', () => {
  test('commits when its work resolves and gives its result', async () => {
    expect(await db.transaction(null, async (tx) => (await tx.query(`INSERT INTO public.t VALUES (1, 'kept')`)).rowCount)).toBe(1)
    expect(await words('id = 1')).toEqual(['kept'])
  })

  test('rolls back and passes the error on when its work throws', async () => {
    const mine = new Error('mine')
    await expect(db.transaction(null, async (tx) => {
      await tx.query(`INSERT INTO public.t VALUES (2, 'lost')`)
      throw mine
    })).rejects.toBe(mine)
    expect(await words('id = 2')).toEqual([])
  })

  test('reports a database error as a fault that repeats no value', async () => {
    const fault = await db.transaction(null, (tx) => tx.query(`SELECT $1::text::integer`, ['jane@private.example'])).catch((error: unknown) => error)
    expect(fault).toBeInstanceOf(Fault)
    expect(fault).toMatchObject({ code: 'db.bad-value', remedy: 'stop', cause: { code: '22P02' } })
    expect((fault as Fault).message).not.toContain('private')
  })

  test('does not pass for committed when a failed statement was swallowed', async () => {
    await expect(db.transaction(null, async (tx) => {
      await tx.query(`INSERT INTO public.t VALUES (3, 'lost')`)
      await tx.query('SELECT 1 / 0').catch(() => {})
    })).rejects.toMatchObject({ code: 'db.rolled-back' })
    expect(await words('id = 3')).toEqual([])
  })

  test('refuses statements after its end', async () => {
    let leaked: Transaction | undefined
    await db.transaction(null, async (tx) => { leaked = tx })
    await expect(leaked?.query('SELECT 1')).rejects.toMatchObject({ code: 'db.transaction-over' })
    expect(() => leaked?.copyFrom('COPY public.t FROM STDIN')).toThrow(Fault)
  })

  test('may not write when it is read-only', async () => {
    await expect(db.transaction(null, (tx) => tx.query(`INSERT INTO public.t VALUES (4, 'x')`), { readOnly: true })).rejects.toMatchObject({ cause: { code: '25006' } })
  })

  test('sees one snapshot with repeatable read', async () => {
    await db.transaction(null, async (reader) => {
      const before = await reader.query('SELECT count(*) FROM public.t')
      await db.transaction(null, (writer) => writer.query(`INSERT INTO public.t VALUES (5, 'later')`))
      expect((await reader.query('SELECT count(*) FROM public.t')).rows).toEqual(before.rows)
    }, { isolation: 'repeatable read', readOnly: true })
  })

  test('runs with the label and settings it was given, and leaves none of them behind', async () => {
    const ask = `SELECT current_setting('application_name') AS label, current_setting('work_mem') AS memory, current_setting('synchronous_commit') AS sync`
    const inside = await db.transaction(null, (tx) => tx.query(ask), { label: `it's job 1/7`, settings: { work_mem: '77MB' }, durable: false })
    expect(inside.rows).toEqual([{ label: `it's job 1/7`, memory: '77MB', sync: 'off' }])
    const after = await db.transaction(null, (tx) => tx.query(ask))
    expect(after.rows).toEqual([{ label: 'longshore', memory: expect.not.stringMatching('77MB') as string, sync: 'on' }])
  })

  test('ends its wait for a lock at the limit', async () => {
    await db.transaction(null, async (holder) => {
      await holder.query('LOCK TABLE public.t')
      await expect(db.transaction(null, (tx) => tx.query('SELECT * FROM public.t'), { settings: { lock_timeout: '20ms' } }))
        .rejects.toMatchObject({ code: 'db.lock-timeout', remedy: 'retry' })
    })
  })

  test('beside others begins only where a connection is free at once', async () => {
    let leave = (): void => undefined
    const left = new Promise<void>((resolve) => { leave = resolve })
    const holder = (): [begun: Promise<void>, ended: Promise<void>] => {
      let begin = (): void => undefined
      return [new Promise<void>((resolve) => { begin = resolve }), db.transaction(null, async () => { begin(); await left })]
    }
    const ask = (): Promise<number> | null => db.transactionBeside(null, async (tx) => (await tx.query('SELECT 1')).rowCount)
    const holders = Array.from({ length: 15 }, holder)
    await Promise.all(holders.map(([begun]) => begun))
    const together = [ask(), ask()]
    expect(together).toEqual([expect.any(Promise), null])
    expect(await together[0]).toBe(1)
    holders.push(holder())
    expect(ask()).toBeNull()
    leave()
    await Promise.all(holders.map(([, ended]) => ended))
    expect(await ask()).toBe(1)
  })

  test('that nobody waits for any more is cancelled also where others hold all connections', async () => {
    const stop = new AbortController()
    const asked = Array.from({ length: 16 }, () => db.transaction(null, async (tx) => {
      await tx.query('SELECT 1')
      begun += 1
      await tx.query('SELECT pg_sleep(60)')
    }, { signal: stop.signal }))
    let begun = 0
    const ends = Promise.allSettled(asked)
    await expect.poll(() => begun).toBe(16)
    stop.abort(new Fault('request.left', 'gone'))
    expect((await ends).map(({ status }) => status)).toEqual(Array.from(asked, () => 'rejected'))
  })

  test('finds names only with their schema', async () => {
    await expect(db.transaction(null, (tx) => tx.query('SELECT * FROM t'))).rejects.toMatchObject({ code: 'db.statement' })
  })
})

describe('reading', () => {
  test('answers what is asked at once in its order, by one message that sees one moment', async () => {
    const reading = db.reading(null)
    const moment = 'SELECT transaction_timestamp()::text AS began, pg_backend_pid() AS process, $1::integer AS asked'
    const [one, two] = await Promise.all([reading.query(moment, [1]), reading.query(moment, [2])])
    expect([one.rows, two.rows]).toEqual([[expect.objectContaining({ asked: 1 })], [{ ...one.rows[0], asked: 2 }]])
    const isolation = `SELECT current_setting('transaction_isolation') AS level`
    expect((await Promise.all([reading.query(isolation), reading.query(isolation)])).map(({ rows }) => rows)).toEqual([[{ level: 'repeatable read' }], [{ level: 'repeatable read' }]])
  })

  test('has its settings, and leaves none of them behind', async () => {
    const ask = `SELECT current_setting('statement_timeout') AS limit, current_setting('transaction_read_only') AS "readOnly"`
    expect((await db.reading(null, { settings: { statement_timeout: '7s' } }).query(ask)).rows).toEqual([{ limit: '7s', readOnly: 'on' }])
    expect((await db.transaction(null, (tx) => tx.query(ask))).rows).toEqual([{ limit: '0', readOnly: 'off' }])
  })

  test('runs as the role of its organization, one statement as well as several, and comes back from it', async () => {
    const role = `longshore_reads_${process.pid}` // roles are those of the whole server, which other runs of tests use
    const organization = { id: 77, name: 'x', schema: 'org_77', role, settings: { country: 'US', currency: 'USD' }, scope: [3, 5] }
    await db.transaction(null, (tx) => tx.query(`CREATE ROLE ${role}; CREATE ROLE ${role}_scoped`))
    try {
      const who = `SELECT current_user::text AS who, current_setting('longshore.scope', true) AS scope`
      const scoped = { who: `${role}_scoped`, scope: '{3,5}' }
      expect((await db.reading(organization).query(who)).rows).toEqual([scoped])
      const both = db.reading(organization)
      expect((await Promise.all([both.query(who), both.query(who)])).map(({ rows }) => rows)).toEqual([[scoped], [scoped]])
      expect((await db.reading({ ...organization, scope: null }).query(who)).rows).toMatchObject([{ who: role }])
      expect((await db.transaction(null, (tx) => tx.query(`SELECT current_user = session_user AS back, nullif(current_setting('longshore.scope', true), '') AS scope`))).rows).toEqual([{ back: true, scope: null }])
    } finally {
      await db.transaction(null, (tx) => tx.query(`DROP ROLE ${role}; DROP ROLE ${role}_scoped`))
    }
  })

  test('ends at its limit', async () => {
    await expect(db.reading(null, { settings: { statement_timeout: '20ms' } }).query('SELECT pg_sleep(5)')).rejects.toMatchObject({ code: 'db.statement-timeout' })
  })

  test('writes nothing, whatever is asked', async () => {
    await expect(db.reading(null).query(`INSERT INTO public.t VALUES (6, 'x')`)).rejects.toMatchObject({ code: 'db.not-alone' })
    await expect(db.reading(null).query(`WITH made AS (INSERT INTO public.t VALUES (6, 'x') RETURNING id) SELECT * FROM made`)).rejects.toMatchObject({ cause: { code: '25006' } })
    expect(await words('id = 6')).toEqual([])
  })

  test('fails as a whole where one statement does, and the connection goes on', async () => {
    const reading = db.reading(null)
    const asked = await Promise.allSettled([reading.query('SELECT 1 AS one'), reading.query('SELECT 1 / $1::integer', [0])])
    expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect((await reading.query('SELECT 2 AS two')).rows).toEqual([{ two: 2 }])
  })

  test('alone writes nothing, whatever is asked', async () => {
    for (const text of [`INSERT INTO public.t VALUES (7, 'x')`, `WITH made AS (INSERT INTO public.t VALUES (7, 'x') RETURNING id) SELECT * FROM made`]) {
      await expect(db.alone.query(text)).rejects.toMatchObject({ code: 'db.not-alone' })
    }
    expect(await words('id = 7')).toEqual([])
  })

  test('fails where a value cannot be sent, and the connection goes on', async () => {
    const circular: { self?: unknown } = {}
    circular.self = circular
    const reading = db.reading(null)
    const ask = 'SELECT pg_backend_pid() AS process, $1::text AS asked'
    const process = (await reading.query<{ process: number }>(ask, ['first'])).rows[0]?.process
    await expect(db.alone.query(ask, [circular])).rejects.toThrow('circular')
    const asked = await Promise.allSettled([reading.query(ask, ['second']), reading.query(ask, [circular])])
    expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect((await reading.query(ask, ['third'])).rows).toEqual([{ process, asked: 'third' }])
  })

  test('as an organization whose role is none fails as well', async () => {
    await expect(db.reading({ id: 1, schema: 'org_1', role: 'longshore_org_1', scope: [Symbol('no number')] } as never).query('SELECT 1')).rejects.toThrow(TypeError)
  })

  test('prepares what comes again, and plans it anew when its table has another shape', async () => {
    const ask = async (): Promise<unknown> => (await db.alone.query('SELECT s.* FROM public.shape s WHERE s.id = $1', [1])).rows
    await db.transaction(null, (tx) => tx.query('CREATE TABLE public.shape AS SELECT 1 AS id'))
    for (let i = 0; i < 3; i++) expect(await ask()).toEqual([{ id: 1 }])
    const prepared = `SELECT count(*)::integer AS statements FROM pg_prepared_statements WHERE statement LIKE '%public.shape%'`
    expect((await db.transaction(null, (tx) => tx.query(prepared))).rows).toEqual([{ statements: 1 }])
    await db.transaction(null, (tx) => tx.query('ALTER TABLE public.shape ADD COLUMN size integer DEFAULT 7'))
    for (let i = 0; i < 3; i++) expect(await ask()).toEqual([{ id: 1, size: 7 }])
  })
})

describe('work that stands back', () => {
  test('has connections of its own, whose processes let all others go first', async ({ skip }) => {
    if (!db.embedded) return skip('the processes of another server are not ours to see')
    const process = async (of: Database): Promise<number> => (await of.transaction(null, (tx) => tx.query<{ process: number }>('SELECT pg_backend_pid() AS process'))).rows[0]?.process ?? 0
    const [front, behind] = [await process(db), await process(db.behind())]
    expect(getPriority(behind)).toBe(Math.min(19, getPriority(front) + 10))
    expect(db.behind().behind()).toBe(db.behind())
  })

  test('takes no parallel workers while many ask', async () => {
    const workers = async (): Promise<unknown> => (await db.behind().transaction(null, (tx) => tx.query(`SELECT current_setting('max_parallel_workers_per_gather')::integer AS workers`))).rows
    vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 60_000) // since anybody asked
    await db.reading(null).query('SELECT 1')
    expect(await workers()).not.toEqual([{ workers: 0 }])
    for (let i = 0; i < 20; i++) await db.reading(null).query('SELECT 1')
    expect(await workers()).toEqual([{ workers: 0 }])
    vi.restoreAllMocks()
  })
})

describe('values', () => {
  const cases: [type: string, literal: string, value: unknown][] = [
    ['bigint', '9223372036854775807', '9223372036854775807'],
    ['numeric', '0.10000000000000000000000000000001', '0.10000000000000000000000000000001'],
    ['date', '2024-02-29', '2024-02-29'],
    ['timestamptz', '2024-02-29 12:00:00.123456+02', '2024-02-29 10:00:00.123456+00'],
    ['integer', '7', 7],
    ['boolean', 'true', true],
    ['double precision', '0.1', 0.1],
    ['jsonb', '{"a":[1,null]}', { a: [1, null] }],
    ['text[]', '{}', []],
    ['text[]', String.raw`{a,"b,c","d\"e\\f","",NULL,"NULL","{x}"}`, ['a', 'b,c', String.raw`d"e\f`, '', null, 'NULL', '{x}']],
    ['bigint[]', '{1,9223372036854775807,NULL}', ['1', '9223372036854775807', null]],
    ['integer[]', '{1,-2,NULL}', [1, -2, null]],
    ['smallint[]', '{1,-2,NULL}', [1, -2, null]],
  ]
  test.each(cases)('of type %s come from %s', async (type, literal, value) => {
    const { rows } = await db.transaction(null, (tx) => tx.query(`SELECT $1::${type} AS value`, [literal]))
    expect(rows).toEqual([{ value }])
  })
})

describe('COPY', () => {
  test('brings rows in and out', async () => {
    const out = await db.transaction(null, async (tx) => {
      await pipeline(Readable.from(['10\tten\n', '11\televen\n']), tx.copyFrom('COPY public.t FROM STDIN'))
      return await text(tx.copyTo('COPY (SELECT word FROM public.t WHERE id IN (10, 11) ORDER BY id) TO STDOUT'))
    })
    expect(out).toBe('ten\neleven\n')
  })

  test('leaves nothing behind when its source fails, and the next transaction works', async () => {
    const source = Readable.from((function* () { yield '20\ttwenty\n'; throw new Error('source broke') })())
    await expect(db.transaction(null, (tx) => pipeline(source, tx.copyFrom('COPY public.t FROM STDIN')))).rejects.toThrow('source broke')
    expect(await words('id = 20')).toEqual([])
  })

  test('reports a row that PostgreSQL refuses as a fault', async () => {
    await expect(db.transaction(null, (tx) => pipeline(Readable.from(['no number\tx\n']), tx.copyFrom('COPY public.t FROM STDIN'))))
      .rejects.toMatchObject({ code: 'db.bad-value' })
  })

  test('left before its end does not disturb the next transaction', async () => {
    await db.transaction(null, async (tx) => {
      const out = tx.copyTo('COPY (SELECT repeat(\'x\', 1000) FROM generate_series(1, 100000)) TO STDOUT')
      await once(out, 'readable')
      out.read()
      out.destroy()
      throw new Error('enough')
    }).catch((error: Error) => { expect(error.message).toBe('enough') })
    expect(await words('id = 10')).toEqual(['ten'])
  })

  test('that was not finished is never committed', async () => {
    await expect(db.transaction(null, async (tx) => { tx.copyFrom('COPY public.t FROM STDIN').write('30\tthirty\n') })).rejects.toMatchObject({ code: 'db.copy-unfinished' })
    expect(await words('id = 30')).toEqual([])
  })
})

describe('a lost connection', () => {
  test('inside a transaction is a fault that says to try again', async () => {
    await expect(db.transaction(null, async (tx) => {
      await endBackend(tx)
      await tx.query('SELECT 1')
    })).rejects.toMatchObject({ code: 'db.unreachable', remedy: 'retry' })
    expect(await words('id = 1')).toEqual(['kept'])
  })

  test('at the commit says that the outcome is not known', async () => {
    await expect(db.transaction(null, endBackend)).rejects.toMatchObject({ code: 'db.commit-unknown', remedy: 'retry' })
  })

  test('of an idle connection goes unnoticed', async () => {
    const { rows: [mine] } = await db.transaction(null, (tx) => tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid'))
    const other = await openTestDatabase('killer')
    await other.transaction(null, (tx) => tx.query('SELECT pg_terminate_backend($1)', [mine?.pid]))
    await other.close()
    expect(await words('id = 1')).toEqual(['kept'])
  })
})

async function words(where: string): Promise<unknown[]> {
  const { rows } = await db.transaction(null, (tx) => tx.query<{ word: string }>(`SELECT word FROM public.t WHERE ${where}`), { readOnly: true })
  return rows.map((row) => row.word)
}

/** Ends the connection that the transaction runs on, from another one. */
async function endBackend(tx: Transaction): Promise<void> {
  const { rows: [mine] } = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  await db.transaction(null, (other) => other.query('SELECT pg_terminate_backend($1, 5000)', [mine?.pid]))
}
