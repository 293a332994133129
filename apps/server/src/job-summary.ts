import { noCounts, sumOf } from '@longshore/core'
import { countIssues, countKept, countOutcomes, countPlan, firstDiffs, firstPlannedRows, readFileId } from '@longshore/store'
import type { Job } from '@longshore/store'
import type { JobSummary, PlanPreview } from './longshore.ts'
import type { Workspace } from './open-workspace.ts'
import type { CompiledImport } from './tasks/import/create-import.ts'

const previewRows = 20
const issueGroups = 20

/** A job as everybody is told of it. `details` adds what takes a look at its rows. */
export async function summaryOf({ db, organization }: Workspace, job: Job, details: boolean): Promise<JobSummary> {
  const seconds = job.workedMs / 1000
  const counts = job.counts ?? (details ? await db.transaction(organization, (tx) => job.checkpoint.applied || job.state !== 'planned' ? countOutcomes(tx, organization, job.number) : countPlan(tx, organization, job.number)) : noCounts())
  const rows = job.rows ?? sumOf(counts)
  const summary: JobSummary = {
    job: job.number, kind: job.kind, state: job.state, object: job.object, operation: job.operation, source: job.sourceName, sourceHash: job.sourceFile === null ? null : readFileId(job.sourceFile).sha256,
    rows, counts, replanned: job.replanned, warnings: job.warnings, related: job.related, seconds, rowsPerSecond: seconds > 0 ? Math.round(rows / seconds) : 0,
    results: job.results.map((file) => file.id), createdAt: job.createdAt, finishedAt: job.finishedAt, undoes: job.undoes, undoneBy: job.undoneBy,
    phases: Object.fromEntries(Object.entries(job.phases).map(([phase, ms]) => [phase, ms / 1000])), error: job.error, definition: job.definition,
  }
  if (!details) return summary
  if (job.kind === 'import') {
    summary.leftOut = (job.compiled as CompiledImport).mapping.unmapped.map(({ header, position }) => ({ header, position: position + 1 }))
    summary.readingWarnings = (job.layout?.warnings ?? []).map((warning) => warning.message)
  }
  summary.issues = await db.transaction(organization, (tx) => countIssues(tx, organization, job.number, issueGroups))
  if (job.kind === 'undo') summary.kept = await db.transaction(organization, (tx) => countKept(tx, { organization, job: job.number }))
  if (job.state === 'planned') summary.preview = await previewOf({ db, organization } as Workspace, job, summary.issues)
  return summary
}

async function previewOf({ db, organization }: Workspace, job: Job, issues: PlanPreview['issues']): Promise<PlanPreview> {
  const { targets } = (job.compiled as CompiledImport).mapping
  return db.transaction(organization, async (tx) => ({
    firstRows: (await firstPlannedRows(tx, organization, job.number, previewRows)).map(({ row, outcome, record, values }) => ({
      row, outcome, record, values: Object.fromEntries(targets.map((target, i) => [target.path, values[i] ?? null])),
    })),
    diffs: await firstDiffs(tx, organization, job.number, previewRows),
    issues,
  }))
}
