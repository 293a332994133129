import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { findObject, mostMatchKeys, setFailpoints, type ImportDefinitionInput } from '@longshore/core'
import { openTestLongshore, type TestLongshore } from '../testing/open-test-longshore.ts'

vi.mock('../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../testing/parser-in-process.ts')).runParserHere }))

let longshore: TestLongshore
const quiet = (): void => undefined
const upsert: ImportDefinitionInput = { object: 'contacts', operation: 'upsert', match: [['email']] }
const people = (...lines: string[]): string => `Last Name,Email,Job Title\n${lines.join('\n')}\n`
const age = (job: number, days: number) => longshore.rows(`UPDATE longshore.job SET created_at = created_at - make_interval(days => $2), finished_at = finished_at - make_interval(days => $2) WHERE number = $1`, [job, days])
const rowsOf = async (job: number): Promise<number> => Number((await longshore.rows<{ n: string }>(
  `SELECT (SELECT count(*) FROM org._staged WHERE job = $1) + (SELECT count(*) FROM org._outcome WHERE job = $1) + (SELECT count(*) FROM org._plan WHERE job = $1) + (SELECT count(*) FROM org._issue WHERE job = $1) + (SELECT count(*) FROM org._chunk WHERE job = $1) AS n`, [job]))[0]?.n)
const changesOf = async (job: number): Promise<number> => Number((await longshore.rows<{ n: string }>('SELECT count(*) AS n FROM org._change WHERE job = $1', [job]))[0]?.n)
const criteria = async () => (findObject(await longshore.catalog(), 'contacts')?.matchKeys ?? []).map(({ criterion }) => criterion)

/** Lets a worker make one round. */
async function round(until: () => Promise<void>): Promise<void> {
  const stopping = new AbortController()
  const working = longshore.work(stopping.signal)
  try { await vi.waitFor(until, { timeout: 30_000, interval: 200 }) } finally {
    stopping.abort()
    await working
  }
}

beforeAll(async () => { longshore = await openTestLongshore('retention') })
afterAll(() => longshore.close())

