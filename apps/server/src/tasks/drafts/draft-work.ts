import { Fault, changedSettings, isSameDocument, parseImportDefinition, settingsOfLayout, stepsAfter } from '@longshore/core'
import type { ImportDefinition, ImportStep, SourceLayout } from '@longshore/core'
import { activeFixes, changeState, createJob, lockDraft, patchJob, refuseDuringTrial, standing, trialsOf, writeEdit } from '@longshore/store'
import type { DraftEdit, Job } from '@longshore/store'
import { doer } from '../../actor.ts'
import type { JobSummary, Watch } from '../../longshore.ts'
import type { Workspace } from '../../open-workspace.ts'
import { columnsInSight, firstRows, layoutOf, previewRows, profilesOf, readOpening } from '../uploads/look-at-file.ts'
import type { ColumnInSight, FileReading } from '../uploads/look-at-file.ts'
import { columnSamples } from './column-samples.ts'
import type { ColumnSamples } from './column-samples.ts'
import { matchPreview } from './match-preview.ts'
import type { DraftMatches } from './match-preview.ts'
import { wholeAddress, withKeptAddress } from '../../source/kept-address.ts'
import { takeSource } from '../../source/take-source.ts'
import { momentOfJob, needsProfiles, prepareImport, readSettings, sourceOf, wantedObject, type CompiledImport, type PreparedImport } from '../import/create-import.ts'
import { isResumable } from '../jobs/job-states.ts'
import { refuseLargeFile } from '../import/refuse-over-limits.ts'
import type { LookedThrough } from '../parser/detect-file.ts'

/** An import that a person puts together, as it stands. */
export interface Draft {
  job: number
  /** Raised by each edit. Whoever edits names the one that they saw. */
  revision: number
  definition: ImportDefinition
  layout: SourceLayout
  source: string
  /** How far it is: rows are checked, the plan is made. What is not, is to be done (again). */
  checked: boolean
  planned: boolean
  /** Why the last check could not go on: a question about its columns, most of the time. */
  error: Job['error']
  /** Who changed what, oldest first; the last ones. */
  edits: DraftEdit[]
}

export interface DraftChange {
  revision: number
  /** Settings that are others now. */
  changed: string[]
  /** Steps that are to be gone through again. */
  again: ImportStep[]
}

/** Imports under construction. They are jobs from the beginning, and nothing runs them until their rows are to be checked. */
export interface DraftWork {
  /** Takes a file in and finds out how it is read. `file` as an import takes it. */
  create(request: { file: Parameters<typeof takeSource>[1]; definition: unknown; by?: string }, signal?: AbortSignal): Promise<Draft>
  read(job: number): Promise<Draft>
  /** How its file is read, and the first rows. */
  reading(job: number): Promise<FileReading>
  /** What is proposed for each column of its file, whatever the draft itself says of columns. */
  columns(job: number): Promise<{ columns: ColumnInSight[] }>
  /** What becomes of some cells of a column (from 1), as the draft has it. */
  samples(job: number, column: number): Promise<ColumnSamples>
  /** What its rows meet by criteria, the draft's own or others; nothing is changed. */
  matches(job: number, match?: readonly (readonly string[])[], signal?: AbortSignal): Promise<DraftMatches>
  /** Puts another definition in the place of the one that the editor saw; refuses where somebody else was faster, and says what they changed. */
  edit(job: number, request: { revision: number; definition: unknown; by?: string }): Promise<DraftChange>
  /** Checks its rows, unless they are checked as the definition now has it, and plans them. */
  check(job: number, watch: Watch, signal?: AbortSignal): Promise<JobSummary>
  /** The same without waiting for it: what is off about the definition is refused, the rest happens here, or in a worker should this process end. */
  begin(job: number): Promise<void>
}

/** What drafts need of those who run jobs. `read` gives a job that the one who asks may see. */
export interface DraftPorts {
  read(job: number): Promise<Job>
  run(job: number, watch: Watch, signal: AbortSignal | undefined): Promise<JobSummary>
  runBehind(job: number): Promise<void>
}

