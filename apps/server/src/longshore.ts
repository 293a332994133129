import type { Readable } from 'node:stream'
import type { EgressRules } from '@longshore/connectors'
import type { Catalog, Counts, ImportDefinitionInput, JobState, Proposal, SavedMapping, Side, TemplateColumn, UndoPreview } from '@longshore/core'
import type { Association, BinnedRecord, ColleagueImport, OrganizationSettings, ResultFile, Review, SavedMappingEntry, StartRequest, Trial } from '@longshore/store'
import type { Actor } from './actor.ts'
import type { Log } from './log/log.ts'
import type { DraftWork } from './tasks/drafts/draft-work.ts'
import type { Door } from './people/door.ts'
import type { PeopleWork } from './people/people-work.ts'
import type { TellFetched } from './source/told-fetch.ts'
import type { UploadedFile } from './source/uploaded-file.ts'
import type { BulkWork } from './tasks/bulk/bulk-work.ts'
import type { NotificationWork, ToldNotification } from './tasks/notifications/notification-work.ts'
import type { PartialWork } from './tasks/uploads/partial-work.ts'
import type { UploadWork } from './tasks/uploads/upload-work.ts'
import type { FixWork } from './tasks/fixes/fix-work.ts'
import type { RuleTest } from './tasks/records/test-rule.ts'
import type { ChosenChange } from './tasks/records/change-chosen.ts'
import type { ReadRecords } from './tasks/records/read-records.ts'
import type { ViewWork } from './tasks/views/view-work.ts'
import type { RowWork } from './tasks/rows/row-work.ts'

export type { Draft, DraftChange, DraftWork } from './tasks/drafts/draft-work.ts'
export type { FixRequest, FixWork, ListedFix } from './tasks/fixes/fix-work.ts'
export type { FixChange } from './tasks/fixes/change-fixes.ts'
export type { RowOverview, RowWindow, RowWork, WindowStart } from './tasks/rows/row-work.ts'
export type { ColumnFacet, IssueGroup as RowIssueGroup, StagedRow } from '@longshore/store'

export interface OpenOptions {
  dataDirectory: string
  /** A PostgreSQL to use instead of the embedded one. */
  databaseUrl?: string
  /** Where files may be fetched from; absent: the open Internet, as the operator's environment allows. */
  egress?: EgressRules
  /** Off: jobs that are begun here are left to a worker. On, unless told otherwise. */
  runsJobs?: boolean
  /** Takes lines for an operator: never anything from a file. JSON where `LONGSHORE_LOG=json` asks for it. */
  log?: (line: string) => void
}

/** A request that changes nothing. `catalogStamp`: of the catalog that all of it is seen by, read a moment ago; null: nobody looked. */
export interface Look { catalogStamp: string | null }

/**
 * Everything that the command line, the page and the worker can ask of Longshore, over the organization of its actor.
 * Where a call takes a `signal`, aborting it stops the job at the next edge of a chunk: the call then resolves with
 * the job `paused`, and `resume` goes on from there.
 */
