import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { ImportDefinitionInput } from '@longshore/core'
import { openTestLongshore, type TestLongshore } from '../testing/open-test-longshore.ts'
import { resultRows } from '../testing/result-rows.ts'
import { fields, Model, type FieldName, type Fields, type ModelImport, type ModelRow, type Rule, type Value } from '../testing/rules-model.ts'

vi.mock('../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../testing/parser-in-process.ts')).runParserHere }))

/** Sequences of two to six steps. `npm run test:model` asks for more. */
const cases = Number(process.env['LONGSHORE_MODEL_CASES'] ?? 50)

const pools: Record<FieldName, Value[]> = {
  email: ['ada@example.com', 'bob@example.com', 'cy@example.com', null], external_id: ['X1', 'X2', 'x1', null], last_name: ['Lovelace', 'Byron', 'lovelace', null], title: ['CEO', 'CFO', null],
  tags: [['a'], ['b'], ['a', 'c'], ['c', 'b'], null], description: ['met', 'called', 'wrote', null], updated_at: ['2020-01-01T00:00:00Z', '2021-01-01T00:00:00Z', '2099-01-01T00:00:00Z', null],
}
const headers: Record<FieldName, string> = { email: 'Email', external_id: 'External ID', last_name: 'Last Name', title: 'Job Title', tags: 'Tags', description: 'Description', updated_at: 'Last Modified' }
const matches: readonly (readonly FieldName[])[][] = [[['email']], [['external_id']], [['email'], ['external_id']], [['last_name', 'title']], [['external_id'], ['last_name', 'title']]]

type Step =
  | { kind: 'import'; what: ModelImport; rows: ModelRow[]; chunkRows: number }
  | { kind: 'edit'; which: number; values: Fields }
  | { kind: 'undo'; which: number }
  | { kind: 'restore'; which: number }

const cells = (names: readonly FieldName[]): fc.Arbitrary<Fields> => fc.tuple(...names.map((name) => fc.constantFrom(...pools[name]))).map((values) => new Map(names.map((name, i) => [name, values[i] ?? null])))
const rulesOf = (name: FieldName): Rule[] => ['always', 'if-empty', 'if-newer', 'never', ...(name === 'tags' || name === 'description' ? ['append' as const] : [])]

const importStep: fc.Arbitrary<Step> = fc.record({
  way: fc.constantFrom<Pick<ModelImport, 'operation' | 'onDuplicate'>[]>(
    { operation: 'insert', onDuplicate: 'skip' }, { operation: 'insert', onDuplicate: 'update' }, { operation: 'insert', onDuplicate: 'update-if-newer' }, { operation: 'insert', onDuplicate: 'create' },
    { operation: 'insert', onDuplicate: 'flag' }, { operation: 'update', onDuplicate: 'skip' }, { operation: 'upsert', onDuplicate: 'skip' }, { operation: 'upsert', onDuplicate: 'skip' }, { operation: 'delete', onDuplicate: 'skip' }, { operation: 'delete', onDuplicate: 'skip' }),
  onSeveral: fc.constantFrom<ModelImport['onSeveral'][]>('fail', 'oldest', 'newest', 'flag'), match: fc.constantFrom(...matches), restores: fc.boolean(),
  ruled: fc.subarray<FieldName>(['email', 'last_name', 'title', 'tags', 'description'], { maxLength: 3 }), rules: fc.array(fc.nat(), { minLength: 3, maxLength: 3 }),
  clears: fc.subarray<FieldName>(['title', 'description', 'tags', 'email']), rows: fc.array(cells(fields), { minLength: 1, maxLength: 6, size: 'max' }), chunkRows: fc.constantFrom(1, 2, 10_000),
}).map(({ way, onSeveral, match, restores, ruled, rules, clears, rows, chunkRows }): Step => ({
  kind: 'import', chunkRows,
  what: {
    ...way, match, restores: restores && (way.operation === 'update' || way.operation === 'upsert' || way.onDuplicate.startsWith('update')), clears: new Set(clears), onSeveral: onSeveral === 'flag' && (way.operation === 'update' || way.operation === 'delete') ? 'fail' : onSeveral,
    merge: new Map(ruled.map((name, i) => [name, rulesOf(name)[(rules[i] ?? 0) % rulesOf(name).length] ?? 'always'])),
  },
  // rows without any cell are no rows
  rows: rows.map((row, i) => ({ row: i + 2, cells: row })).filter(({ cells: found }) => [...found.values()].some((value) => value !== null)).map((row, i) => ({ ...row, row: i + 2 })),
}))
const steps = fc.array(fc.oneof(
  { weight: 6, arbitrary: importStep },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('edit' as const), which: fc.nat(), values: fc.subarray<FieldName>(['email', 'title', 'tags', 'description', 'last_name'], { minLength: 1, maxLength: 2 }).chain(cells) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('undo' as const), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restore' as const), which: fc.nat() }) },
), { minLength: 2, maxLength: cases > 100 ? 7 : 5, size: 'max' })

