import { Fault, setFailpoints } from '@longshore/core'
import { PassThrough } from 'node:stream'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { beginAttempt } from '../jobs/attempt.ts'
import { openUndoKit, type UndoKit } from '../undo/testing.ts'
import { stageRows } from './stage-rows.ts'

let kit: UndoKit
beforeAll(async () => { kit = await openUndoKit('stage-rows') })
afterAll(() => kit.db.close())
afterEach(() => setFailpoints(null))

it('a reader that nobody comes to read from is ended, and the reason is why nobody came', async () => {
  const job = await kit.newJob()
  const attempt = await beginAttempt(kit.db, kit.organization, job)
  const rows = new PassThrough(), issues = new PassThrough()
  // as one that has more to write than is taken
  const finished = new Promise<never>((_, reject) => { rows.once('close', () => { issues.destroy(); reject(new Fault('parser.died', 'The reader was ended.')) }) })
  finished.catch(() => undefined)
  setFailpoints(async (name) => { if (name === 'stage.after-clearing') await kit.sql(`UPDATE longshore.job SET attempt = attempt + 1 WHERE number = ${job}`) })
  await expect(stageRows(kit.db, attempt, { outputs: [{ rows: () => rows, issues: () => issues }], finished })).rejects.toMatchObject({ code: 'attempt.replaced' })
})
