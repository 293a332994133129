import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { changeSettings } from '../organizations/change-settings.ts'
import { race } from '../testing/race.ts'
import { openUndoKit, type UndoKit } from '../undo/testing.ts'
import { beginAttempt, endAttempt } from './attempt.ts'
import { admitImport, colleaguesImporting, importsWithPlace, queuePositions, startLater, startNow } from './import-queue.ts'
import { changeState } from './job.ts'
import { jobsToRun } from './jobs-to-run.ts'

let kit: UndoKit
beforeAll(async () => { kit = await openUndoKit('import-queue') })
afterAll(() => kit.db.close())
beforeEach(async () => {
  await kit.clear()
  await changeSettings(kit.db, kit.organization, { preset: 'standard' })
})

const read = <T>(work: Parameters<typeof kit.db.transaction<T>>[1]): Promise<T> => kit.db.transaction(null, work)
/** A job whose plan is complete. */
async function planned(): Promise<number> {
  const job = await kit.newJob()
  await kit.sql(`UPDATE longshore.job SET state = 'planned' WHERE number = $1`, [job])
  return job
}
const admit = async (job: number) => {
  const attempt = await beginAttempt(kit.db, kit.organization, job)
  const admitted = await admitImport(kit.db, attempt)
  if (!admitted) await endAttempt(kit.db, attempt, 0)
  return admitted
}
const end = (job: number) => read(async (tx) => {
  await changeState(tx, kit.organization, job, 'done')
  await tx.query('UPDATE longshore.attempt SET ended_at = now() WHERE job = $1', [job])
})
const states = async () => (await kit.sql<{ state: string }>('SELECT state FROM longshore.job ORDER BY number')).map(({ state }) => state)

describe('imports that write', () => {
  it('are as many as the organization allows; the others wait, and take the place of one that ends in the order in which they came', async () => {
    const jobs = [await planned(), await planned(), await planned(), await planned(), await planned()]
    expect(await Promise.all(jobs.slice(0, 3).map(admit))).toEqual([true, true, true])
    expect([await admit(jobs[4] ?? 0), await admit(jobs[3] ?? 0)]).toEqual([false, false])
    expect([...await read((tx) => queuePositions(tx, kit.organization))]).toEqual([[jobs[4], 1], [jobs[3], 2]])
    expect(await read((tx) => jobsToRun(tx))).toEqual([])
    await end(jobs[1] ?? 0)
    expect(await read((tx) => jobsToRun(tx))).toEqual([{ organization: kit.organization.id, job: jobs[4] }])
    // whoever comes later, or stands behind, does not slip in
    expect([await admit(await planned()), await admit(jobs[3] ?? 0), await admit(jobs[4] ?? 0)]).toEqual([false, false, true])
  })

  it('are exactly so many when processes race for the last place', async () => {
    const jobs = [await planned(), await planned(), await planned(), await planned(), await planned(), await planned(), await planned(), await planned()]
    const [odd, even] = [jobs.filter((job) => job % 2 === 1), jobs.filter((job) => job % 2 === 0)]
    await race(kit.db.databaseUrl, [['admit', odd.join()], ['admit', even.join()]], async (given) => {
      expect(given.flat().filter((one) => one.given).length).toBe(3)
      expect((await states()).toSorted()).toEqual([...Array.from({ length: 5 }, () => 'queued'), ...Array.from({ length: 3 }, () => 'running')])
    })
  })

  it('keep their place when their process dies, unless it was taken meanwhile; then they are the first to wait', async () => {
    await changeSettings(kit.db, kit.organization, { maxImports: 1 })
    const [dead, next, last] = [await planned(), await planned(), await planned()]
    expect([await admit(dead), await admit(next), await admit(last)]).toEqual([true, false, false])
    await kit.sql('UPDATE longshore.attempt SET pid = 2147483646 WHERE job = $1', [dead])
    expect(await admit(dead)).toBe(true)
    await kit.sql('UPDATE longshore.attempt SET pid = 2147483646 WHERE job = $1', [dead])
    expect(await admit(next)).toBe(true)
    expect(await admit(dead)).toBe(false)
    expect([...await read((tx) => queuePositions(tx, kit.organization))]).toEqual([[dead, 1], [last, 2]])
  })

  it('are any number where no limit is set', async () => {
    await changeSettings(kit.db, kit.organization, { preset: 'none' })
    const jobs = [await planned(), await planned(), await planned(), await planned()]
    expect(await Promise.all(jobs.map(admit))).toEqual([true, true, true, true])
  })
})

describe('an import that starts later', () => {
  it('waits for its time, keeps nobody waiting, and begins at once when it is told to', async () => {
    const job = await planned()
    const later = () => read((tx) => startLater(tx, kit.organization, job, new Date(Date.now() + 3_600_000).toISOString()))
    await kit.sql(`UPDATE longshore.job SET dry_run = true, checkpoint = '{"planned":false}' WHERE number = $1`, [job])
    await expect(later()).rejects.toMatchObject({ code: 'plan.outdated' }) // corrected a moment ago, say
    await kit.sql(`UPDATE longshore.job SET checkpoint = '{"planned":true}' WHERE number = $1`, [job])
    await later()
    expect([await read((tx) => importsWithPlace(tx, kit.organization)), (await read((tx) => queuePositions(tx, kit.organization))).size]).toEqual([[], 0])
    expect(await admit(job)).toBe(false)
    expect(await admit(await planned())).toBe(true)
    await read((tx) => startNow(tx, kit.organization, job))
    expect(await read((tx) => importsWithPlace(tx, kit.organization))).toEqual([job])
    expect(await admit(job)).toBe(true)
  })
})

it('imports of the same object by others that are under way are told of', async () => {
  const [mine, running, preview] = [await planned(), await planned(), await planned()]
  await admit(running)
  await kit.sql('UPDATE longshore.job SET dry_run = true WHERE number = $1', [preview])
  expect(await read((tx) => colleaguesImporting(tx, kit.organization, { number: mine, object: 'contacts', startedBy: null }))).toEqual([])
  await kit.sql('UPDATE longshore.job SET started_by = 1 WHERE number <> $1', [mine])
  expect(await read((tx) => colleaguesImporting(tx, kit.organization, { number: mine, object: 'contacts', startedBy: null }))).toMatchObject([{ job: running, state: 'running', by: 'Owner' }])
})
