import { noCounts } from '@longshore/core'
import type { JobSummary } from '@longshore/server'

/** A finished import of seven rows, for tests to change. */
export function importSummary(changes: Partial<JobSummary> = {}): JobSummary {
  return {
    job: 7, kind: 'import', state: 'done', interrupted: false, object: 'contacts', operation: 'insert', source: '/lists/people.csv', sourceHash: null,
    rows: 1_234, counts: { ...noCounts(), created: 1_200, skipped: 20, failed: 14 }, figures: 'results', replanned: 0, warnings: 3, related: { accounts: 88 },
    seconds: 0.5, rowsPerSecond: 2_468, phases: { reading: 0.2, planning: 0.1, applying: 0.15, results: 0.05 }, results: ['/data/results/7-results.csv', '/data/results/7-errors.csv'], artifacts: [], dryRun: false, startedBy: null, startedByName: null, sourceBytes: null, startAt: null, queuePosition: null,
    createdAt: '2026-11-20T13:34:05.000Z', finishedAt: '2026-11-20T13:34:06.000Z', savedMapping: null, undoes: null, undoneBy: null, trialOf: null, error: null,
    definition: { object: 'contacts' },
    issues: [{ code: 'email.malformed', severity: 'error', column: 'E-mail', count: 9, example: '"bob@" is not an e-mail address.', row: 14 }],
    ...changes,
  }
}

export function undoSummary(changes: Partial<JobSummary> = {}): JobSummary {
  return importSummary({
    job: 8, kind: 'undo', operation: 'undo', source: null, rows: 1_200, counts: { ...noCounts(), deleted: 1_200 }, warnings: 0, related: { accounts: 88 },
    undoes: 7, kept: 0, issues: [], results: [], ...changes,
  })
}