describe('what is kept long enough', () => {
  it('rows and source of a job go after 30 days, what it wrote stays, and undo and results say so', async () => {
    await longshore.importText(people('L,ada@example.com,CEO'), upsert)
    const old = await longshore.importText(people('L,ada@example.com,CFO', 'B,bob@example.com,', ',not an address,'), upsert)
    const young = await longshore.importText(people('L,ada@example.com,COO'), upsert)
    await age(old.job, 31)
    const [{ file } = { file: '' }] = await longshore.rows<{ file: string }>('SELECT source_file AS file FROM longshore.job WHERE number = $1', [old.job])
    const stored = () => readdirSync(join(longshore.folder, 'data', 'files'), { recursive: true }).filter((name) => String(name).includes(file.slice(0, 16)))
    expect([await rowsOf(old.job), stored().length]).toEqual([expect.any(Number), 1])
    await round(async () => expect([await rowsOf(old.job), stored()]).toEqual([0, []]))
    expect([await rowsOf(young.job) > 0, await changesOf(old.job), (await longshore.job(old.job)).counts]).toEqual([true, 1, old.counts])
    await expect(longshore.undo(old.job, { everything: false }, quiet)).rejects.toMatchObject({ code: 'undo.past-limit', message: expect.stringContaining('30 days') })
    await expect(longshore.undoPreview(old.job, { everything: false })).rejects.toMatchObject({ code: 'undo.past-limit' })
    await expect(longshore.results(old.job, { formats: ['csv'] })).rejects.toMatchObject({ code: 'results.gone' })
    expect((await longshore.undo(young.job, { everything: false }, quiet)).state).toBe('done')
  })

  it('undo is refused from that day on, whether a worker has come by or not', async () => {
    const job = await longshore.importText(people('C,cy@example.com,'), upsert)
    await age(job.job, 31)
    await expect(longshore.undo(job.job, { everything: false }, quiet)).rejects.toMatchObject({ code: 'undo.past-limit' })
  })

  it('history and result files go after 90 days; that a record was deleted for good stays known', async () => {
    await longshore.importText(people('D,dee@example.com,', 'E,eve@example.com,'), upsert)
    const job = await longshore.import({ file: longshore.file('late.csv', people('D,dee@example.com,CEO')), definition: { ...upsert, results: { formats: ['csv'] } }, dryRun: false }, quiet)
    const gone = await longshore.importText('Email\neve@example.com\n', { object: 'contacts', operation: 'hard-delete', confirmHardDelete: true, match: [['email']] })
    const folder = join(longshore.folder, 'data', 'results', `job-${job.job}`)
    expect([await changesOf(job.job), existsSync(folder)]).toEqual([1, true])
    for (const one of [job.job, gone.job]) await age(one, 91)
    await round(async () => expect([await changesOf(job.job), existsSync(folder)]).toEqual([0, false]))
    expect([await changesOf(gone.job), (await longshore.job(job.job)).results]).toEqual([1, []])
  })

  it('a dry run that nobody carried out in 30 days is cancelled, unless a trial of it ran since', async () => {
    const planned = await longshore.importText(people('F,flo@example.com,'), upsert, { dryRun: true })
    const tried = await longshore.importText(people('T,tom@example.com,', 'T,tim@example.com,'), upsert, { dryRun: true })
    const trial = (await longshore.started.trial(tried.job, { rows: 1 })).job
    await vi.waitFor(async () => expect((await longshore.job(trial)).state).toBe('done'), { timeout: 30_000 })
    for (const { job } of [planned, tried]) {
      await age(job, 31)
      await longshore.rows(`UPDATE longshore.attempt SET ended_at = ended_at - interval '31 days' WHERE job = $1`, [job])
    }
    await round(async () => expect((await longshore.job(planned.job)).state).toBe('cancelled'))
    expect((await longshore.job(planned.job)).counts).toMatchObject({ created: 0, excluded: 1 })
    expect((await longshore.job(tried.job)).state).toBe('planned')
    await longshore.cancel(tried.job)
  })

  it('a draft that nobody touched goes with its file, and so does a file that was sent and is not imported; what is needed stays', async () => {
    const send = (name: string) => longshore.uploads.take(name, (async function* () { yield Buffer.from(people('U,uma@example.com,')) })())
    const lying = (id: string) => readdirSync(join(longshore.folder, 'data', 'files'), { recursive: true }).some((name) => String(name).endsWith(id))
    const [forgotten, touched, unused, fresh, imported] = await Promise.all(['forgotten', 'touched', 'unused', 'fresh', 'imported'].map((name) => send(`${name}.csv`)))
    const draft = (upload: string | undefined) => longshore.drafts.create({ file: { upload: upload ?? '', name: 'list.csv' }, definition: { object: 'contacts' } })
    const [old, young, dropped, job] = [await draft(forgotten?.id), await draft(touched?.id), await draft(forgotten?.id), await draft(imported?.id)]
    await longshore.drafts.check(job.job, quiet)
    await longshore.apply(job.job, quiet)
    await longshore.cancel(dropped.job)
    await longshore.rows(`UPDATE longshore.file SET created_at = created_at - interval '11 days' WHERE id <> $1`, [fresh?.id])
    for (const one of [old, young, dropped, job]) await longshore.rows(`UPDATE longshore.job SET created_at = created_at - interval '11 days', edits = jsonb_set(edits, '{0,at}', '"2000-01-01T00:00:00Z"') WHERE number = $1`, [one.job])
    await longshore.rows(`UPDATE longshore.attempt SET ended_at = ended_at - interval '11 days' WHERE job = $1`, [job.job])
    await longshore.drafts.edit(young.job, { revision: young.revision, definition: { ...young.definition, dates: 'dmy' } })
    await longshore.changeSettings({ draftDays: 10 })
    await round(async () => expect([(await longshore.job(old.job)).state, [forgotten, unused].map((file) => lying(file?.id ?? '?'))]).toEqual(['cancelled', [false, false]]))
    expect([(await longshore.job(young.job)).state, (await longshore.job(job.job)).state, [touched, fresh, imported].map((file) => lying(file?.id ?? '?'))]).toEqual(['draft', 'done', [true, true, true]])
    await expect(draft(forgotten?.id)).rejects.toMatchObject({ code: 'file.missing' })
    await longshore.changeSettings({ draftDays: null })
    await longshore.cancel(young.job)
  })

  it('a file that a job is just made of stays, and no job is made of one that is just going', async () => {
    const send = async (name: string): Promise<string> => (await longshore.uploads.take(name, (async function* () { yield Buffer.from(people('V,vera@example.com,')) })())).id
    const lying = (id: string) => readdirSync(join(longshore.folder, 'data', 'files'), { recursive: true }).some((name) => String(name).endsWith(id))
    const [first, second, beside] = [await send('first.csv'), await send('second.csv'), await send('beside.csv')]
    await longshore.rows(`UPDATE longshore.file SET created_at = created_at - interval '400 days' WHERE id = ANY($1)`, [[first, second, beside]])
    let tidied: Promise<void> = Promise.resolve()
    setFailpoints(async (name) => {
      if (name !== 'job.before-create-commit') return
      tidied = round(async () => expect(lying(beside)).toBe(false))
      await vi.waitFor(() => expect(lying(beside)).toBe(false), { timeout: 1_500, interval: 100 }).catch(() => undefined)
    })
    const made = await longshore.drafts.create({ file: { upload: first, name: 'list.csv' }, definition: upsert }).finally(() => setFailpoints(null))
    await tidied
    expect([lying(first), lying(second), lying(beside)]).toEqual([true, false, false])
    await longshore.cancel(made.job)

    const late = await send('late.csv')
    setFailpoints(async (name) => {
      if (name !== 'import.before-create') return
      await longshore.rows(`UPDATE longshore.file SET created_at = created_at - interval '400 days' WHERE id = $1`, [late])
      await round(async () => expect(lying(late)).toBe(false))
    })
    await expect(longshore.begin({ file: { upload: late, name: 'list.csv' }, definition: upsert, dryRun: true }).finally(() => setFailpoints(null))).rejects.toMatchObject({ code: 'file.missing' })
    expect((await longshore.rows('SELECT 1 FROM longshore.job WHERE source_file = $1', [late])).length).toBe(0)
  })

  it('a paused or failed job that nobody took up in 30 days is cancelled: what it wrote stays, and can be undone from then on', async () => {
    Object.assign(process.env, { LONGSHORE_CHUNK_ROWS: '1', LONGSHORE_APPLY_CONNECTIONS: '1' })
    const stopping = new AbortController()
    const file = people('P,pat@example.com,', 'Q,quinn@example.com,', 'R,ray@example.com,')
    const paused = await longshore.importText(file, upsert, { watch: ({ phase, done }) => { if (phase === 'applying' && done > 1) stopping.abort() }, signal: stopping.signal })
      .finally(() => { delete process.env['LONGSHORE_CHUNK_ROWS']; delete process.env['LONGSHORE_APPLY_CONNECTIONS'] })
    const failed = await longshore.importText(people('S,sam@example.com,'), upsert, { dryRun: true })
    const young = await longshore.importText(people('T,tess@example.com,'), upsert, { dryRun: true })
    await longshore.rows(`UPDATE longshore.job SET state = 'failed', error = '{"code":"internal","message":"x"}' WHERE number = ANY($1)`, [[failed.job, young.job]])
    for (const job of [paused.job, failed.job]) {
      await age(job, 31)
      await longshore.rows(`UPDATE longshore.attempt SET ended_at = ended_at - interval '31 days' WHERE job = $1`, [job])
    }
    expect((await longshore.job(paused.job)).state).toBe('paused')
    await round(async () => expect([(await longshore.job(paused.job)).state, (await longshore.job(failed.job)).state]).toEqual(['cancelled', 'cancelled']))
    const { counts } = await longshore.job(paused.job)
    expect([counts.created + counts.excluded, counts.created > 0, counts.excluded > 0]).toEqual([3, true, true])
    expect([(await longshore.job(failed.job)).counts, (await longshore.job(young.job)).state]).toEqual([expect.objectContaining({ excluded: 1 }), 'failed'])
    expect((await longshore.undo(paused.job, { everything: false }, quiet)).counts.deleted).toBe(counts.created)
    await longshore.cancel(young.job)
  })

  it('a range of jobs that are all over is dropped as a whole, and imports go on', async () => {
    await longshore.rows(`INSERT INTO longshore.job (organization, number, kind, state, object, operation, definition, metadata_version, effective_at, finished_at)
      SELECT 1, n, 'edit', 'done', 'contacts', 'merge', '{}', 1, now(), now() FROM generate_series((SELECT max(number) + 1 FROM longshore.job), 40) n`)
    await longshore.rows(`UPDATE longshore.job SET finished_at = coalesce(finished_at, now()) - interval '31 days' WHERE number < 32`)
    const parts = async () => Number((await longshore.rows<{ n: string }>(`SELECT count(*) AS n FROM pg_catalog.pg_class WHERE relname ~ '^_(staged|plan|issue|outcome|reference|left_out)_0$'`))[0]?.n)
    expect(await parts()).toBe(6)
    await round(async () => expect(await parts()).toBe(0))
    const job = await longshore.importText(people('G,gil@example.com,'), upsert)
    expect([job.job, job.counts.created, await rowsOf(job.job) > 0]).toEqual([41, 1, true])
  })
})

