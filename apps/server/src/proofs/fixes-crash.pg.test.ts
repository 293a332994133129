import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openTestDatabase } from '@longshore/store/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const binary = fileURLToPath(new URL('../../../cli/bin/longshore.mjs', import.meta.url))
const rows = 40
const list = ['First Name,Last Name,Email,Job Title', ...Array.from({ length: rows }, (_, i) => `First${i},${i % 7 === 0 ? '' : `Last${i}`},person${i}@example.com,${i % 3 === 0 ? 'Cheif' : 'Chief'}`)].join('\n')
const fixes = [
  { fix: { kind: 'map-value', column: 4, from: 'Cheif', to: 'Chief' } }, { fix: { kind: 'fill', column: 2, value: 'Unknown' }, rows: { status: 'errors' } },
  { fix: { kind: 'leave-out' }, rows: [3, 4, 5] },
]

describe('a process that dies while it corrects rows', () => {
  let db: Awaited<ReturnType<typeof openTestDatabase>>
  let folder = ''
  beforeAll(async () => {
    db = await openTestDatabase('fixes-crash')
    folder = mkdtempSync(join(tmpdir(), 'longshore-fixes-crash-'))
    writeFileSync(join(folder, 'list.csv'), list)
    for (const [i, fix] of fixes.entries()) writeFileSync(join(folder, `fix-${i}.json`), JSON.stringify({ fixes: [fix] }))
    for (const _ of ['struck', 'twin']) await run(['import', 'list.csv', '--object', 'contacts', '--match', 'email', '--dry-run', '--json'])
  }, 600_000)
  afterAll(async () => {
    await db.close()
    rmSync(folder, { recursive: true, force: true })
  })

  function run(args: string[], env: Record<string, string> = {}): Promise<NodeJS.Signals | number | null> {
    const child = spawn(process.execPath, [binary, ...args, '--data', join(folder, 'data')], { cwd: folder, env: { ...process.env, ...env, LONGSHORE_TEST: '1', LONGSHORE_TEST_NOW: '2026-01-01T00:00:00.000Z', DATABASE_URL: db.databaseUrl }, stdio: 'ignore' })
    return new Promise((resolve) => { child.once('close', (code, signal) => resolve(signal ?? code)) })
  }

  /** All that a job keeps of its rows, corrections and plan, but its number. */
  async function kept(job: number): Promise<unknown> {
    const of = async (sql: string): Promise<unknown> => (await db.transaction(null, (tx) => tx.query(sql, [job]))).rows
    return {
      staged: await of('SELECT row_number, errors, cells, keys::text, source, original, fixes FROM org_1._staged WHERE job = $1 ORDER BY 1'), leftOut: await of('SELECT row_number FROM org_1._left_out WHERE job = $1 ORDER BY 1'),
      issues: await of('SELECT row_number, seq, code, value FROM org_1._issue WHERE job = $1 ORDER BY 1, 2'), plan: await of('SELECT row_number, action, reason FROM org_1._plan WHERE job = $1 ORDER BY 1'),
      fixes: await of('SELECT number, fix, ranges, undone, touched FROM org_1._fix WHERE job = $1 ORDER BY 1'), job: await of(`SELECT state, fixes, checkpoint, counts FROM longshore.job WHERE number = $1`),
    }
  }

  it('leaves the rows as they were, and the same correction made again comes to what it would have come to', { timeout: 600_000 }, async () => {
    for (const [i] of fixes.entries()) {
      const before = await kept(1)
      expect(await run(['fix', '1', `fix-${i}.json`], { LONGSHORE_FAILPOINT: `${i % 2 === 0 ? 'fix.before-commit' : 'fix.after-rows'}:kill` })).toBe('SIGKILL')
      expect(await kept(1)).toEqual(before)
      for (const job of ['1', '2']) await run(['fix', job, `fix-${i}.json`])
      expect(await kept(1)).toEqual(await kept(2))
    }
  })

  it('in the middle of checking all rows anew, or of planning them, the job is taken up and ends the same', { timeout: 600_000 }, async () => {
    for (const [i, failpoint] of ['stage.before-checkpoint', 'plan.before-commit'].entries()) {
      writeFileSync(join(folder, 'more.json'), JSON.stringify({ fixes: [{ fix: { kind: 'replace', column: 1, find: String(i + 1), with: `-${i}-` } }] }))
      expect(await run(['fix', '1', 'more.json'], { LONGSHORE_FAILPOINT: `${failpoint}:kill`, LONGSHORE_RECHECK_ROWS: '-1' })).toBe('SIGKILL')
      expect([0, 1]).toContain(await run(['plan', '1']))
      await run(['fix', '2', 'more.json'], { LONGSHORE_RECHECK_ROWS: '-1' })
      expect(await kept(1)).toEqual(await kept(2))
    }
  })
})
