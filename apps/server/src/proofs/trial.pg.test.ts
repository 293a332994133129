import { setFailpoints } from '@longshore/core'
import { jobsToRun } from '@longshore/store'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { openTestApi } from '../testing/open-test-api.ts'
import type { Answer, Credentials, TestApi } from '../testing/open-test-api.ts'
import { resultRows } from '../testing/result-rows.ts'

vi.mock('../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../testing/parser-in-process.ts')).runParserHere }))

// A trial imports the first rows of a planned import; each row of the file is imported once, by the trial or by the rest.
let api: TestApi
let ann: Credentials

beforeAll(async () => {
  api = await openTestApi('trial')
  ann = await api.person('ann@example.com', 'admin')
})
afterAll(() => api.close())

// rows without a key are there: nothing but the trial itself knows that it has imported them
const list = 'Last Name,E-mail\nKing,king@example.com\nLee,bad@\nNoMail,\nWu,wu@example.com\nKing,king@example.com\nZed,\n'

async function planned(definition: Record<string, unknown> = {}, content = list): Promise<number> {
  const upload = await api.longshore.uploads.take('list.csv', (async function* () { yield Buffer.from(content) })())
  const { json } = await api.ask(ann, 'POST', '/v1/drafts', { body: { file: { upload: upload.id, name: 'list.csv' }, definition: { object: 'contacts', match: [['email']], results: { formats: ['csv'] }, ...definition } } })
  await api.longshore.drafts.check(Number(json['job']), () => undefined)
  return Number(json['job'])
}
const ended = async (job: unknown, ...states: string[]): Promise<Record<string, unknown>> => {
  for (;;) {
    const { json } = await api.ask(ann, 'GET', `/v1/jobs/${String(job)}`)
    if ([...states, 'failed'].includes(String(json['state']))) return json
    await new Promise((resolve) => { setTimeout(resolve, 50) })
  }
}
const tryRows = (job: number, rows: number, headers = {}): Promise<Answer> => api.ask(ann, 'POST', `/v1/jobs/${job}/trial`, { body: { rows }, headers })
const names = async (): Promise<string[]> => (await api.longshore.rows<{ name: string }>('SELECT last_name AS name FROM org.contacts WHERE deleted_at IS NULL ORDER BY 1')).map(({ name }) => name)

it('imports the first rows as a job of its own, and the rest leaves them out, but for those that failed', async () => {
  const job = await planned()
  await api.longshore.fixes.add(job, { fix: { kind: 'edit', cells: [{ row: 4, column: 1, value: 'Corrected' }] } })
  expect((await tryRows(job, 3)).json).toMatchObject({ code: 'plan.outdated' })
  await api.longshore.plan(job, () => undefined)
  const begun = await tryRows(job, 3, { 'idempotency-key': 'try-1' })
  expect([begun.status, begun.json['trialOf']]).toEqual([202, job])
  const trial = await ended(begun.json['job'], 'done')
  expect(trial).toMatchObject({ state: 'done', rows: 3, counts: { created: 2, failed: 1 }, trialOf: job })
  expect((await tryRows(job, 3, { 'idempotency-key': 'try-1' })).json['job']).toBe(begun.json['job'])
  expect(resultRows(await api.longshore.job(Number(trial['job']))).map(({ cells, outcome }) => [cells[0], outcome])).toEqual([['King', 'created'], ['Lee', 'failed'], ['Corrected', 'created']])
  expect(await names()).toEqual(['Corrected', 'King'])

  // what the plan of before said is told no more
  expect((await api.ask(ann, 'GET', `/v1/jobs/${job}`)).json).toMatchObject({ state: 'planned', rows: 6, counts: { created: 0, updated: 0, skipped: 0, failed: 0, excluded: 0 } })
  expect((await api.ask(ann, 'POST', `/v1/jobs/${job}/apply`, { body: {} })).json).toMatchObject({ code: 'plan.outdated' })
  await api.longshore.plan(job, () => undefined)
  expect((await api.ask(ann, 'GET', `/v1/jobs/${job}`)).json).toMatchObject({ state: 'planned', counts: { created: 2, skipped: 1, failed: 1, excluded: 2 }, trials: [{ job: begun.json['job'], state: 'done', rows: 3 }] })
  await api.longshore.apply(job, () => undefined)
  const whole = await ended(job, 'done')
  expect(whole).toMatchObject({ rows: 6, counts: { created: 2, skipped: 1, failed: 1, excluded: 2 } })
  expect(resultRows(await api.longshore.job(job)).map(({ reason }) => reason)[2]).toBe('dealt with by a trial of this import')
  expect(await names()).toEqual(['Corrected', 'King', 'Wu', 'Zed'])
})