describe('keys that an import switched on', () => {
  const matching = (criterion: string[]): ImportDefinitionInput => ({ object: 'contacts', match: [criterion] })

  it('go when no import has matched by them for 90 days; those that the schema asks for stay', async () => {
    const file = 'Last Name,Department,Job Title\nX,Sales,CEO\n'
    await longshore.importText(file, matching(['department']), { dryRun: true }).then(({ job }) => longshore.cancel(job))
    await longshore.importText(file, matching(['title']))
    await longshore.importText(file, matching(['last_name', 'title']))
    await longshore.changeSchema({ objects: [{ name: 'contacts', matchKeys: ['title'] }] })
    expect((await criteria()).slice(2)).toEqual(['department', 'title', 'last_name+title'])
    await longshore.rows(`UPDATE longshore.job SET created_at = created_at - interval '91 days', finished_at = finished_at - interval '91 days'`)
    await longshore.importText(file, matching(['last_name', 'title']))
    await round(async () => expect((await criteria()).slice(2)).toEqual(['title', 'last_name+title']))
    expect((await longshore.importText(file, matching(['department']))).counts.skipped, 'switched on again at its next use').toBe(1)
  })

  it('are as many as an object may have', async () => {
    const free = mostMatchKeys - (await criteria()).length
    await longshore.changeSchema({ objects: [{ name: 'contacts', matchKeys: Array.from({ length: free }, (_, i) => `first_name+${['title', 'department', 'email', 'phone', 'mobile_phone', 'description', 'lead_source', 'birthdate', 'mailing_city', 'mailing_state', 'mailing_country', 'website', 'linkedin_url', 'tags', 'home_phone'][i] ?? ''}`) }] })
    await expect(longshore.importText('First Name,Last Name\nA,B\n', matching(['first_name', 'last_name']))).rejects.toMatchObject({ code: 'match.too-many-keys', path: 'match', message: expect.stringContaining('"remove":true') })
    await longshore.changeSchema({ objects: [{ name: 'contacts', matchKeys: [{ criterion: 'first_name+title', remove: true }] }] })
    expect((await longshore.importText('First Name,Last Name\nA,B\n', matching(['first_name', 'last_name']))).counts.created).toBe(1)
  })

  it('are not taken from a job that is planned with them', async () => {
    const planned = await longshore.importText('First Name,Last Name\nA,B\n', matching(['first_name', 'last_name']), { dryRun: true })
    const remove = () => longshore.changeSchema({ objects: [{ name: 'contacts', matchKeys: [{ criterion: 'first_name+last_name', remove: true }] }] })
    await expect(remove()).rejects.toMatchObject({ code: 'schema.key-in-use', message: expect.stringContaining(`job ${planned.job}`) })
    await longshore.cancel(planned.job)
    expect((await remove()).changes).toEqual(['contacts: records are not matched by first_name+last_name any more'])
    await expect(longshore.changeSchema({ objects: [{ name: 'contacts', matchKeys: [{ criterion: 'external_id', remove: true }] }] })).rejects.toMatchObject({ code: 'schema.field-needed' })
  })
})
