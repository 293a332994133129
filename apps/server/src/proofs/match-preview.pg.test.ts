import fc from 'fast-check'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { expectedOf, type ImportDefinitionInput } from '@longshore/core'
import { openTestLongshore, type TestLongshore } from '../testing/open-test-longshore.ts'

vi.mock('../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../testing/parser-in-process.ts')).runParserHere }))

/** Files against records. `npm run test:model` asks for more. */
const cases = Math.ceil(Number(process.env['LONGSHORE_MODEL_CASES'] ?? 50) / 10)

let longshore: TestLongshore
beforeAll(async () => { longshore = await openTestLongshore('match-preview') })
afterAll(() => longshore.close())

interface Keyed { email: boolean; id: boolean }
/** A row with keys of its own, and the records that have some of them: no row repeats another, and none meets what another one changes. */
interface World { row: Keyed; records: (Keyed & { binned: boolean })[] }
type Way = Pick<ImportDefinitionInput, 'operation' | 'onDuplicate' | 'onSeveral' | 'match' | 'restoreBinned'>

const keyed = { email: fc.boolean(), id: fc.boolean() }
const world: fc.Arbitrary<World> = fc.record({ row: fc.record(keyed), records: fc.array(fc.record({ ...keyed, binned: fc.boolean() }), { maxLength: 3 }) })
const way: fc.Arbitrary<Way> = fc.record({
  what: fc.constantFrom<Pick<Way, 'operation' | 'onDuplicate'>[]>({ operation: 'insert', onDuplicate: 'skip' }, { operation: 'insert', onDuplicate: 'flag' }, { operation: 'insert', onDuplicate: 'create' },
    { operation: 'insert', onDuplicate: 'update' }, { operation: 'upsert' }, { operation: 'upsert' }, { operation: 'update' }, { operation: 'delete' }),
  onSeveral: fc.constantFrom<NonNullable<Way['onSeveral']>[]>('fail', 'oldest', 'newest', 'flag'), restores: fc.boolean(),
  match: fc.constantFrom<NonNullable<Way['match']>[]>([['email']], [['email'], ['external_id']], [['external_id'], ['email']]),
}).map(({ what, onSeveral, restores, match }) => ({
  ...what, match, onSeveral: onSeveral === 'flag' && (what.operation === 'update' || what.operation === 'delete') ? 'fail' : onSeveral,
  ...(restores && (what.operation === 'upsert' || what.operation === 'update' || what.onDuplicate === 'update') ? { restoreBinned: true } : {}),
}))

const line = (last: string, title: string, { email, id }: Keyed, w: number): string => `${last},${title},${email ? `w${w}@example.com` : ''},${id ? `W${w}` : ''}\n`
const header = 'Last Name,Job Title,Email,External ID\n'

/** Of a live record and one in the bin the live one is meant, also where another criterion finds it; of several in the bin the last one. */
const [byMail, byId, byBoth] = [{ email: true, id: false }, { email: false, id: true }, { email: true, id: true }]
const binnedBeside: World[] = [
  { row: byMail, records: [{ ...byMail, binned: false }, { ...byMail, binned: true }] }, { row: byMail, records: [{ ...byMail, binned: true }, { ...byMail, binned: true }] },
  { row: byBoth, records: [{ ...byMail, binned: true }, { ...byId, binned: false }, { ...byId, binned: false }] },
]

it('what rows meet before they are checked is what their plan does with them', { timeout: 60_000 + cases * 10_000 }, async () => {
  let n = 0
  await fc.assert(fc.asyncProperty(fc.array(world, { minLength: 15, maxLength: 25, size: 'max' }), way, async (worlds, given) => {
    n += 1
    await longshore.rows('TRUNCATE org.contacts, org._change')
    const records = worlds.flatMap((one, w) => one.records.map((record) => line(record.binned ? 'Binned' : 'Live', 'none', record, w)))
    if (records.length > 0) await longshore.importText(header + records.join(''), { object: 'contacts', operation: 'insert', onDuplicate: 'create' })
    const binned = await longshore.rows<{ id: string }>(`SELECT id::text FROM org.contacts WHERE last_name = 'Binned'`)
    if (binned.length > 0) await longshore.binRecords({ object: 'contacts', records: binned.map(({ id }) => id) })

    const file = longshore.file('list.csv', header + worlds.map(({ row }, w) => line('Row', `of ${n}`, row, w)).join(''))
    const { job, definition } = await longshore.drafts.create({ file, definition: { object: 'contacts', ...given, merge: { last_name: 'never', email: 'never', external_id: 'never' } } })
    const before = await longshore.drafts.matches(job)
    const { counts } = await longshore.drafts.check(job, () => undefined)
    expect(await longshore.drafts.matches(job)).toEqual(before)
    const { beside = 0, created = 0, ...others } = expectedOf(definition, before)
    const none = { created: 0, updated: 0, deleted: 0, skipped: 0, flagged: 0, failed: 0 }
    expect({ ...none, ...others, created: created + beside }).toEqual(Object.fromEntries(Object.keys(none).map((what) => [what, counts[what as keyof typeof none]])))
    expect(before.looked).toBe(worlds.length)
    if (given.restoreBinned === true) expect(before.binned).toBe(0)
    await longshore.cancel(job)
  }), { numRuns: cases, examples: [[binnedBeside, { operation: 'upsert', onSeveral: 'fail', match: [['email'], ['external_id']], restoreBinned: true }]] })
})
