import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openTestLongshore, type TestLongshore } from '../testing/open-test-longshore.ts'
import { fieldsOfColumns, fileOf, ownersInTurn, randomCase, wide, type RandomImport } from '../testing/random-import.ts'
import { errorRows, resultRows, type ErrorRow, type ResultRow } from '../testing/result-rows.ts'
import { rowsWithNumbers, sequentialImport, type PlainOutcome, type PlainStore } from '../testing/sequential-import.ts'
import type { JobSummary, Progress } from '../longshore.ts'

vi.mock('../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../testing/parser-in-process.ts')).runParserHere }))

/** Cases of the property; each holds one to three imports. LONGSHORE_PROOF_CASES asks for more. */
const cases = Number(process.env['LONGSHORE_PROOF_CASES'] ?? 50)

/** What the cases came to, beside outcomes. */
const seenChanges = { accounts: 0 }
const storedFields = Object.values(fieldsOfColumns).filter((field) => field !== null && !field.startsWith('account.')) as string[]
let longshore: TestLongshore

describe('random files × operations, recounted independently', () => {
  beforeAll(async () => {
    longshore = await openTestLongshore('conservation')
    for (const email of ownersInTurn) await longshore.rows('INSERT INTO longshore.member (organization, email, name) VALUES (1, $1, $1)', [email])
  })
  afterAll(async () => {
    delete process.env['LONGSHORE_CHUNK_ROWS']
    await longshore.close()
  })

  it(`${cases} cases do what one row after the other would do, and account for every row`, { timeout: 60_000 + cases * 5_000 }, async () => {
    const seen: Record<string, number> = {}
    await fc.assert(fc.asyncProperty(randomCase(), async ({ accounts, imports }) => {
      await longshore.rows('TRUNCATE org.contacts, org.accounts, org._change, org._review')
      if (accounts.length > 0) await longshore.importText(`Account Name\n${accounts.join('\n')}\n`, { object: 'accounts' })
      for (const step of imports) {
        const before = await readStore()
        const job = await run(step)
        const recounted = job.state === 'cancelled' ? await accountForCancelled(job, step, before) : await accountFor(job, step, before)
        if (step.undone) await takeBack(job, before)
        for (const [outcome, count] of Object.entries(recounted)) seen[outcome] = (seen[outcome] ?? 0) + count
      }
    }), { numRuns: cases, endOnFailure: process.env['LONGSHORE_PROOF_SHRINK'] === undefined })
    // random cases that reach only some outcomes would prove little
    expect(seenChanges.accounts, 'accounts').toBeGreaterThanOrEqual(cases / 50)
    for (const outcome of ['created', 'updated', 'skipped', 'failed', 'excluded', ...(wide ? ['flagged', 'deleted'] : [])]) expect(seen[outcome], outcome).toBeGreaterThanOrEqual(cases / 50)
  })
})

async function run(step: RandomImport): Promise<JobSummary> {
  process.env['LONGSHORE_CHUNK_ROWS'] = String(step.chunkRows)
  const stopping = new AbortController()
  const watch = ({ phase, done }: Progress): void => { if (step.stop !== null && phase === 'applying' && done >= step.stop.afterRows) stopping.abort() }
  const records = await readStore()
  const first = await longshore.importText(fileOf(step), step.definition, { dryRun: step.inTwoSteps, watch, signal: stopping.signal })
  let job = first
  if (step.inTwoSteps) {
    expect([first.state, await readStore()], 'a dry run writes nothing').toEqual(['planned', records])
    job = await longshore.apply(first.job, watch, stopping.signal)
  }
  if (job.state === 'paused') job = step.stop?.afterwards === 'cancel' ? await longshore.cancel(job.job) : await longshore.resume(job.job, () => undefined)
  if (step.inTwoSteps && job.state === 'done') expect([job.counts, job.replanned], 'the plan is the preview').toEqual([first.counts, 0])
  return job
}