export function draftWork(workspace: Workspace, { read, run, runBehind }: DraftPorts): DraftWork {
  const { db, organization } = workspace
  return {
    async create({ file, definition: document, by }, signal) {
      const definition = parseImportDefinition(document)
      const { object, catalog } = await wantedObject(workspace, definition)
      const source = await takeSource(workspace, await wholeAddress(file, definition.source, workspace.secrets), signal)
      try {
        const { layout } = await readOpening({ path: source.path, name: source.name, settings: readSettings(definition) }, previewRows)
        await refuseLargeFile(await workspace.settings(), layout.format, source.path)
        const stored = await source.keep()
        const job = await createJob(db, organization, {
          kind: 'import', object: object.name, operation: definition.operation, definition: { ...definition, source: { ...await withKeptAddress(definition.source, source.url, workspace.secrets), ...settingsOfLayout(layout) } },
          sourceName: source.name, sourceFile: stored.id, uploaded: source.uploaded, layout, metadataVersion: catalog.version, dryRun: true, reviewed: true, by: doer(workspace.actor), effectiveAt: momentOfJob(),
        })
        await db.transaction(null, (tx) => patchJob(tx, organization, job.number, { revision: 1, edits: [{ revision: 1, by: by ?? null, at: job.createdAt, changed: [] }] }))
        return draftOf(await read(job.number))
      } catch (error) {
        await source.discard()
        throw error
      }
    },
    read: async (number) => draftOf(await read(number)),
    async reading(number) {
      const job = await read(number)
      draftOf(job)
      return firstRows(workspace, sourceOf(workspace, job, job.definition as ImportDefinition), previewRows)
    },
    async columns(number) {
      const job = await read(number)
      const { definition } = draftOf(job)
      const { catalog, object } = await wantedObject(workspace, definition)
      return { columns: await columnsInSight(workspace, { catalog, object }, sourceOf(workspace, job, definition), { ...definition, columns: [], autoMap: true }) }
    },
    async samples(number, column) {
      const job = await read(number)
      return columnSamples(workspace, draftOf(job).definition, sourceOf(workspace, job, draftOf(job).definition), column)
    },
    async matches(number, match, signal) {
      const job = await read(number)
      draftOf(job)
      return matchPreview(workspace, job, match, signal)
    },
    async edit(number, { revision, definition: document, by }) {
      const parsed = parseImportDefinition(document)
      const definition = { ...parsed, source: await withKeptAddress(parsed.source, null, workspace.secrets) }
      const { object } = await wantedObject(workspace, definition)
      const seen = await read(number)
      const settings = changedSettings(seen.definition as ImportDefinition, definition)
      // looked at before the job is held: others wait for it
      const layout = settings.includes('source') ? await layoutOf(workspace, sourceOf(workspace, seen, definition)) : seen.layout
      return db.transaction(null, async (tx) => {
        const job = await lockDraft(tx, organization, number)
        if (job.revision !== revision) throw conflict(job, revision)
        const changed = changedSettings(job.definition as ImportDefinition, definition)
        const again = stepsAfter(changed)
        if (again.length === 0) return { revision, changed, again }
        await tx.query(`SET LOCAL ROLE "${organization.role}"`)
        const fixes = await activeFixes(tx, organization, number)
        await tx.query('RESET ROLE')
        if (fixes.length > 0 && (changed.includes('source') || changed.includes('object'))) throw new Fault('draft.has-fixes', `Job ${number} has ${fixes.length} correction(s) of rows, which would be other rows if the file were read otherwise. Take them back first, or make a new import of the file.`, { path: 'source' })
        const [trial] = standing(await trialsOf(tx, organization, number))
        if (trial && (changed.includes('source') || changed.includes('object'))) throw new Fault('draft.has-trial', `Job ${trial.job} has imported rows of job ${number} on trial, which would be other rows if the file were read otherwise. ${trial.state === 'undone' ? 'Records of it stand, so make' : 'Undo it first, or make'} a new import of the file.`, { path: 'source' })
        const made = await writeEdit(tx, organization, job, { by: by ?? null, changed }, { definition, layout, object: object.name, operation: definition.operation, again: again.includes('check') ? 'check' : 'plan' })
        return { revision: made, changed, again }
      })
    },
    async check(number, watch, signal) {
      await settle(number)
      return run(number, watch, signal)
    },
    async begin(number) {
      await settle(number)
      await runBehind(number)
    },
  }

  /** Settles what can be known before rows are checked; from then on the job is checking. */
  async function settle(number: number): Promise<void> {
    const job = await read(number)
    if (job.state !== 'draft') throw new Fault('job.state', `Job ${number} is ${job.state}: only a draft is checked.${isResumable(job) ? ` To go on with it: longshore resume ${number}.` : ''}`)
    const definition = job.definition as ImportDefinition
    const file = sourceOf(workspace, job, definition)
    const look = async (): Promise<LookedThrough> => (needsProfiles(definition) ? profilesOf(workspace, file) : { layout: await layoutOf(workspace, file), profiles: [] })
    const prepared = await prepareImport(workspace, { ...file, url: null }, definition, { look })
    await db.transaction(null, async (tx) => {
      const now = await lockDraft(tx, organization, number)
      if (now.revision !== job.revision) throw conflict(now, job.revision)
      refuseDuringTrial(number, await trialsOf(tx, organization, number))
      const staged = now.checkpoint.staged === true && isCheckedAlike(now.compiled as CompiledImport | null, prepared.compiled)
      await patchJob(tx, organization, number, { ...prepared, compiled: staged ? withFormerFindings(prepared, now.compiled as CompiledImport) : prepared.compiled, checkpoint: { staged, planned: false }, error: null })
      await changeState(tx, organization, number, 'checking')
    })
  }
}

function draftOf(job: Job): Draft {
  const { number, revision, definition, layout, sourceName, checkpoint, error, edits } = job
  if (job.kind !== 'import' || !job.reviewed || layout === null) throw new Fault('draft.none', `Job ${number} is no draft: it went straight through.`)
  return { job: number, revision, definition: definition as ImportDefinition, layout, source: sourceName ?? '', checked: checkpoint.staged === true, planned: checkpoint.planned === true, error, edits }
}

function conflict(job: Job, seen: number): Fault {
  const later = job.edits.filter(({ revision }) => revision > seen)
  const told = later.map(({ by, changed, at }) => `${by ?? 'somebody'} changed ${changed.join(', ')} (${at})`)
  return new Fault('draft.conflict', `Job ${job.number} was changed since: it is at revision ${job.revision}, you saw ${seen}. ${told.length === 0 ? '' : `${told.slice(-3).join('; ')}. `}Load it again and make your change there.`, { path: 'revision' })
}

/** Whether rows come out of the check the same; merge rules and owners are for the plan alone. */
function isCheckedAlike(before: CompiledImport | null, after: CompiledImport): boolean {
  const ofCheck = ({ mapping, settings }: CompiledImport): unknown => [{ ...mapping, targets: mapping.targets.map((target) => ({ ...target, merge: null })) }, { ...settings, now: null }]
  return before !== null && isSameDocument(ofCheck(before), ofCheck(after))
}

/** What the values of the columns said when they were checked. */
function withFormerFindings({ compiled }: PreparedImport, before: CompiledImport): CompiledImport {
  return { ...compiled, ...(before.findings === undefined ? {} : { findings: before.findings }), ...(before.blanks === undefined ? {} : { blanks: before.blanks }), settings: before.settings }
}
