import type { Catalog, Counts, ImportDefinitionInput, JobState, Proposal } from '@longshore/core'

/** Everything that the command line, the page and the worker can ask of Longshore, over one organization. */
export interface Longshore {
  /** Makes a job of the file and runs it to its end (or to `planned` for a dry run). */
  import(request: ImportRequest, watch: Watch): Promise<JobSummary>
  /** Runs the stored plan of a dry run. */
  apply(job: number, watch: Watch): Promise<JobSummary>
  job(job: number): Promise<JobSummary>
  /** Newest first. */
  jobs(): Promise<JobSummary[]>
  cancel(job: number): Promise<JobSummary>
  pause(job: number): Promise<JobSummary>
  /** Runs the job here, from where it stopped to its end. */
  resume(job: number, watch: Watch): Promise<JobSummary>
  undoPreview(job: number, options: { everything: boolean }): Promise<UndoPreview>
  undo(job: number, options: { everything: boolean }, watch: Watch): Promise<JobSummary>
  export(request: ExportRequest, watch: Watch): Promise<{ rows: number; file: string; seconds: number }>
  map(request: { file: string; object: string; definition?: ImportDefinitionInput }): Promise<{ columns: Proposal[] }>
  catalog(): Promise<Catalog>
  /** Applies a schema change document; an error names the path in it. */
  changeSchema(document: unknown): Promise<{ changes: string[]; catalog: Catalog }>
  /** Runs queued and orphaned jobs until `signal` aborts. */
  work(signal: AbortSignal): Promise<void>
  /** Writes the job's results again, into `directory` when given. */
  results(job: number, options: { formats: string[]; directory?: string }): Promise<string[]>
  close(): Promise<void>
}

export interface ImportRequest {
  file: string
  definition: ImportDefinitionInput
  dryRun: boolean
  /** Where result files are copied; absent: they stay in the data directory. */
  resultsDirectory?: string
}

export interface ExportRequest {
  object: string
  /** Field paths; absent: all. */
  fields?: string[]
  /** `field op value`. */
  where: string[]
  format: 'csv' | 'json' | 'ndjson'
  /** `-`: standard output. */
  out: string
  /** Off: cells that a spreadsheet could run are written as they are. */
  formulaGuard: boolean
}

/** Progress of long work; called a few times a second at most. */
export type Watch = (progress: Progress) => void
export interface Progress {
  job: number
  state: JobState
  /** What is going on, in a word or three: `reading`, `planning`, `applying`, `writing results`. */
  phase: string
  done: number
  /** null: not known yet. */
  total: number | null
}

export interface JobSummary {
  job: number
  kind: 'import' | 'undo'
  state: JobState
  object: string
  operation: string
  source: string | null
  rows: number
  counts: Counts
  replanned: number
  warnings: number
  /** Records made for references, by object. */
  related: Record<string, number>
  seconds: number
  rowsPerSecond: number
  /** Result files that exist, as paths. */
  results: string[]
  createdAt: string
  finishedAt: string | null
  /** The job that this one undoes. */
  undoes: number | null
  undoneBy: number | null
  /** Why the job failed, when it did. */
  error: { code: string; message: string; path?: string } | null
  definition: unknown
  /** First rows as they will stand, diffs of updates, issue counts: of a planned job. */
  preview?: PlanPreview
}

export interface PlanPreview {
  firstRows: { row: number; outcome: string; record: string | null; values: Record<string, string | null> }[]
  diffs: { row: number; record: string; fields: Record<string, { from: string | null; to: string | null }> }[]
  issues: { code: string; severity: string; column: string | null; count: number; example: string }[]
}

export interface UndoPreview {
  job: number
  object: string
  /** Records that go to the bin. */
  binned: number
  /** Records whose fields go back. */
  restored: number
  /** Deleted records that come back. */
  revived: number
  related: Record<string, number>
  /** What stays as it is, and why: at most 1 000 are listed, `keptCount` counts all. */
  kept: { object: string; record: string; row: number | null; fields: string[]; reason: string }[]
  keptCount: number
}
