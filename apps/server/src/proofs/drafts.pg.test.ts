import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { ImportDefinition } from '@longshore/core'
import { openTestLongshore, type TestLongshore } from '../testing/open-test-longshore.ts'

vi.mock('../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../testing/parser-in-process.ts')).runParserHere }))

const list = 'First Name,Last Name,Email,Birthdate,Notes\nAda,King,ada@example.com,03/04/1980,a\nBob,Wu,ADA@example.com,05/06/1981,b\nCyd,,cyd@example.com,07/08/1982,c\n'
const quiet = (): undefined => undefined

describe('an import that is put together step by step', () => {
  let longshore: TestLongshore
  beforeAll(async () => { longshore = await openTestLongshore('drafts') })
  afterAll(() => longshore.close())

  const create = (definition: object = {}) => longshore.drafts.create({ file: longshore.file('list.csv', list), definition: { object: 'contacts', ...definition }, by: 'ana@example.com' })
  const changed = (definition: ImportDefinition, change: Partial<ImportDefinition>): ImportDefinition => ({ ...definition, ...change })

  it('is kept from the beginning, waits for its person, and runs when its rows are checked', async () => {
    const { job, revision, layout } = await create()
    expect([revision, layout.columns]).toEqual([1, ['First Name', 'Last Name', 'Email', 'Birthdate', 'Notes']])
    expect(await longshore.job(job)).toMatchObject({ state: 'draft', counts: { created: 0 } })
    await expect(longshore.resume(job, quiet)).rejects.toMatchObject({ code: 'job.state' })
    await expect(longshore.stagedRows.overview(job)).rejects.toMatchObject({ code: 'rows.not-checked' })
    await expect(longshore.fixes.add(job, { fix: { kind: 'edit', cells: [{ row: 2, column: 1, value: 'x' }] } })).rejects.toMatchObject({ code: 'fix.too-early' })
  })

  it('asks what a column means, takes the answer, and comes to a plan', async () => {
    const { job, revision, definition } = await create({ match: [['email']] })
    await expect(longshore.drafts.check(job, quiet)).rejects.toMatchObject({ code: 'column-ambiguous' })
    const asked = await longshore.drafts.read(job)
    expect(asked).toMatchObject({ checked: false, error: { code: 'column-ambiguous' } })
    expect(await longshore.drafts.edit(job, { revision, definition: changed(asked.definition, { dates: 'dmy' }) })).toEqual({ revision: 2, changed: ['dates'], again: ['check', 'run'] })
    expect(await longshore.drafts.check(job, quiet)).toMatchObject({ state: 'planned', counts: { created: 1, skipped: 1, failed: 1 } })
    expect(await longshore.drafts.read(job)).toMatchObject({ revision: 2, checked: true, planned: true, error: null })
    expect(await longshore.apply(job, quiet)).toMatchObject({ state: 'done', counts: { created: 1, skipped: 1, failed: 1 } })
    await expect(longshore.drafts.edit(job, { revision: 2, definition: changed(definition, { dates: 'mdy' }) })).rejects.toMatchObject({ code: 'draft.too-late' })
    await longshore.undo(job, { everything: true }, quiet)
  })

  it('keeps what was checked where only the strategy changes, and its corrections whatever changes', async () => {
    const { job } = await create({ match: [['email']], dates: 'dmy' })
    await longshore.drafts.check(job, quiet)
    await longshore.fixes.add(job, { fix: { kind: 'edit', cells: [{ row: 4, column: 2, value: 'Orr' }] } })
    const staged = () => longshore.rows<{ at: string }>('SELECT xmin::text AS at FROM org._staged WHERE job = $1 AND row_number IN (2, 3) ORDER BY 1', [job])
    const before = await staged()
    const { definition, revision } = await longshore.drafts.read(job)
    expect(await longshore.drafts.edit(job, { revision, definition: changed(definition, { merge: { title: 'never' } }) })).toEqual({ revision: 2, changed: ['merge'], again: ['run'] })
    expect(await longshore.job(job)).toMatchObject({ state: 'draft' })
    expect(await longshore.drafts.check(job, quiet)).toMatchObject({ state: 'planned', counts: { created: 2, skipped: 1, failed: 0 } })
    expect(await staged()).toEqual(before)

    const now = await longshore.drafts.read(job)
    expect((await longshore.drafts.edit(job, { revision: 2, definition: changed(now.definition, { onDuplicate: 'create', match: [] }) })).again).toEqual(['check', 'run'])
    expect(await longshore.drafts.check(job, quiet)).toMatchObject({ state: 'planned', counts: { created: 3, failed: 0 } })
    expect(await staged()).not.toEqual(before)
    await expect(longshore.drafts.edit(job, { revision: 3, definition: changed(now.definition, { source: { ...now.definition.source, headerRow: 0 } }) })).rejects.toMatchObject({ code: 'draft.has-fixes' })
  })

  it('tells the later of two editors who was faster, and what they changed', async () => {
    const { job, definition } = await create({ dates: 'dmy' })
    const edits = await Promise.allSettled([
      longshore.drafts.edit(job, { revision: 1, definition: changed(definition, { match: [['email']] }), by: 'bea@example.com' }),
      longshore.drafts.edit(job, { revision: 1, definition: changed(definition, { onSeveral: 'oldest' }), by: 'bea@example.com' }),
    ])
    expect(edits.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(edits.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'draft.conflict', message: expect.stringMatching(/bea@example.com changed (match|onSeveral)/) as string } })
    expect((await longshore.drafts.read(job)).edits.map(({ by, changed: what }) => [by, what.length])).toEqual([['ana@example.com', 0], ['bea@example.com', 1]])
  })

  it('is read otherwise when its settings say so', async () => {
    const { job, definition } = await create({ dates: 'dmy' })
    const again = await longshore.drafts.edit(job, { revision: 1, definition: changed(definition, { source: { ...definition.source, headerRow: 0 } }) })
    expect(again.again).toEqual(['map', 'match', 'check', 'run'])
    expect((await longshore.drafts.read(job)).layout).toMatchObject({ headerRow: 0 })
  })

  it('is thrown away by a cancel', async () => {
    const { job } = await create()
    expect(await longshore.cancel(job)).toMatchObject({ state: 'cancelled' })
    await expect(longshore.drafts.check(job, quiet)).rejects.toMatchObject({ code: 'job.state' })
  })
})