/** Undo gives every record and every value of before. */
async function takeBack(job: JobSummary, before: PlainStore): Promise<void> {
  const undo = await longshore.undo(job.job, { everything: false }, () => undefined)
  expect([undo.state, undo.counts.failed, undo.kept ?? 0]).toEqual(['done', 0, 0])
  expect(plain(await readStore()), 'undo gives back what was').toEqual(plain(before))
}

/** What a cancelled job wrote is what the uninterrupted one would have written to those rows; all other rows are excluded. */
async function accountForCancelled(job: JobSummary, step: RandomImport, before: PlainStore): Promise<Record<string, number>> {
  const meant = sequentialImport(copyOf(before), job.job, step)
  // results are only written when asked for: a cancelled job has them all the same
  const results = resultRows({ ...job, results: await longshore.results(job.job, { formats: ['csv'] }) })
  const counted = recount(results)
  expect(results.map(({ row }) => row)).toEqual(rowsWithNumbers(step.rows).map(({ row }) => row))
  expect([job.rows, withoutZeros(job.counts)]).toEqual([results.length, counted])
  for (const [i, { outcome, record }] of results.entries()) {
    if (outcome !== 'excluded') expect([outcome, record]).toEqual([meant[i]?.outcome, meant[i]?.record?.toString() ?? null])
  }
  const after = await readStore()
  expect([...after.contacts.keys()].filter((id) => id >> 35n === BigInt(job.job)).length).toBe((counted['created'] ?? 0) + (counted['flagged'] ?? 0))
  await ownersTookTurns(step, meant)
  expect([...after.contacts.values()].filter(({ account }) => account !== null && !after.accounts.has(account)), 'no link leads nowhere').toEqual([])
  await changesLeadBack(job, before, after)
  return counted
}

/** Holds what a job says and did against the file and against the sequential meaning of it. Returns the recounted outcomes. */
async function accountFor(job: JobSummary, step: RandomImport, before: PlainStore): Promise<Record<string, number>> {
  expect(job.state).toBe('done')
  const model = copyOf(before)
  const meant = sequentialImport(model, job.job, step)
  const results = resultRows(job)
  const counted = recount(results)

  // every row has one outcome, and they add up to the rows of the file
  expect(results.map(({ row }) => row)).toEqual(rowsWithNumbers(step.rows).map(({ row }) => row))
  expect(job.rows).toBe(results.length)
  expect(withoutZeros(job.counts)).toEqual(counted)
  expect(Object.values(job.counts).reduce((sum, count) => sum + count, 0)).toBe(job.rows)
  // each is the one that carrying out row after row gives
  const report = errorRows(job)
  expect(report.map(({ row }) => row), 'the error report holds the failed rows').toEqual(results.filter(({ outcome }) => outcome === 'failed').map(({ row }) => row))
  sameCells(step, results, report)
  expect(results.map((result) => ({ row: result.row, outcome: result.outcome, record: result.record, reason: reasonOf(result, report.find(({ row }) => row === result.row)) })))
    .toEqual(meant.map(({ row, outcome, record, reason }) => ({ row, outcome, record: record?.toString() ?? null, reason })))

  // so are the records, field by field
  const after = await readStore()
  // a row that is written with the group of an earlier one makes an account before its turn
  for (const [id, account] of model.accounts) Object.assign(account, account.said?.find(({ name, city }) => name === after.accounts.get(id)?.name && city === after.accounts.get(id)?.city))
  expect(plain(after)).toEqual(plain(model))
  const created = [...after.contacts.keys()].filter((id) => id >> 35n === BigInt(job.job))
  expect(created.length).toBe((counted['created'] ?? 0) + (counted['flagged'] ?? 0))
  await ownersTookTurns(step, meant)
  expect(job.related['accounts'] ?? 0).toBe([...after.accounts.keys()].filter((id) => id >> 35n === BigInt(job.job)).length)
  expect(job.relatedChanged?.['accounts'] ?? 0, 'accounts that rows describe otherwise').toBe([...before.accounts].filter(([id, { city }]) => after.accounts.get(id)?.city !== city).length)
  seenChanges.accounts += job.relatedChanged?.['accounts'] ?? 0
  await noEmailTwice(step, before, after)
  await changesLeadBack(job, before, after)
  return counted
}

