import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { setFailpoints } from '@longshore/core'
import type { ImportDefinitionInput } from '@longshore/core'
import { openTestLongshore, type TestLongshore } from '../testing/open-test-longshore.ts'

vi.mock('../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../testing/parser-in-process.ts')).runParserHere }))

let longshore: TestLongshore
const quiet = (): void => undefined
const people = Array.from({ length: 40 }, (_, i) => i)
const list = (row: (i: number) => string): string => `Last Name,Email,Job Title,Description\n${people.map(row).join('\n')}\n`
// every third changes nothing, every tenth names a record that another row names, too
const before = list((i) => `L${i},p${i}@example.com,${i % 2 === 0 ? '' : 'Boss'},met`)
const after = list((i) => (i % 3 === 0 ? `L${i},p${i}@example.com,,` : `M${i},p${i % 10 === 0 ? i - 9 : i}@example.com,CEO,called`))
const definition: ImportDefinitionInput = { object: 'contacts', operation: 'update', match: [['email']], merge: { title: 'if-empty', description: 'append' } }

beforeAll(async () => { longshore = await openTestLongshore('planned_beside') })
afterAll(() => longshore.close())
beforeEach(async () => {
  await longshore.rows('TRUNCATE org.contacts, org._change')
  await longshore.importText(before, { object: 'contacts' })
})
afterEach(() => {
  setFailpoints(null)
  delete process.env['LONGSHORE_CHUNK_ROWS']
  delete process.env['LONGSHORE_APPLY_CONNECTIONS']
})

function use(chunkRows: number, connections: number): void {
  Object.assign(process.env, { LONGSHORE_CHUNK_ROWS: String(chunkRows), LONGSHORE_APPLY_CONNECTIONS: String(connections) })
}

/** Records told by their addresses: each test has others. */
const planOf = (job: number) => longshore.rows(`SELECT p.row_number, p.action, p.reason, o.email, p.mark, p.before - 'updated_at' AS before, p.after - 'updated_at' AS after FROM org._plan p LEFT JOIN org.contacts o ON o.id = p.record WHERE p.job = $1 ORDER BY 1`, [job])
const stored = () => longshore.rows('SELECT email, last_name, title, description FROM org.contacts ORDER BY email')
const history = (job: number) => longshore.rows(`SELECT c.row_number, o.email, c.before - 'updated_at' AS before, c.after - 'updated_at' AS after FROM org._change c JOIN org.contacts o ON o.id = c.record WHERE c.job = $1 ORDER BY 1`, [job])

/** Whether a plan was made by two. */
function watchFor(place: string, then: () => void = quiet): { times: number } {
  const seen = { times: 0 }
  setFailpoints((name) => { if (name === place) { seen.times++; then() } })
  return seen
}

it('a plan that two connections make side by side is the one that one makes', async () => {
  use(10_000, 2)
  const alone = watchFor('plan.beside-committed')
  const one = await longshore.importText(after, definition, { dryRun: true })
  use(3, 2)
  const beside = watchFor('plan.beside-committed')
  const two = await longshore.importText(after, definition, { dryRun: true })
  expect([alone.times, beside.times]).toEqual([0, 1])
  expect(two.counts).toEqual(one.counts)
  expect(await planOf(two.job)).toEqual(await planOf(one.job))
})

it.each(['plan.beside-committed', 'plan.before-commit', 'plan.after-commit'])('what one of them leaves behind when planning ends at %s is no plan, and planning anew takes its place', async (place) => {
  use(10_000, 1)
  const whole = await longshore.importText(after, definition)
  const [records, changes] = [await stored(), await history(whole.job)]
  await longshore.rows('TRUNCATE org.contacts, org._change')
  await longshore.importText(before, { object: 'contacts' })
  use(3, 2)
  const died = watchFor(place, () => { throw new Error('interrupted') })
  await expect(longshore.importText(after, definition)).rejects.toThrow('interrupted')
  const [left] = await longshore.rows<{ job: number; rows: number }>('SELECT (SELECT max(number) FROM longshore.job)::integer AS job, count(*)::integer AS rows FROM org._plan WHERE job = (SELECT max(number) FROM longshore.job)')
  expect(died.times).toBe(1)
  expect(left?.rows).toBeGreaterThan(0)
  setFailpoints(null)
  expect(await longshore.job(left?.job ?? 0)).toMatchObject({ state: 'failed', counts: { updated: 0, created: 0 } })
  const done = await longshore.resume(left?.job ?? 0, quiet)
  expect(done.counts).toEqual(whole.counts)
  expect([await stored(), await history(done.job)]).toEqual([records, changes])
})

it('where one of them fails, nothing of either is kept', async () => {
  use(3, 2)
  await longshore.rows(`CREATE FUNCTION org.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.row_number = 39 THEN RAISE 'refused'; END IF; RETURN NEW; END $$`)
  await longshore.rows('CREATE TRIGGER refuse BEFORE INSERT ON org._plan FOR EACH ROW EXECUTE FUNCTION org.refuse()')
  try {
    await expect(longshore.importText(after, definition)).rejects.toThrow('refused')
    expect(await longshore.rows('SELECT row_number FROM org._plan WHERE job = (SELECT max(number) FROM longshore.job)')).toEqual([])
  } finally {
    await longshore.rows('DROP TRIGGER refuse ON org._plan')
  }
})

it('sixteen plans at once, which hold all connections of a process, wait for no second ones', async () => {
  use(3, 2)
  const beside = watchFor('plan.beside-committed')
  const one = await longshore.importText(after, definition, { dryRun: true })
  expect(beside.times).toBe(1)
  watchFor('plan.after-rows', () => { throw new Error('interrupted') })
  for (let i = 0; i < 16; i++) await expect(longshore.importText(after, definition, { dryRun: true })).rejects.toThrow('interrupted')
  const jobs = Array.from({ length: 16 }, (_, i) => one.job + 1 + i)
  let holding = 0
  let go = quiet
  const all = new Promise<void>((resolve) => { go = resolve })
  setFailpoints(async (name) => {
    if (name !== 'plan.after-rows') return
    if (++holding === jobs.length) go()
    await all
  })
  const planned = await Promise.all(jobs.map((job) => longshore.resume(job, quiet)))
  expect(planned.map(({ state, counts }) => ({ state, counts }))).toEqual(jobs.map(() => ({ state: 'planned', counts: one.counts })))
  expect(holding).toBe(16)
  expect(await planOf(planned[0]?.job ?? 0)).toEqual(await planOf(one.job))
}, 60_000)
