import { rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { failpoint } from '@longshore/core'
import { csvWriter } from '@longshore/formats'
import { exportFile, runExport } from '@longshore/pipeline'
import { countRelatedChanges, fencedSystem, patchJob, selectRecords } from '@longshore/store'
import type { Attempt, Job, ResultFile } from '@longshore/store'
import type { Workspace } from '../../open-workspace.ts'
import type { CompiledImport } from './create-import.ts'
import { resultsFolder } from './results-folder.ts'

/**
 * Saves the records that a job's plan changes or deletes, all their fields, as CSV files that stand with the job's results, before the first
 * of them is written: one file for the job's own object, and one for each object of which it changes records that rows refer to. A plan that is
 * made again may change others: then further files hold those that it names and the job has not written yet, as they stand now.
 */
export async function writeBackup(workspace: Workspace, attempt: Attempt, job: Job): Promise<void> {
  if (job.checkpoint.backedUp) return
  const { resultsDirectory } = job.compiled as CompiledImport
  const folder = await resultsFolder(resultsDirectory ?? join(workspace.dataDirectory, 'results', `job-${job.number}`))
  const related = await workspace.db.transaction(workspace.organization, (tx) => countRelatedChanges(tx, workspace.organization, job.number, 'planned'), { readOnly: true })
  const files: ResultFile[] = []
  for (const object of [job.object, ...Object.keys(related)]) {
    const stem = `${resultsDirectory === null ? '' : `job-${job.number}-`}backup${object === job.object ? '' : `-${object}`}`
    const before = job.results.filter(({ kind, name }) => kind === 'backup' && name.slice(stem.length).replace(/^-\d+/, '') === '.csv' && name.startsWith(stem)).length
    const path = join(folder, `${stem}${before === 0 ? '' : `-${before + 1}`}.csv`)
    const { rows } = await runExport({
      writer: () => csvWriter({ guard: true }), lists: 'text', records: selectRecords(workspace.db, workspace.organization), target: exportFile(path, { replace: true }),
    }, { object, where: [], plannedBy: job.number }, () => undefined)
    // what creates alone changes nothing that could be saved
    if (rows === 0) { await rm(path); continue }
    files.push({ name: basename(path), id: path, format: 'csv', kind: 'backup', sizeBytes: (await stat(path)).size })
  }
  await failpoint('backup.before-record')
  await fencedSystem(workspace.db, attempt, (tx) => patchJob(tx, attempt.organization, attempt.job, { results: [...job.results, ...files], checkpoint: { backedUp: true } }))
}