export interface Longshore {
  /** On whose behalf all of it is asked. */
  readonly actor: Actor
  readonly log: Log
  /** Who comes in, and as whom. */
  readonly door: Door
  /** The people of the actor's organization. */
  readonly people: PeopleWork
  /**
   * The same on behalf of somebody else: what they may not see does not exist for them. `look`: for a moment in which they change nothing, instead of
   * asking for the same thing again and again.
   */
  as(actor: Actor, look?: Look | null): Longshore
  /** Makes a job of the file and runs it to its end (or to `planned` for a dry run). */
  import(request: ImportRequest, watch: Watch, signal?: AbortSignal): Promise<JobSummary>
  /** Makes a job of a file that was sent, or of one at an address, and begins to run it here; a worker takes it up should this process end. Nothing of the request is refused later. */
  begin(request: { file: UploadedFile | { url: string }; definition: unknown; dryRun: boolean; startAt?: string | null; request?: StartRequest | null }): Promise<JobSummary>
  /** The same as `apply`, `resume` and `undo`, begun here and answered once the job moves; it goes on by itself. */
  readonly started: {
    /** `startAt` (ISO): not before; the job waits in the queue. */
    apply(job: number, options?: { startAt?: string | null | undefined; request?: StartRequest | null }): Promise<JobSummary>
    resume(job: number, options?: { request?: StartRequest | null }): Promise<JobSummary>
    undo(job: number, options: { everything: boolean; request?: StartRequest | null }): Promise<JobSummary>
    /** Imports the first `rows` rows of a planned job that were not tried yet, as a job of its own; what it has dealt with, the planned job leaves out. */
    trial(job: number, options: { rows: number; request?: StartRequest | null }): Promise<JobSummary>
  }
  /** Runs the stored plan of a dry run. */
  apply(job: number, watch: Watch, signal?: AbortSignal): Promise<JobSummary>
  job(job: number): Promise<JobSummary>
  /**
   * Changes of jobs as they happen: from version `since` on, or with null from now; null at least every `idleMs`. A change may be told twice,
   * never left out. Ends when `signal` aborts.
   */
  watchJobs(since: string | null, idleMs: number, signal: AbortSignal): AsyncIterable<{ kind: 'job'; version: string; job: JobSummary } | { kind: 'progress'; progress: Progress } | { kind: 'notification'; notification: ToldNotification } | null>
  /** What little has to be known of a job to ask whether something may be done with it. Throws `job.unknown`. */
  findJob(job: number): Promise<{ object: string; state: JobState }>
  /** Newest first. */
  jobs(): Promise<JobSummary[]>
  /** The same a page at a time; `cursor` is `next` of the page before. */
  jobPage(options: { limit: number; cursor?: string | undefined }): Promise<{ items: JobSummary[]; next: string | null }>
  /** How many jobs are in each state that occurs. */
  jobStates(): Promise<Partial<Record<JobState, number>>>
  /** Plans a job again whose rows were corrected since its plan was made, or checks them first where they wait for it. */
  plan(job: number, watch: Watch, signal?: AbortSignal): Promise<JobSummary>
  /** Looking at the rows of a checked job. */
  stagedRows: RowWork
  /** Correcting them. */
  fixes: FixWork
  /** Imports that are put together step by step. */
  drafts: DraftWork
  cancel(job: number): Promise<JobSummary>
  pause(job: number): Promise<JobSummary>
  /** Runs the job here, from where it stopped to its end. */
  resume(job: number, watch: Watch, signal?: AbortSignal): Promise<JobSummary>
  undoPreview(job: number, options: { everything: boolean }): Promise<UndoPreview>
  undo(job: number, options: { everything: boolean }, watch: Watch, signal?: AbortSignal): Promise<JobSummary>
  export(request: ExportRequest, watch: Watch, signal?: AbortSignal): Promise<{ rows: number; file: string; seconds: number }>
  /** The same as a stream, for a download. */
  download(request: Omit<ExportRequest, 'out' | 'replace'>, signal: AbortSignal): Promise<Readable>
  map(request: { file: string; object: string; definition?: ImportDefinitionInput }): Promise<{ columns: Proposal[] }>
  /** Imports whose records stand in the request. */
  readonly bulk: BulkWork
  /** What the actor is told of their jobs. */
  readonly notifications: NotificationWork
  /** Files that people send, before there is a job. */
  readonly uploads: UploadWork
  /** The same in parts. */
  readonly partials: PartialWork
  /** Writes an import template: a blank file with headers and an example row. */
  template(request: TemplateRequest): Promise<{ file: string; columns: TemplateColumn[] }>
  /** The same as bytes, for whoever asks over the network. */
  templateBytes(request: Pick<TemplateRequest, 'object' | 'fields' | 'format'>): Promise<string | Uint8Array>
  /** Saved mappings, by name. */
  savedMappings(): Promise<SavedMappingEntry[]>
  savedMapping(name: string): Promise<SavedMapping>
  /** Saves the mapping of a job under a name, or one that somebody has as a document, in place of an earlier one of this name. */
  saveMapping(request: { name: string; job: number } | { document: unknown; name?: string }): Promise<{ mapping: SavedMapping; replaced: boolean }>
  deleteSavedMapping(name: string): Promise<void>
  /** Habits of the organization, which decide where a file leaves something open. */
  settings(): Promise<OrganizationSettings>
  /** Changes some of them; null takes one away. */
  changeSettings(patch: unknown): Promise<OrganizationSettings>
  catalog(): Promise<Catalog>
  /** Asks a validation rule, which need not be kept yet, of the newest records of an object. */
  testRule(request: { object: string; rule: unknown }): Promise<RuleTest>
  /** Applies a schema change document; an error names the path in it. */
  changeSchema(document: unknown): Promise<{ changes: string[]; catalog: Catalog }>
  /** Looking at records. */
  readonly read: ReadRecords
  /** Lists of records that are kept by name. */
  readonly views: ViewWork
  /** Gives fields of a record other values by hand: texts as people write them, null clears. */
  editRecord(request: { object: string; record: string; values: Record<string, string | null>; version?: string }): Promise<void>
  /** One change of all records that were chosen: a job, begun here. */
  changeChosen(change: ChosenChange, once: StartRequest | null): Promise<JobSummary>
  /** Moves records to the bin: all of them, or none. */
  binRecords(request: { object: string; records: string[] }): Promise<void>
  /** What is in the bin, last deleted first, a page at a time; `cursor` is `next` of the page before. `counts`: with the first page, how many there are of each object. */
  bin(options: { object?: string | undefined; limit: number; cursor?: string | undefined }): Promise<{ records: BinnedRecord[]; next: string | null; counts: Record<string, number> | null }>
  /** Brings records back from the bin: all of them, or none. */
  restore(request: { object: string; records: string[] }): Promise<void>
  /** Takes away for good what has been in the bin for at least so many days; gives the number of records, and the objects that a job kept busy. */
  emptyBin(request: { object?: string; olderThanDays: number }): Promise<{ records: number; busy: string[] }>
  /** Pairs of records that may be one and wait for somebody, oldest first. */
  /** Links between records with their roles; of one record, or all. */
  associations(options: { record?: string; limit: number }): Promise<Association[]>
  reviews(options: { object?: string; limit: number }): Promise<Review[]>
  /** Makes one record of a pair; a job, which can be undone. */
  mergeReview(request: { review: string; keep: Side; values: Record<string, Side> }): Promise<JobSummary>
  /** Settles a pair as two different records, until either of them changes. */
  dismissReview(review: string): Promise<void>
  /** Runs queued and orphaned jobs until `signal` aborts. */
  work(signal: AbortSignal): Promise<void>
  /** Writes the job's results again, into `directory` when given. */
  results(job: number, options: { formats: string[]; directory?: string }): Promise<string[]>
  /** Asks the database for an answer; a Fault when it gives none. `database`: `PostgreSQL 18.4`. */
  health(): Promise<{ database: string }>
  close(): Promise<void>
}

