import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { ImportDefinition } from '@longshore/core'
import { correctedByHand, type ModelFix } from '../testing/fixes-model.ts'
import { openTestLongshore, type TestLongshore } from '../testing/open-test-longshore.ts'

vi.mock('../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../testing/parser-in-process.ts')).runParserHere }))

/** Files with their corrections. `npm run test:fixes` asks for more. */
const cases = Number(process.env['LONGSHORE_FIX_CASES'] ?? 12)

const columns = ['First Name', 'Last Name', 'Email', 'Birthdate', 'Lead Source', 'Company', 'Ref'] as const
const pools: string[][] = [
  ['Ada', ' Ada', 'Bob', 'bob', '', 'x"y', 'a\\b', 'Żó'], ['King', 'Wu', '', 'Wu; Li'], ['ada@example.com', 'ADA@example.com', 'bob@', 'cy@example.com', ''], ['03/04/1980', '05/06/1981', '13/01/1982', '1983-02-01', 'soon', ''],
  ['Web', 'web ', 'Wbe', 'Event', '', 'n/k'], ['Acme Inc.', 'ACME', 'Globex', ''],
]
const fields = ['first_name', 'last_name', 'email', 'birthdate', 'lead_source', 'account.name', 'external_id']
const dateColumn = 4
const cellOf = (column: number): fc.Arbitrary<string> => fc.constantFrom(...pools[column - 1] ?? ['x'])
const anyColumn = fc.integer({ min: 1, max: 6 })
const filled = (text: string): boolean => text.trim() !== ''

const fixOf = (rows: number): fc.Arbitrary<ModelFix> => {
  const row = fc.integer({ min: 2, max: rows + 1 })
  const some = fc.uniqueArray(row, { minLength: 1, maxLength: rows }).map((list) => list.sort((a, b) => a - b))
  return fc.oneof(
    fc.array(anyColumn.chain((column) => fc.record({ row, column: fc.constant(column), value: cellOf(column) })), { minLength: 1, maxLength: 3 }).map((cells): ModelFix => ({ kind: 'edit', cells })),
    anyColumn.chain((column) => fc.record({ kind: fc.constant('map-value' as const), column: fc.constant(column), from: cellOf(column).filter(filled), to: cellOf(column) })),
    anyColumn.chain((column) => fc.record({ kind: fc.constant('treat-as-empty' as const), column: fc.constant(column), value: cellOf(column).filter(filled) })),
    fc.record({ kind: fc.constant('replace' as const), column: anyColumn, find: fc.constantFrom('a', 'b', '@', '\\', '"', 'Web', '/', ' '), with: fc.constantFrom('', 'b', '@', '-', '$&') }),
    anyColumn.chain((column) => fc.record({ kind: fc.constant('fill' as const), column: fc.constant(column), value: cellOf(column), rows: some })),
    fc.record({ kind: fc.constant('read-dates' as const), column: fc.constant(dateColumn), dates: fc.constantFrom('dmy' as const, 'mdy' as const) }),
    fc.record({ kind: fc.constant('leave-out' as const), rows: some }),
  )
}

type Act = { kind: 'fix'; fix: ModelFix } | { kind: 'undo' | 'redo'; which: number } | { kind: 'plan' }
const corrections = fc.integer({ min: 1, max: 7 }).chain((rows) => fc.record({
  file: fc.array(fc.tuple(...pools.map((pool) => fc.constantFrom(...pool))), { minLength: rows, maxLength: rows }).map((list) => list.map((cells, i) => [...cells, `r${i + 2}`])),
  acts: fc.array(fc.oneof(
    { weight: 6, arbitrary: fixOf(rows).map((fix): Act => ({ kind: 'fix' as const, fix })) }, { weight: 3, arbitrary: fc.nat().map((which): Act => ({ kind: 'undo', which })) },
    { weight: 2, arbitrary: fc.nat().map((which): Act => ({ kind: 'redo', which })) }, { weight: 1, arbitrary: fc.constant<Act>({ kind: 'plan' }) },
  ), { minLength: 1, maxLength: 9, size: 'max' }),
  onDuplicate: fc.constantFrom('skip' as const, 'update' as const, 'flag' as const),
}))

interface Kept { staged: unknown[]; issues: unknown[]; plan: unknown[] }
const quiet = (): undefined => undefined
const csv = (rows: readonly (readonly string[] | null)[]): string => [columns, ...rows].map((cells) => (cells === null ? '' : cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','))).join('\n')

