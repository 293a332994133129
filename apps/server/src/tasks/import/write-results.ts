import { createWriteStream } from 'node:fs'
import { open, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { csvWriter } from '@longshore/formats'
import { Fault, failpoint, hasBug, parseSource, resultFormats } from '@longshore/core'
import type { ImportDefinition } from '@longshore/core'
import { activeFixes, CopyRows, errorLines, hasFailedRows, hasFailedSources, fenced, fencedSystem, patchJob, resultLines, standBack } from '@longshore/store'
import type { Attempt, Endings, Job, ResultFile } from '@longshore/store'
import type { Workspace } from '../../open-workspace.ts'
import { errorColumns } from '../parser/parser-request.ts'
import { runParser } from '../parser/run-parser.ts'
import { sourcePath, type CompiledImport } from './create-import.ts'
import { resultsFolder } from './results-folder.ts'

/** Writes a job's result files and keeps their list with the job. The error report is written when a row failed. */
export async function writeResults(workspace: Workspace, attempt: Attempt, job: Job): Promise<void> {
  const { formats } = (job.definition as ImportDefinition).results
  const results = job.checkpoint.staged ? await produceResults(workspace, job, formats, (job.compiled as CompiledImport).resultsDirectory, (rename) => fenced(workspace.db, attempt, rename)) : []
  await failpoint('results.before-record')
  const backups = job.results.filter(({ kind }) => kind === 'backup')
  await fencedSystem(workspace.db, attempt, (tx) => patchJob(tx, attempt.organization, attempt.job, { results: [...backups, ...results] }))
}

/** Carries a rename out while nobody else may: an attempt that was replaced publishes nothing. */
type Guard = (rename: () => Promise<void>) => Promise<void>

/** Produces the files in `directory`, or in the job's own folder of the data directory. The same outcomes give the same bytes. */
export async function produceResults(workspace: Workspace, job: Job, formats: readonly string[], directory: string | null, guard: Guard = (rename) => rename()): Promise<ResultFile[]> {
  if (job.rowsLetGoAt !== null) throw new Fault('results.gone', `What became of the rows of job ${job.number} was kept until ${job.rowsLetGoAt.slice(0, 10)}: there is nothing left to write results from. The counts of the job are kept.`)
  const folder = await resultsFolder(directory ?? join(workspace.dataDirectory, 'results', `job-${job.number}`))
  // what a plan says of the rows never stands under the name of what became of them
  const stem = `${directory === null ? '' : `job-${job.number}-`}${endings(job) === 'plan' ? 'plan-' : ''}`
  await removeAbandoned(folder, stem)
  const files: ResultFile[] = []
  for (const format of formats) files.push(await produce(workspace, job, 'results', format, join(folder, `${stem}results.${format}`), guard))
  const failed = await workspace.db.transaction(workspace.organization, (tx) => hasFailedRows(tx, workspace.organization, job.number, endings(job)), { readOnly: true })
  const report = join(folder, `${stem}errors.csv`)
  if (failed) files.push(await produceErrors(workspace, job, report, guard))
  return files
}

/** Where it stands how rows end: a job that has only planned says how they will. */
function endings(job: Job): Endings {
  return job.state === 'planned' && !job.checkpoint.cancelled ? 'plan' : 'outcome'
}

/** The error report comes from staging, which keeps the rows that checking found bad; only where others failed is the file read again. */
async function produceErrors(workspace: Workspace, job: Job, path: string, guard: Guard): Promise<ResultFile> {
  const { db, organization } = workspace
  if (!await db.transaction(organization, (tx) => hasFailedSources(tx, organization, job.number, endings(job)), { readOnly: true })) return produce(workspace, job, 'errors', 'csv', path, guard)
  const part = `${path}.${process.pid}.part`
  try {
    await db.transaction(organization, (tx) => pipeline(tx.copyTo(errorLines(organization, job.number, endings(job))), (bytes) => reportText(bytes, job), createWriteStream(part)), { readOnly: true })
    await publish(part, path, guard)
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
  return { name: basename(path), id: path, format: 'csv', kind: 'errors', sizeBytes: (await stat(path)).size }
}

/** An error report as CSV, from lines of the store. */
async function* reportText(bytes: AsyncIterable<Uint8Array>, job: Job): AsyncGenerator<string> {
  const writer = csvWriter({ guard: true })
  yield writer.start([...errorColumns, ...job.layout?.columns ?? []])
  const rows = new CopyRows()
  for await (const piece of bytes) {
    yield writer.rows(rows.push(piece).map((line) => {
      const { cells, surplus = [] } = parseSource(line[errorColumns.length] ?? '[]')
      return [...line.slice(0, errorColumns.length), ...cells, ...surplus]
    }))
  }
  yield writer.end()
}

/**
 * All rows of a job that nobody left out, as they were corrected, in the form of an error report: what can be corrected further somewhere
 * else and imported as it is. Of jobs whose rows are kept as their file has them.
 */
export async function writeCorrectedReport({ db, organization }: Workspace, job: Job, target: NodeJS.WritableStream): Promise<void> {
  await db.transaction(organization, (tx) => pipeline(tx.copyTo(errorLines(organization, job.number, endings(job), 'all')), (bytes) => reportText(bytes, job), target), { readOnly: true })
}

async function produce(workspace: Workspace, job: Job, kind: 'results' | 'errors', format: string, path: string, guard: Guard): Promise<ResultFile> {
  const known = resultFormats.find((one) => one === format)
  if (known === undefined) throw new Fault('not-built-yet', `Results cannot be written as ${format}; they can as ${resultFormats.join(', ')}.`, { path: 'results.formats' })
  if (!job.layout) throw new Fault('job.incomplete', 'The job does not say how its file is laid out. This is an error in Longshore.', { remedy: 'stop' })
  const part = `${path}.${process.pid}.part`
  if (hasBug('results-renamed-before-written')) { await (await open(part, 'w')).close(); await rename(part, path); await failpoint('results.renamed-unwritten') }
  // what was imported is what the rows were corrected to
  const fixes = job.reviewed ? await workspace.db.transaction(workspace.organization, (tx) => activeFixes(tx, workspace.organization, job.number), { readOnly: true }) : []
  const parser = await runParser(sourcePath(workspace, job), { task: 'results', layout: job.layout, format: known, kind, fixes, ...(job.trialOf === null ? {} : { lastRow: job.checkpoint.lastRow ?? 0 }) })
  parser.issues().resume()
  if (workspace.standsBack && parser.pid !== null) standBack(parser.pid, { leadsSession: true })
  try {
    const { db, organization } = workspace
    const feed = db.transaction(organization, (tx) => pipeline(tx.copyTo(kind === 'results' ? resultLines(organization, job.number, endings(job)) : errorLines(organization, job.number, endings(job))), parser.input),
      { isolation: 'repeatable read', readOnly: true })
    const write = pipeline(parser.rows(), createWriteStream(hasBug('results-renamed-before-written') ? path : part))
    const [fed, written] = await Promise.allSettled([feed, write])
    await parser.ended // first: why the reader failed says more than the broken pipe that followed
    if (fed.status === 'rejected') throw fed.reason
    if (written.status === 'rejected') throw written.reason
    if (!hasBug('results-renamed-before-written')) await publish(part, path, guard)
  } catch (error) {
    await rm(part, { force: true })
    throw error
  } finally { parser.kill() }
  return { name: basename(path), id: path, format, kind, sizeBytes: (await stat(path)).size }
}

/** Visible under its name only when whole and on disk. */
async function publish(part: string, path: string, guard: Guard): Promise<void> {
  const file = await open(part, 'r+')
  try { await file.sync() } finally { await file.close() }
  await failpoint('results.before-rename')
  await guard(() => rename(part, path))
  await failpoint('results.after-rename')
}

/** Parts that killed processes left of this job's files. */
async function removeAbandoned(folder: string, stem: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const [, pid] = name.startsWith(stem) ? /^(?:results|errors)\.[a-z]+\.(\d+)\.part$/.exec(name.slice(stem.length)) ?? [] : []
    if (pid !== undefined && !isAlive(Number(pid))) await rm(join(folder, name), { force: true })
  }
}

function isAlive(pid: number): boolean {
  try { process.kill(pid, 0); return true } catch (error) { return (error as NodeJS.ErrnoException).code === 'EPERM' }
}