/** Records that rows make are handed out by the row's position among those rows, whatever the chunks and whether all were written. */
async function ownersTookTurns({ definition: { owner } }: RandomImport, meant: readonly PlainOutcome[]): Promise<void> {
  if (!Array.isArray(owner)) return
  const made = meant.filter(({ outcome }) => outcome === 'created' || outcome === 'flagged')
  const owners = await longshore.rows<{ id: string; email: string }>('SELECT c.id::text, m.email FROM org.contacts c JOIN longshore.member m ON m.id = c.owner WHERE c.id = ANY($1::bigint[]) ORDER BY c.id', [made.map(({ record }) => record?.toString())])
  const turns = new Map(made.map(({ record }, i) => [record?.toString(), owner[i % owner.length]]))
  expect(owners.map(({ id, email }) => [id, email])).toEqual(owners.map(({ id }) => [id, turns.get(id)]))
}

/** Results and error report show each row as the file has it; the report also what stands beyond the last column. */
function sameCells({ columns, rows }: RandomImport, results: readonly ResultRow[], report: readonly ErrorRow[]): void {
  const unguarded = (cells: readonly string[]): string[] => cells.map((cell) => (/^'+[=+@\-\t\r']/.test(cell) ? cell.slice(1) : cell))
  const source = new Map(rowsWithNumbers(rows).map(({ row, meant }) => [row, columns.map((_, i) => (i < columns.length - meant.missing ? meant.cells[i]?.text ?? '' : ''))]))
  const beyond = new Map(rowsWithNumbers(rows).map(({ row, meant }) => [row, meant.surplus.slice(0, meant.surplus.findLastIndex((text) => text.trim() !== '') + 1)]))
  expect(results.map(({ row, cells }) => [row, unguarded(cells)])).toEqual([...source])
  expect(report.map(({ row, cells }) => [row, unguarded(cells)])).toEqual(report.map(({ row }) => [row, [...source.get(row) ?? [], ...beyond.get(row) ?? []]]))
}

function recount(results: readonly ResultRow[]): Record<string, number> {
  const counted: Record<string, number> = {}
  for (const { outcome } of results) counted[outcome] = (counted[outcome] ?? 0) + 1
  return counted
}

function withoutZeros(counts: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0))
}

function copyOf({ contacts, accounts }: PlainStore): PlainStore {
  return { contacts: new Map([...contacts].map(([id, contact]) => [id, { ...contact, fields: new Map(contact.fields) }])), accounts: new Map([...accounts].map(([id, account]) => [id, { ...account }])) }
}

async function readStore(): Promise<PlainStore> {
  const contacts = await longshore.rows<Record<string, string | null>>(
    `SELECT id::text, account::text AS account_id, ${storedFields.map((field) => `${field}::text`).join(', ')} FROM org.contacts WHERE deleted_at IS NULL ORDER BY id`)
  const accounts = await longshore.rows<{ id: string; name: string; city: string | null }>('SELECT id::text, name, billing_city AS city FROM org.accounts WHERE deleted_at IS NULL ORDER BY id')
  return {
    contacts: new Map(contacts.map(({ id, account_id: account, ...fields }) => [BigInt(id ?? 0), {
      id: BigInt(id ?? 0), account: account ? BigInt(account) : null, fields: new Map(Object.entries(fields)),
    }])),
    accounts: new Map(accounts.map(({ id, name, city }) => [BigInt(id), { name, city }])),
  }
}