let longshore: TestLongshore
/** What stands for a job's own moment. */
const now = (): string => new Date().toISOString()

describe('random sequences of imports, edits, undo and the bin', () => {
  beforeAll(async () => { longshore = await openTestLongshore('rules-model') })
  afterAll(async () => {
    delete process.env['LONGSHORE_CHUNK_ROWS']
    await longshore.close()
  })

  it(`${cases} of them leave the records, outcomes and history that a plain model leaves`, { timeout: 60_000 + cases * 20_000 }, async () => {
    const seen: Record<string, number> = {}
    await fc.assert(fc.asyncProperty(steps, async (sequence) => {
      await longshore.rows('TRUNCATE org.contacts, org._change, org._review')
      const model = new Model()
      const done: number[] = []
      for (const step of sequence) await carryOut(step, model, done, seen)
    }), { numRuns: cases, endOnFailure: process.env['LONGSHORE_PROOF_SHRINK'] === undefined })
    // sequences that reach only some outcomes would prove little; a delete and an update that brings its record back seldom meet in a few
    for (const outcome of ['created', 'updated', 'skipped', 'failed', 'flagged', 'deleted', ...(cases > 100 ? ['restored'] : []), 'undo', 'kept', 'edit']) expect(seen[outcome] ?? 0, outcome).toBeGreaterThan(outcome === 'restored' ? 0 : cases / 100)
  })
})

