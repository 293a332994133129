import { stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { failpoint } from '@longshore/core'
import { csvWriter } from '@longshore/formats'
import { exportFile, runExport } from '@longshore/pipeline'
import { fencedSystem, patchJob, selectRecords } from '@longshore/store'
import type { Attempt, Job, ResultFile } from '@longshore/store'
import type { Workspace } from '../../open-workspace.ts'
import type { CompiledImport } from './create-import.ts'
import { resultsFolder } from './results-folder.ts'

/**
 * Saves the records that a job's plan changes or deletes, all their fields, as a CSV file that stands with the job's results, before the first
 * of them is written. A plan that is made again may change others: then a further file holds those that it names and the job has not
 * written yet, as they stand now.
 */
export async function writeBackup(workspace: Workspace, attempt: Attempt, job: Job): Promise<void> {
  if (job.checkpoint.backedUp) return
  const { resultsDirectory } = job.compiled as CompiledImport
  const folder = await resultsFolder(resultsDirectory ?? join(workspace.dataDirectory, 'results', `job-${job.number}`))
  const before = job.results.filter(({ kind }) => kind === 'backup').length
  const path = join(folder, `${resultsDirectory === null ? '' : `job-${job.number}-`}backup${before === 0 ? '' : `-${before + 1}`}.csv`)
  await runExport({
    writer: () => csvWriter({ guard: true }), lists: 'text', records: selectRecords(workspace.db, workspace.organization), target: exportFile(path, { replace: true }),
  }, { object: job.object, where: [], plannedBy: job.number }, () => undefined)
  await failpoint('backup.before-record')
  const file: ResultFile = { name: basename(path), id: path, format: 'csv', kind: 'backup', sizeBytes: (await stat(path)).size }
  await fencedSystem(workspace.db, attempt, (tx) => patchJob(tx, attempt.organization, attempt.job, { results: [...job.results, file], checkpoint: { backedUp: true } }))
}