it('is taken back, and then the rest has its rows again', async () => {
  await clear()
  const job = await planned()
  const trial = (await ended((await tryRows(job, 4)).json['job'], 'done'))['job']
  await api.longshore.plan(job, () => undefined)
  await api.ask(ann, 'POST', `/v1/jobs/${String(trial)}/undo`, { body: {} })
  await ended(trial, 'undone')
  expect([await names(), (await api.ask(ann, 'POST', `/v1/jobs/${job}/apply`, { body: {} })).json['code']]).toEqual([[], 'plan.outdated'])
  await api.longshore.plan(job, () => undefined)
  expect(await api.longshore.apply(job, () => undefined)).toMatchObject({ state: 'done', counts: { created: 4, skipped: 1, failed: 1, excluded: 0 } })
})

it('goes on with the rows behind it, until none is left', async () => {
  await clear()
  const job = await planned()
  for (const [rows, made] of [[2, ['King']], [2, ['King', 'NoMail']], [9, ['King', 'NoMail', 'Wu', 'Zed']]] as const) {
    await ended((await tryRows(job, rows)).json['job'], 'done')
    expect(await names()).toEqual(made)
    await api.longshore.plan(job, () => undefined)
  }
  // the row that failed is all that is left
  expect((await ended((await tryRows(job, 9)).json['job'], 'done'))['counts']).toMatchObject({ failed: 1, created: 0 })
})

it('keeps its import from being read otherwise, and from beginning while it is open', async () => {
  await clear()
  const job = await planned()
  const { json: draft } = await api.ask(ann, 'GET', `/v1/jobs/${job}/draft`)
  const trial = Number((await tryRows(job, 2)).json['job'])
  await ended(trial, 'done')
  const edit = await api.ask(ann, 'PUT', `/v1/jobs/${job}/draft`, { body: { revision: draft['revision'], definition: { ...draft['definition'] as object, source: { headerRow: 0 } } } })
  expect([edit.status, edit.json['code']]).toEqual([409, 'draft.has-trial'])
  await api.longshore.rows(`UPDATE longshore.job SET state = 'paused' WHERE number = $1`, [trial])
  const refused = [await api.ask(ann, 'POST', `/v1/jobs/${job}/apply`, { body: {} }), await api.ask(ann, 'POST', `/v1/jobs/${job}/plan`, { body: {} }), await tryRows(job, 2)]
  expect(refused.map(({ status, json }) => [status, json['code']])).toEqual([[409, 'trial.open'], [409, 'trial.open'], [409, 'trial.open']])
})

it('keeps its import from being checked, corrected and read otherwise while it is open, also by an undo of its undo', async () => {
  await clear()
  const job = await planned()
  const trial = Number((await tryRows(job, 2)).json['job'])
  await ended(trial, 'done')
  await api.longshore.plan(job, () => undefined)
  const { json: draft } = await api.ask(ann, 'GET', `/v1/jobs/${job}/draft`)
  const put = (definition: object): Promise<Answer> => api.ask(ann, 'PUT', `/v1/jobs/${job}/draft`, { body: { revision: draft['revision'], definition: { ...draft['definition'] as object, ...definition } } })
  const asked = async (): Promise<unknown[]> => [
    (await put({ source: { headerRow: 0 } })).json['code'], await codeOf(api.longshore.fixes.add(job, { fix: { kind: 'edit', cells: [{ row: 6, column: 1, value: 'Kong' }] } })),
    (await api.ask(ann, 'POST', `/v1/jobs/${job}/apply`, { body: { startAt: new Date(Date.now() + 3_600_000).toISOString() } })).json['code'],
  ]
  await api.longshore.rows(`UPDATE longshore.job SET state = 'paused' WHERE number = $1`, [trial])
  expect(await asked()).toEqual(['draft.has-trial', 'trial.open', 'trial.open'])
  await api.longshore.rows(`UPDATE longshore.job SET state = 'done' WHERE number = $1`, [trial])

  const undo = await api.longshore.undo(trial, { everything: false }, () => undefined)
  await api.longshore.plan(job, () => undefined)
  await api.longshore.rows(`UPDATE longshore.job SET state = 'undoing' WHERE number = $1`, [undo.job]) // as while the undo is taken back
  expect((await api.ask(ann, 'GET', `/v1/jobs/${job}`)).json['trials']).toMatchObject([{ job: trial, state: 'undone', open: { job: undo.job, state: 'undoing' } }])
  expect(await asked()).toEqual(['draft.has-trial', 'trial.open', 'trial.open'])
  const edited = await put({ match: [] }) // what the rest is mapped to may be changed, and is checked once the trial is over
  expect([edited.status, await codeOf(api.longshore.drafts.check(job, () => undefined)), (await api.longshore.job(job)).state]).toEqual([200, 'trial.open', 'draft'])
})