async function carryOut(step: Step, model: Model, done: number[], seen: Record<string, number>): Promise<void> {
  const count = (what: string, by = 1): void => { seen[what] = (seen[what] ?? 0) + by }
  const records = [...model.records.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  switch (step.kind) {
    case 'import': {
      process.env['LONGSHORE_CHUNK_ROWS'] = String(step.chunkRows)
      const planned = await longshore.importText(fileOf(step.rows), definitionOf(step.what), { dryRun: true })
      const job = await longshore.apply(planned.job, () => undefined)
      expect([job.counts, job.replanned], 'the plan is the preview').toEqual([planned.counts, 0])
      const meant = model.import(job.job, step.what, step.rows, now())
      const results = resultRows({ ...job, results: await longshore.results(job.job, { formats: ['csv'] }) })
      expect(results.map(({ row, outcome, record }) => [row, outcome, record])).toEqual(meant.map(({ row, outcome, record }) => [row, outcome, record?.toString() ?? null]))
      for (const [i, { outcome, reason }] of meant.entries()) {
        count(outcome)
        if (reason === 'restored') count('restored')
        if (reason === 'older') expect(results[i]?.reason).toBe('the record is newer')
        if (reason === 'nothing-to-change') expect(results[i]?.reason).toBe('the record already holds these values')
      }
      done.push(job.job)
      break
    }
    case 'edit': {
      const live = records.filter(({ binned }) => !binned)
      const record = live[step.which % Math.max(live.length, 1)]
      if (!record) return
      // a required field is never edited away
      const values = new Map([...step.values].filter(([name, value]) => name !== 'last_name' || value !== null))
      await longshore.editRecord({ object: 'contacts', record: record.id.toString(), values: Object.fromEntries([...values].map(([name, value]) => [name, textOf(value)])) })
      model.edit(record.id, values, now())
      count('edit')
      break
    }
    case 'undo': {
      const open = done.filter((job) => !model.undone.has(job))
      const job = open[step.which % Math.max(open.length, 1)]
      if (job === undefined) return
      const preview = await longshore.undoPreview(job, { everything: false })
      const undo = await longshore.undo(job, { everything: false }, () => undefined)
      const kept = model.undo(job, undo.job)
      expect([undo.state, undo.kept, preview.keptCount]).toEqual(['done', kept, kept])
      count('undo')
      count('kept', kept)
      break
    }
    case 'restore': {
      const binned = records.filter((record) => record.binned)
      const record = binned[step.which % Math.max(binned.length, 1)]
      if (!record) return
      await longshore.restore({ object: 'contacts', records: [record.id.toString()] })
      model.restore(record.id)
      count('restore')
    }
  }
  await compare(model)
}

/** A moment of a job or edit is `now` on both sides: what the pool of a file holds is not. */
const moment = (value: Value | undefined): Value => (pools.updated_at.some((known) => known === value) ? value ?? null : 'now')

async function compare(model: Model): Promise<void> {
  const stored = await longshore.rows<Record<string, unknown>>(`SELECT id::text, deleted_at IS NOT NULL AS binned, email, external_id, last_name, title, tags, description,
    to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS updated_at FROM org.contacts c ORDER BY c.id`)
  const sorted = [...model.records.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  expect(stored.map((record) => ({ ...record, updated_at: moment(record['updated_at'] as string) })))
    .toEqual(sorted.map(({ id, binned, fields: held }) => ({ id: id.toString(), binned, ...Object.fromEntries(held), updated_at: moment(held.get('updated_at')) })))
  const history = await longshore.rows<{ record: string; kind: string; job: number | null; names: string[] }>(
    `SELECT record::text, kind, job, coalesce((SELECT array_agg(k ORDER BY k COLLATE "C") FROM jsonb_object_keys(after) k WHERE k NOT IN ('as_of', 'updated_at')), '{}') AS names FROM org._change c ORDER BY c.record, c.id`)
  expect(history).toEqual(sorted.flatMap(({ id, changes }) => changes.map(({ kind, job, after }) => ({ record: id.toString(), kind, job, names: [...after.keys()].filter((name) => name !== 'updated_at').sort() }))))
  const pairs = await longshore.rows<{ pair: string }>(`SELECT record || ' ' || other AS pair FROM org._review ORDER BY 1`)
  expect(pairs.map(({ pair }) => pair)).toEqual(model.pairs.map(([record, other]) => `${record} ${other}`).sort())
}

function definitionOf(what: ModelImport): ImportDefinitionInput {
  return {
    object: 'contacts', operation: what.operation, onDuplicate: what.onDuplicate, onSeveral: what.onSeveral, restoreBinned: what.restores, match: what.match.map((criterion) => [...criterion]),
    merge: Object.fromEntries(what.merge), columns: [...what.clears].map((name) => ({ header: headers[name], field: name, blankClears: true })),
    source: { delimiter: ',', headerRow: 1 },
  }
}

function fileOf(rows: readonly ModelRow[]): string {
  return `${[fields.map((name) => headers[name]).join(','), ...rows.map(({ cells: found }) => fields.map((name) => textOf(found.get(name) ?? null) ?? '').join(','))].join('\n')}\n`
}

function textOf(value: Value): string | null {
  return typeof value === 'string' || value === null ? value : value.join(';')
}