export interface ImportRequest {
  /** A path, or an address by https: such a file is fetched each time. */
  file: string
  definition: ImportDefinitionInput
  dryRun: boolean
  /** Where result files are copied; absent: they stay in the data directory. */
  resultsDirectory?: string
  /** Not begun before (ISO, with its zone): the job waits in the queue until a worker takes it up. */
  startAt?: string
  /** Saves what the columns mean under this name, once nothing of the request is refused. */
  saveMapping?: string
  /** Hears how many bytes of a file at an address have come, before there is a job. */
  fetching?: TellFetched
}

export interface TemplateRequest {
  object: string
  /** Field paths in the order of the columns; absent: all that a person fills. */
  fields?: string[]
  format: 'csv' | 'xlsx'
  /** What the sheet is called; absent: the object. */
  name?: string
  /** `-`: standard output. */
  out: string
  /** Replaces a file that is there. */
  replace?: boolean
}

export interface ExportRequest {
  object: string
  /** Field paths; absent: all. */
  fields?: string[]
  /** `field op value`. */
  where: string[]
  format: 'csv' | 'json' | 'ndjson' | 'xlsx' | 'parquet'
  /** `-`: standard output. */
  out: string
  /** Replaces a file that is there. */
  replace?: boolean
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

/** A column of the file that goes nowhere, with its number from 1. */
export interface LeftOutColumn {
  header: string
  /** How a flag of the command line names it. */
  flagName: string
  position: number
  /** Values that were found in it, of a sample of at most a thousand; null: nobody looked. */
  values: number | null
  /** Path of the field that it most likely means, to be confirmed; null: none. */
  suggested: string | null
  /** A person, a saved mapping or an earlier choice leaves it out. */
  byHand: boolean
}

export interface JobSummary {
  job: number
  /** An edit is what a person did by hand in one go: a merge of two records. */
  kind: 'import' | 'undo' | 'edit'
  state: JobState
  /** It says that it is read or written, and its process is gone: it waits to be resumed. */
  interrupted: boolean
  /** It waits for a worker, for jobs do not run where this was asked. */
  waiting?: boolean
  object: string
  operation: string
  source: string | null
  /** SHA-256 of the source as it was taken in; null where there is none. */
  sourceHash: string | null
  /** Its size; null where there is none. */
  sourceBytes: number | null
  rows: number
  counts: Counts
  /** What the counts are: what will become of rows, what became of some of them so far, or of all. */
  figures: 'planned' | 'so-far' | 'results'
  replanned: number
  warnings: number
  /** Records made for references, by object; of a plan those that it will make. Nothing while some of them are made. */
  related: Record<string, number>
  /** Worked by all attempts that are over. */
  seconds: number
  /** 0 while it works. */
  rowsPerSecond: number
  /** Seconds spent in each phase. */
  phases: Record<string, number>
  /** Result files that exist, as paths. */
  results: string[]
  /** The same with what is known of them. */
  artifacts: ResultFile[]
  dryRun: boolean
  /** Member id of who started it; null: the operator. */
  startedBy: number | null
  /** Their name. */
  startedByName: string | null
  /** Not begun before; null: as soon as it may. */
  startAt: string | null
  /** Place among the imports that wait, from 1; null: it does not wait for others. */
  queuePosition: number | null
  /** Imports of the same object by others that are under way. Of one job asked for by its number, while it is not over. */
  colleagues?: ColleagueImport[]
  /** Trials of its first rows, newest first. */
  trials?: Trial[]
  createdAt: string
  finishedAt: string | null
  /** Name of the saved mapping that said what the columns mean. */
  savedMapping: string | null
  /** The job that this one undoes. */
  undoes: number | null
  undoneBy: number | null
  /** The planned import whose first rows this one tries. */
  trialOf: number | null
  /** Columns of the file that go nowhere. */
  leftOut?: LeftOutColumn[]
  /** Doubts about how the file is read. */
  readingWarnings?: string[]
  /** Distinct values that are no option of their picklist, the most frequent first, each with the option nearest in spelling; at most 50. Of one job asked for by its number. */
  unknownValues?: { column: string; field: string; value: string; count: number; nearest: string | null }[]
  /** Of an undo: how many records it left as they were, wholly or in some fields. */
  kept?: number
  /** Of an import that may bring deleted records back: how many it brings or brought back, among those updated. */
  restored?: number
  /** Of an import: why rows are skipped, and how many for each reason. */
  skippedFor?: Record<string, number>
  /** Of an import that changes existing records which its rows refer to: how many it will change or has changed, by object. */
  relatedChanged?: Record<string, number>
  /** Of an undo: fields that the undone import made, which stay. */
  fieldsLeft?: string[]
  /** Errors first, then the most frequent; at most 20 groups. Of one job asked for by its number, not of a list. */
  issues?: IssueGroup[]
  /** Why the job failed, when it did. */
  error: { code: string; message: string; path?: string } | null
  definition: unknown
  /** Of a planned job: rows were corrected since, and the plan is to be made again before it is carried out. */
  outdated?: boolean
  /** First rows as they will stand, diffs of updates, issue counts: of a planned job. */
  preview?: PlanPreview
}

export interface PlanPreview {
  firstRows: { row: number; outcome: string; record: string | null; values: Record<string, string | null> }[]
  diffs: PlanDiff[]
  /** The same of existing records that rows refer to, where the import changes them. */
  relatedDiffs: (PlanDiff & { object: string })[]
  issues: IssueGroup[]
}

/** What a row changes of a record. `name`: what people call the record. Of a field that links to a record `from` and `to` are ids, with the names of the two beside them. */
export interface PlanDiff {
  row: number
  record: string
  name: string | null
  fields: Record<string, { from: string | null; to: string | null; fromName?: string | null; toName?: string | null }>
}

/** The issues of one code in one column. */
export interface IssueGroup {
  code: string
  severity: string
  column: string | null
  count: number
  /** Message of the first one. */
  example: string
  /** Row number of the first one. */
  row?: number
}

export type { UndoPreview } from '@longshore/core'
export type { Association, BinnedRecord, OrganizationSettings, Review, SavedMappingEntry } from '@longshore/store'