describe('random corrections', () => {
  let longshore: TestLongshore
  beforeAll(async () => { longshore = await openTestLongshore('fixes-model') })
  afterAll(() => longshore.close())

  /** All that is kept of the rows of a job and of its plan. Records that are not there yet are named by their rows. */
  async function kept(job: number): Promise<Kept> {
    const stands = `NOT EXISTS (SELECT 1 FROM org._left_out l WHERE l.job = t.job AND l.row_number = t.row_number)`
    const ofJob = (text: string): string => text.replace(/\b\d{9,19}\b/g, (id) => (BigInt(id) >> 35n === BigInt(job) ? `row ${(BigInt(id) >> 3n) & 0xffffffffn}.${BigInt(id) & 7n}` : id))
    return JSON.parse(ofJob(JSON.stringify({
      staged: await longshore.rows(`SELECT row_number, errors, create_errors, cells, keys::text AS keys, defaulted::text AS defaulted FROM org._staged t WHERE job = $1 AND ${stands} ORDER BY 1`, [job]),
      issues: await longshore.rows(`SELECT row_number, seq, code, severity, on_create, column_name, field, value, message FROM org._issue t WHERE job = $1 AND ${stands} ORDER BY 1, 2`, [job]),
      plan: await longshore.rows(`SELECT row_number, action, reason, makes, turn, record, anchor, merged::text AS merged, before, after FROM org._plan t WHERE job = $1 AND action <> 6 ORDER BY 1`, [job]),
    }))) as Kept
  }

  it(`${cases} sequences of fixes, undone and redone in any order, come to what a file corrected by hand gives`, { timeout: 60_000 + cases * 30_000 }, async () => {
    await fc.assert(fc.asyncProperty(corrections, async ({ file, acts, onDuplicate }) => {
      const { job } = await longshore.importText(csv(file), { object: 'contacts', match: [['email']], onDuplicate, missingReference: 'create', autoMap: false,
        columns: fields.map((field, i) => ({ position: i + 1, field, ...(i + 1 === dateColumn ? { dates: 'dmy' as const } : {}) })) }, { dryRun: true })
      const made: { fix: ModelFix; undone: boolean }[] = []
      for (const act of acts) {
        if (act.kind === 'plan') { await longshore.plan(job, quiet); continue }
        if (act.kind === 'fix') {
          const { kind } = act.fix
          const { rows, fix } = kind === 'fill' || kind === 'leave-out' ? { rows: act.fix.rows, fix: { ...act.fix, rows: undefined } } : { rows: undefined, fix: act.fix }
          await longshore.fixes.add(job, { fix: JSON.parse(JSON.stringify(fix)) as unknown, ...(rows === undefined ? {} : { rows }) })
          made.push({ fix: act.fix, undone: false })
          continue
        }
        const found = made.flatMap(({ undone }, i) => (undone === (act.kind === 'redo') ? [i] : []))
        const which = found[act.which % Math.max(1, found.length)]
        const one = made[which ?? -1]
        if (which === undefined || !one) continue
        await longshore.fixes[act.kind](job, which + 1)
        one.undone = act.kind === 'undo'
      }
      const { rows, leftOut, dates } = correctedByHand(file, made.filter(({ undone }) => !undone).map(({ fix }) => fix))

      const window = await longshore.stagedRows.window(job, { filter: { status: 'all' }, start: { position: 0 }, limit: 200 })
      expect(window.rows.map(({ cells }) => cells)).toEqual(rows)
      await longshore.plan(job, quiet)
      const corrected = await kept(job)
      const definition = (await longshore.job(job)).definition as ImportDefinition
      const byHand = await longshore.importText(csv(rows.map((cells, i) => (leftOut.has(i + 2) ? null : cells))), {
        ...definition, columns: definition.columns.map((column) => (column.position === dateColumn && dates !== null ? { ...column, dates } : column)),
      }, { dryRun: true, name: 'by-hand.csv' })
      expect(corrected).toEqual(await kept(byHand.job))
      const { excluded, ...counts } = (await longshore.job(job)).counts
      expect([excluded, counts]).toEqual([leftOut.size, { ...byHand.counts, excluded: undefined }])

      // and what one fix after the other has come to is what checking the whole file anew comes to
      process.env['LONGSHORE_RECHECK_ROWS'] = '-1'
      try {
        const before = await longshore.rows('SELECT row_number, source, original, fixes FROM org._staged WHERE job = $1 ORDER BY 1', [job])
        expect(await longshore.fixes.add(job, { fix: { kind: 'map-value', column: 7, from: 'no such value', to: 'x' } })).toMatchObject({ touched: null })
        await longshore.plan(job, quiet)
        expect(await kept(job)).toEqual(corrected)
        expect(await longshore.rows('SELECT row_number, source, original, fixes FROM org._staged WHERE job = $1 ORDER BY 1', [job])).toEqual(before)
      } finally { delete process.env['LONGSHORE_RECHECK_ROWS'] }
    }), { numRuns: cases, endOnFailure: process.env['LONGSHORE_PROOF_SHRINK'] === undefined })
  })
})
