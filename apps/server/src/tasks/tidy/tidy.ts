import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from '@longshore/core'
import { cancelOldPlans, daysBefore, dropOldPartials, forsakenJobs, dropUnusedKeys, forgetUploads, letHistoryGo, letRowsGo, retentionDays, takeUnneededUploads } from '@longshore/store'
import type { Longshore } from '../../longshore.ts'
import type { Workspace } from '../../open-workspace.ts'
import { partialFolder } from '../uploads/partial-work.ts'

/** How long a file that is sent in parts is waited for. */
const partialDays = 2

/**
 * Lets go of what has been kept long enough: deleted records, the rows and sources of jobs, history and result files, dry runs that nobody
 * carried out, drafts that nobody touched, files that nobody imported, jobs that nobody took up again, keys that nobody matches by. Each by itself, so that one that cannot be now keeps none of the others; the next round goes on.
 */
export async function tidy(workspace: Workspace, records: Pick<Longshore, 'emptyBin'>, cancel: (job: number) => Promise<unknown>, now: string): Promise<void> {
  const { db, organization, files, dataDirectory, log } = workspace
  const days = retentionDays(await workspace.settings())
  const steps: Record<string, () => Promise<void>> = {
    async bin() {
      const { busy } = await records.emptyBin({ olderThanDays: days.bin })
      if (busy.length > 0) log.info(`bin: ${busy.join(', ')} busy`)
    },
    async plans() { await cancelOldPlans(db, organization, { plans: daysBefore(now, days.undo), drafts: daysBefore(now, days.draft) }) },
    // from then on they are kept as long as any other job that is over
    async forsaken() {
      for (const job of await forsakenJobs(db, organization, daysBefore(now, days.undo))) {
        await cancel(job)
        log.info(`job ${job} was not taken up for ${days.undo} days and is cancelled`)
      }
    },
    async rows() {
      for (const { sourceFile } of await letRowsGo(db, organization, { ended: daysBefore(now, days.undo), drafts: daysBefore(now, days.draft) })) if (sourceFile !== null) await files.remove(sourceFile)
    },
    // after the rows: a file that was sent is needed as long as any job made of it
    async uploads() {
      const unneeded = await takeUnneededUploads(db, organization, daysBefore(now, days.draft))
      for (const id of unneeded) await files.remove(id)
      if (unneeded.length > 0) await forgetUploads(db, organization, unneeded)
    },
    async partials() {
      for (const id of await db.transaction(null, (tx) => dropOldPartials(tx, organization, daysBefore(now, partialDays)))) await rm(join(partialFolder(workspace), id), { force: true })
    },
    async history() {
      // results that went elsewhere are not ours to remove
      for (const job of await letHistoryGo(db, organization, daysBefore(now, days.history))) await rm(join(dataDirectory, 'results', `job-${job}`), { recursive: true, force: true })
    },
    async keys() {
      for (const dropped of await dropUnusedKeys(db, organization, daysBefore(now, days.key))) log.info(`keys not used for ${days.key} days are kept no more: ${dropped}`)
    },
  }
  for (const [name, step] of Object.entries(steps)) {
    await step().catch((error: unknown) => {
      if (!(error instanceof Fault)) throw error
      log.info(`${name}: ${error.code}`)
    })
  }
}