it('is not brought back where its file is read otherwise since, or its import has begun', async () => {
  await clear()
  const job = await planned()
  const trial = Number((await tryRows(job, 2)).json['job'])
  await ended(trial, 'done')
  const undo = await api.longshore.undo(trial, { everything: false }, () => undefined)
  const { json: draft } = await api.ask(ann, 'GET', `/v1/jobs/${job}/draft`)
  const bringBack = (): Promise<Answer> => api.ask(ann, 'POST', `/v1/jobs/${undo.job}/undo`, { body: {} })
  await api.ask(ann, 'PUT', `/v1/jobs/${job}/draft`, { body: { revision: draft['revision'], definition: { ...draft['definition'] as object, source: { headerRow: 0 } } } })
  expect((await bringBack()).json).toMatchObject({ code: 'job.state', detail: expect.stringContaining('read otherwise') as string })
  const { json: other } = await api.ask(ann, 'GET', `/v1/jobs/${job}/draft`)
  await api.ask(ann, 'PUT', `/v1/jobs/${job}/draft`, { body: { revision: other['revision'], definition: draft['definition'] } })
  await api.longshore.drafts.check(job, () => undefined)
  await api.longshore.apply(job, () => undefined)
  expect((await bringBack()).json).toMatchObject({ code: 'job.state', detail: expect.stringContaining('has begun') as string })
  expect(await names()).toEqual(['King', 'NoMail', 'Wu', 'Zed'])
})

it('that is taken back while its import is checked keeps that waiting, without one try after the other', async () => {
  const job = await planned()
  const trial = Number((await tryRows(job, 2)).json['job'])
  await ended(trial, 'done')
  const waits = async (): Promise<boolean> => !(await api.longshore.database.transaction(null, jobsToRun)).some((one) => one.job === job)
  await api.longshore.rows(`UPDATE longshore.job SET state = 'checking', checkpoint = checkpoint - 'planned' WHERE number = $1`, [job]) // as once its mapping was changed
  await api.longshore.rows(`UPDATE longshore.attempt SET ended_at = ended_at - interval '1 minute' WHERE job = $1`, [job])
  expect(await waits()).toBe(false)
  const undo = await api.longshore.undo(trial, { everything: false }, () => undefined)
  await api.longshore.rows(`UPDATE longshore.job SET state = 'running' WHERE number = $1`, [undo.job])
  expect([await waits(), await codeOf(api.longshore.plan(job, () => undefined))]).toEqual([true, 'trial.open'])
  await api.longshore.rows(`UPDATE longshore.job SET state = 'done' WHERE number = $1`, [undo.job])
  expect([await waits(), (await api.longshore.plan(job, () => undefined)).state]).toEqual([false, 'planned'])
})

it('leaves rows out whose record an undo of it kept, until that goes, too', async () => {
  await clear()
  const job = await planned()
  const trial = Number((await ended((await tryRows(job, 3)).json['job'], 'done'))['job'])
  const [record] = await api.longshore.rows<{ id: string }>(`SELECT id::text FROM org.contacts WHERE deleted_at IS NULL AND last_name = 'NoMail'`)
  await api.ask(ann, 'PATCH', `/v1/objects/contacts/records/${record?.id}`, { body: { values: { title: 'CEO' } } })
  const undo = await api.longshore.undo(trial, { everything: false }, () => undefined)
  await api.longshore.plan(job, () => undefined)
  expect((await api.ask(ann, 'GET', `/v1/jobs/${job}`)).json).toMatchObject({ counts: { created: 3, skipped: 1, failed: 1, excluded: 1 }, trials: [{ job: trial, state: 'undone', kept: 1, open: null }] })
  const { json: draft } = await api.ask(ann, 'GET', `/v1/jobs/${job}/draft`)
  expect((await api.ask(ann, 'PUT', `/v1/jobs/${job}/draft`, { body: { revision: draft['revision'], definition: { ...draft['definition'] as object, source: { headerRow: 0 } } } })).json['code']).toBe('draft.has-trial')
  await api.longshore.undo(undo.job, { everything: false }, () => undefined)
  await api.longshore.undo(trial, { everything: true }, () => undefined)
  await api.longshore.plan(job, () => undefined)
  expect((await api.ask(ann, 'GET', `/v1/jobs/${job}`)).json).toMatchObject({ counts: { created: 4, excluded: 0 }, trials: [{ kept: 0 }] })
  await api.longshore.apply(job, () => undefined)
  expect(await names()).toEqual(['King', 'NoMail', 'Wu', 'Zed'])
})