function plain({ contacts, accounts }: PlainStore): unknown {
  return {
    contacts: [...contacts.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .map(({ id, fields, account }) => ({ id: id.toString(), account: account?.toString() ?? null, ...Object.fromEntries(storedFields.map((field) => [field, fields.get(field) ?? null])) })),
    accounts: [...accounts].map(([id, { name, city }]) => [id.toString(), name, city]).toSorted(),
  }
}

/** Why a row ended so: of failed rows as the error report tells it, of skipped ones in the words of the results. */
function reasonOf({ outcome, reason }: ResultRow, failed: ErrorRow | undefined): string {
  if (outcome === 'failed') {
    const said = failed?.codes.find((code) => code in reasonsOfCodes)
    return said === undefined ? (failed ? 'invalid' : 'not in the error report') : reasonsOfCodes[said] ?? ''
  }
  if (/^repeats row \d+ of this file$/.test(reason)) return 'duplicate-in-file'
  if (/^matches the existing record \d+$/.test(reason)) return 'duplicate-in-store'
  if (reason === 'the record already holds these values') return 'nothing-to-change'
  if (reason === 'already in the bin') return 'already-gone'
  if (outcome === 'flagged') return 'possible-duplicate'
  return reason === '' ? 'none' : reason
}

const reasonsOfCodes: Record<string, string> = {
  'match.none': 'no-match', 'match.no-key': 'no-match', 'match.several': 'several-matches', 'reference.missing': 'reference-missing', 'reference.ambiguous': 'reference-ambiguous',
}

/** A job that matches by e-mail alone leaves no address on two records that was not on two before. */
function noEmailTwice({ definition }: RandomImport, before: PlainStore, after: PlainStore): void {
  const { operation = 'insert', onDuplicate = 'skip', match = [] } = definition
  if (match.length !== 1 || match[0]?.[0] !== 'email' || (operation === 'insert' && onDuplicate !== 'skip')) return
  const often = (store: PlainStore): Map<string, number> => {
    const times = new Map<string, number>()
    for (const { fields } of store.contacts.values()) {
      const email = fields.get('email')?.toLowerCase()
      if (email !== undefined) times.set(email, (times.get(email) ?? 0) + 1)
    }
    return times
  }
  const once = often(before)
  for (const [email, times] of often(after)) expect(times, email).toBeLessThanOrEqual(Math.max(1, once.get(email) ?? 0))
}

/** Taking the job's changes back in reverse order gives every value of before. */
async function changesLeadBack(job: JobSummary, before: PlainStore, after: PlainStore): Promise<void> {
  const changes = await longshore.rows<{ object: string; record: string; kind: string; before: Record<string, string | null>; after: Record<string, string | null> }>(
    `SELECT object, record::text, kind, coalesce(before, '{}') AS before, coalesce(after, '{}') AS after FROM org._change WHERE job = $1 ORDER BY id DESC`, [job.job])
  expect(changes.length).toBe(job.counts.updated + job.counts.deleted + (job.relatedChanged?.['accounts'] ?? 0))
  const restored: PlainStore = copyOf(after)
  for (const change of changes) {
    const account = change.object === 'accounts' ? restored.accounts.get(BigInt(change.record)) : undefined
    if (account) {
      expect(account.city).toBe(change.after['billing_city'])
      account.city = change.before['billing_city'] ?? null
      continue
    }
    const [contact, gone] = [restored.contacts.get(BigInt(change.record)), before.contacts.get(BigInt(change.record))]
    if (change.kind === 'delete' && gone) restored.contacts.set(gone.id, gone)
    for (const [field, value] of Object.entries(change.after)) {
      if (contact && storedFields.includes(field)) expect(contact.fields.get(field) ?? null).toBe(value)
    }
    for (const [field, value] of Object.entries(change.before)) {
      if (contact && storedFields.includes(field)) contact.fields.set(field, value)
      if (contact && field === 'account') contact.account = value === null ? null : BigInt(value)
    }
  }
  for (const id of restored.contacts.keys()) if (!before.contacts.has(id)) restored.contacts.delete(id)
  for (const id of restored.accounts.keys()) if (!before.accounts.has(id)) restored.accounts.delete(id)
  expect(plain(restored)).toEqual(plain(before))
}
