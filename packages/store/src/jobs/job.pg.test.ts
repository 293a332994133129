import { afterAll, beforeAll, expect, test } from 'vitest'
import { countIssues } from '../plan/plan-preview.ts'
import { openUndoKit, type UndoKit } from '../undo/testing.ts'

let kit: UndoKit
beforeAll(async () => { kit = await openUndoKit('job') })
afterAll(() => kit.db.close())

test('a job that needs new partitions is made while another one is loading rows', async () => {
  await kit.newJob()
  await kit.sql('UPDATE longshore.job SET number = 31')
  const job = await kit.db.transaction(kit.organization, async (tx) => {
    await tx.query(`INSERT INTO ${kit.organization.schema}._staged (job, row_number, errors, create_errors, cells) VALUES (1, 2, 0, 0, '')`)
    return kit.newJob()
  })
  expect(job).toBe(32)
  await kit.sql(`INSERT INTO org._plan (job, row_number, action, reason) VALUES (32, 2, 0, 0)`)
  const found = await kit.sql<{ partition: string; indexes: number; attached: number; options: string[]; write: boolean }>(
    `SELECT c.relname AS partition, c.reloptions AS options, pg_catalog.has_table_privilege($1, c.oid, 'INSERT') AS write,
       (SELECT count(*)::int FROM pg_index x WHERE x.indrelid = i.inhparent) AS indexes,
       (SELECT count(*)::int FROM pg_index x JOIN pg_inherits h ON h.inhrelid = x.indexrelid WHERE x.indrelid = c.oid) AS attached
     FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE c.relkind = 'r' AND c.relname LIKE '%\\_32' ORDER BY 1`, [kit.organization.role])
  expect(found.map(({ partition }) => partition)).toEqual(['_issue_32', '_left_out_32', '_outcome_32', '_plan_32', '_reference_32', '_staged_32'])
  for (const { indexes, attached, options, write } of found) expect({ attached, options, write }).toEqual({ attached: indexes, options: ['autovacuum_enabled=false'], write: true })
})

test('issues are counted by code and column, each with the first message of its first row', async () => {
  const job = await kit.newJob()
  const issue = (row: number, seq: number, severity: string, column: string | null, message: string) =>
    kit.sql(`INSERT INTO org._issue (job, row_number, seq, code, severity, on_create, column_name, message) VALUES ($1, $2, $3, 'odd', $4, false, $5, $6)`, [job, row, seq, severity, column, message])
  await issue(9, 0, 'error', 'A', 'ninth')
  await issue(3, 2, 'error', 'A', 'third, later')
  await issue(3, 1, 'error', 'A', 'third')
  await issue(3, 0, 'error', null, 'no column')
  await issue(4, 0, 'warning', 'A', 'warned')
  expect(await kit.db.transaction(kit.organization, (tx) => countIssues(tx, kit.organization, job, 10))).toEqual([
    { code: 'odd', severity: 'error', column: 'A', count: 3, example: 'third', row: 3 },
    { code: 'odd', severity: 'error', column: null, count: 1, example: 'no column', row: 3 },
    { code: 'odd', severity: 'warning', column: 'A', count: 1, example: 'warned', row: 4 },
  ])
})
