import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openTestLongshore, type TestLongshore } from '../testing/open-test-longshore.ts'
import { plainTree, type TreeRecord, type TreeRow, type TreeWay } from '../testing/plain-tree.ts'
import { resultRows } from '../testing/result-rows.ts'
import type { Progress } from '../longshore.ts'

vi.mock('../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../testing/parser-in-process.ts')).runParserHere }))

/** Imports of the property. LONGSHORE_PROOF_CASES asks for more. */
const cases = Number(process.env['LONGSHORE_PROOF_CASES'] ?? 25)
let longshore: TestLongshore

const names = ['North', 'South', 'East', 'West', 'Head']
const row: fc.Arbitrary<TreeRow> = fc.record({
  name: fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...names) }, { weight: 1, arbitrary: fc.constant(null) }),
  parent: fc.constantFrom(...names, 'Holding', 'Trust', null, null),
  employees: fc.oneof({ weight: 8, arbitrary: fc.constantFrom('1', '2', null) }, { weight: 1, arbitrary: fc.constant('many') }),
})
const step = fc.record({
  known: fc.uniqueArray(fc.constantFrom('North', 'Head', 'Trust'), { maxLength: 2 }), rows: fc.array(row, { minLength: 1, maxLength: 9 }),
  way: fc.record({ operation: fc.constantFrom('insert', 'upsert'), missingReference: fc.constantFrom('error', 'create', 'create', 'blank') }) as fc.Arbitrary<TreeWay>,
  chunkRows: fc.constantFrom(1, 2, 3, 10_000), stop: fc.option(fc.record({ after: fc.integer({ min: 1, max: 8 }), afterwards: fc.constantFrom('resume', 'cancel') }), { freq: 3 }),
})

describe('random trees of accounts', () => {
  beforeAll(async () => { longshore = await openTestLongshore('file-references-model') })
  afterAll(async () => {
    delete process.env['LONGSHORE_CHUNK_ROWS']
    await longshore.close()
  })

  it(`${cases} of them end as one that follows each row to its parent, and go back when they are undone`, { timeout: 60_000 + cases * 5_000 }, async () => {
    const seen: Record<string, number> = {}
    await fc.assert(fc.asyncProperty(step, async ({ known, rows, way, chunkRows, stop }) => {
      await longshore.rows('TRUNCATE org.accounts, org._change')
      delete process.env['LONGSHORE_CHUNK_ROWS']
      if (known.length > 0) await longshore.importText(`Account Name\n${known.join('\n')}\n`, { object: 'accounts' })
      const before = await stored()
      process.env['LONGSHORE_CHUNK_ROWS'] = String(chunkRows)
      const stopping = new AbortController()
      const watch = ({ phase, done }: Progress): void => { if (stop !== null && phase === 'applying' && done >= stop.after) stopping.abort() }
      let job = await longshore.importText(`Account Name,Parent,Employees,Remark\n${rows.map(({ name, parent, employees }) => [name, parent, employees, 'x'].join(',')).join('\n')}\n`,
        { object: 'accounts', ...way, match: [['name']], columns: [{ header: 'Account Name', field: 'name' }, { header: 'Parent', field: 'parent_account.name' }, { header: 'Employees', field: 'employee_count' }, { header: 'Remark', field: null }] }, { watch, signal: stopping.signal })
      if (job.state === 'paused') job = stop?.afterwards === 'cancel' ? await longshore.cancel(job.job) : await longshore.resume(job.job, () => undefined)
      const model = new Map(before)
      const meant = plainTree(model, job.job, rows, way)
      const after = await stored()
      if (job.state === 'done') {
        expect(resultRows(job).map(({ row: number, outcome, record }) => ({ row: number, outcome, record }))).toEqual(meant.map(({ record, ...rest }) => ({ ...rest, record: record?.toString() ?? null })))
        expect(plain(after)).toEqual(plain(model))
        expect(job.related['accounts'] ?? 0).toBe([...after.values()].filter(({ id }) => id >> 35n === BigInt(job.job) && (id & 7n) !== 0n).length)
      } else {
        const ids = new Set([...after.values()].map(({ id }) => id))
        expect([...after.values()].filter(({ parent }) => parent !== null && !ids.has(parent)), 'no link leads nowhere').toEqual([])
      }
      for (const { outcome } of meant) seen[outcome] = (seen[outcome] ?? 0) + 1
      seen['made'] = (seen['made'] ?? 0) + (job.related['accounts'] ?? 0)
      seen[job.state] = (seen[job.state] ?? 0) + 1
      const undone = await longshore.undo(job.job, { everything: false }, () => undefined)
      expect([undone.kept ?? 0, plain(await stored())]).toEqual([0, plain(before)])
    }), { numRuns: cases })
    for (const what of ['created', 'updated', 'skipped', 'failed', 'made', 'done']) expect(seen[what] ?? 0, what).toBeGreaterThan(cases / 20)
  })
})

async function stored(): Promise<Map<string, TreeRecord>> {
  const rows = await longshore.rows<{ id: string; name: string; parent: string | null; employees: string | null }>('SELECT id::text, name, parent_account::text AS parent, employee_count::text AS employees FROM org.accounts WHERE deleted_at IS NULL ORDER BY id')
  return new Map(rows.map(({ id, parent, ...rest }) => [rest.name, { id: BigInt(id), parent: parent === null ? null : BigInt(parent), ...rest }]))
}

function plain(store: ReadonlyMap<string, TreeRecord>): unknown {
  return [...store.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)).map(({ id, name, parent, employees }) => [id.toString(), name, parent?.toString() ?? null, employees])
}