it('is not taken back under the plan of its import: that is made again', async () => {
  await clear()
  const job = await planned()
  const trial = Number((await ended((await tryRows(job, 4)).json['job'], 'done'))['job'])
  let undone = false
  setFailpoints(async (name) => {
    if (name !== 'plan.after-rows' || undone) return
    undone = true
    await api.longshore.undo(trial, { everything: false }, () => undefined)
  })
  try {
    expect(await codeOf(api.longshore.plan(job, () => undefined))).toBe('plan.outdated')
  } finally { setFailpoints(null) }
  expect([undone, (await api.ask(ann, 'POST', `/v1/jobs/${job}/apply`, { body: {} })).json['code']]).toEqual([true, 'plan.outdated'])
  await api.longshore.plan(job, () => undefined)
  expect(await api.longshore.apply(job, () => undefined)).toMatchObject({ state: 'done', counts: { created: 4, skipped: 1, failed: 1, excluded: 0 } })
})

it('reaches what its import reaches, whoever has it tried, and answers a request that comes twice once', async () => {
  await clear()
  const bob = await api.person('bob@example.com', 'admin')
  const job = await planned()
  const ask = (): Promise<Answer> => api.ask(bob, 'POST', `/v1/jobs/${job}/trial`, { body: { rows: 2 }, headers: { 'idempotency-key': 'bob-tries' } })
  const { json: whole } = await api.ask(ann, 'GET', `/v1/jobs/${job}`)
  const { json: trial } = await ask()
  expect([trial['startedBy'], (await ask()).json['job']]).toEqual([whole['startedBy'], trial['job']])
  const told = await api.longshore.rows<{ name: string }>(`SELECT m.name FROM longshore.audit a JOIN longshore.member m ON m.id = a.member WHERE a.target = $1 AND a.act = 'job.import'`, [`job/${String(trial['job'])}`])
  expect(told).toEqual([{ name: 'bob' }])
  await ended(trial['job'], 'done')
})

it('takes no corrections of its rows, which nobody would write, and shows them in no preview of what is met', async () => {
  await clear()
  const job = await planned()
  await ended((await tryRows(job, 3)).json['job'], 'done')
  await api.longshore.plan(job, () => undefined)
  const edit = (row: number): Promise<string> => codeOf(api.longshore.fixes.add(job, { fix: { kind: 'edit', cells: [{ row, column: 1, value: 'Other' }] } }))
  expect([await edit(2), await edit(3), await edit(5)]).toEqual(['fix.tried', '', '']) // row 3 failed in the trial, and is still to be imported
  const leaveOut = (...rows: number[]): Promise<string> => codeOf(api.longshore.fixes.add(job, { fix: { kind: 'leave-out' }, rows }))
  expect([await leaveOut(4), await leaveOut(4, 7)]).toEqual(['fix.tried', ''])
  expect(await api.longshore.drafts.matches(job)).toMatchObject({ looked: 3 })
})

it('hands owners out from where its import stands, and so does the rest', async () => {
  await clear()
  await api.person('cid@example.com', 'admin')
  const job = await planned({ owner: ['ann@example.com', 'cid@example.com'], match: [] }, `Last Name\n${['A', 'B', 'C', 'D', 'E', 'F'].join('\n')}\n`)
  for (const rows of [1, 2]) {
    await ended((await tryRows(job, rows)).json['job'], 'done')
    await api.longshore.plan(job, () => undefined)
  }
  await api.longshore.apply(job, () => undefined)
  const owners = await api.longshore.rows<{ owner: string }>(`SELECT m.name AS owner FROM org.contacts c JOIN longshore.member m ON m.id = c.owner WHERE c.deleted_at IS NULL ORDER BY c.last_name`)
  expect(owners.map(({ owner }) => owner)).toEqual(['ann', 'cid', 'ann', 'cid', 'ann', 'cid'])
})

const codeOf = (work: Promise<unknown>): Promise<string> => work.then(() => '', (error: unknown) => String((error as { code?: string }).code))

async function clear(): Promise<void> {
  const records = (await api.longshore.rows<{ id: string }>('SELECT id::text FROM org.contacts WHERE deleted_at IS NULL')).map(({ id }) => id)
  await api.longshore.binRecords({ object: 'contacts', records })
}
