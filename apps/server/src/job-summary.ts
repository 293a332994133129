import { closest, findObject, flagName, idleRules, noCounts, printValue, readingSentence, sumOf, visibleCatalog } from '@longshore/core'
import type { ImportDefinition } from '@longshore/core'
import { asSystem, memberNames, unknownValues, countIssues, countRelatedChanges, firstRelatedDiffs, countKept, countOutcomes, countPlan, countReason, countReasons, colleaguesImporting, firstDiffs, firstPlannedRows, interruptedJobs, unattendedJobs, loadCatalog, queuePositions, readFileId, readJob, trialsOf } from '@longshore/store'
import type { Job, Transaction } from '@longshore/store'
import { linksOfUpdated, namedDiffs } from './named-diffs.ts'
import { keptLook, keptOfRecords } from './kept-look.ts'
import type { JobSummary, PlanPreview } from './longshore.ts'
import type { Workspace } from './open-workspace.ts'
import { shownAddress } from './source/kept-address.ts'
import type { CompiledImport } from './tasks/import/create-import.ts'
import { planLook } from './tasks/import/run-import-job.ts'

const previewRows = 20
const issueGroups = 20
/** Distinct unknown values that are told. */
const mostUnknown = 50

/** A job as everybody is told of it. `details` adds what takes a look at its rows. */
export async function summaryOf(workspace: Workspace, job: Job, details: boolean): Promise<JobSummary> {
  return summaryFrom(workspace, job, await knownOf(workspace, [job], details), details)
}

/** The same without details, made once for all who are told of a change. The place in the queue changes without the job. */
export function summaryOfChange(workspace: Workspace, job: Job): Promise<JobSummary> {
  const made = (): Promise<JobSummary> => summaryOf(workspace, job, false)
  return job.state === 'queued' ? made() : keptLook(workspace, 'change', job, made)
}

/** The same of several jobs, without details. */
export async function summariesOf(workspace: Workspace, jobs: readonly Job[]): Promise<JobSummary[]> {
  if (jobs.length === 0) return []
  const known = await knownOf(workspace, jobs, false)
  const summaries: JobSummary[] = []
  for (const job of jobs) summaries.push(await summaryFrom(workspace, job, known, false))
  return summaries
}

/** What is told of the rows of a job belongs together. */
const oneMoment = { readOnly: true, isolation: 'repeatable read' } as const

/** What only the system may look at, of all jobs at once; what details need of it, of the first. */
interface Known { names: ReadonlyMap<number, string>; places: ReadonlyMap<number, number>; interrupted: ReadonlySet<number>; unattended: ReadonlySet<number>; colleagues: JobSummary['colleagues']; trials: JobSummary['trials'] }

async function knownOf({ db, organization, runsJobs }: Workspace, jobs: readonly Job[], details: boolean): Promise<Known> {
  const system = db.reading(null)
  const [first] = jobs
  const detailed = details && first?.kind === 'import' ? first : null
  const [names, places, interrupted, unattended, colleagues, trials] = await Promise.all([
    memberNames(system, organization, jobs.flatMap(({ startedBy }) => startedBy ?? [])),
    jobs.some(({ state }) => state === 'queued') ? queuePositions(system, organization) : new Map<number, number>(),
    interruptedJobs(system, organization, jobs),
    unattendedJobs(system, organization, runsJobs ? [] : jobs.filter(awaitsSomebody).map(({ number }) => number)),
    detailed && !isOver(detailed.state) ? colleaguesImporting(system, organization, detailed) : undefined,
    detailed ? trialsOf(system, organization, detailed.number) : undefined,
  ])
  return { names, places, interrupted, unattended, colleagues, trials }
}

/** Somebody is to run it now. */
function awaitsSomebody({ state, dryRun, startAt }: Job): boolean {
  return state === 'checking' || (state === 'planned' && !dryRun) || (state === 'queued' && (startAt === null || Date.parse(startAt) <= Date.now()))
}

async function summaryFrom(workspace: Workspace, job: Job, known: Known, details: boolean): Promise<JobSummary> {
  const { db, organization } = workspace
  const look = <Found>(work: (tx: Transaction) => Promise<Found>): Promise<Found> => db.transaction(organization, work, oneMoment)
  const seconds = job.workedMs / 1000
  const { counts, figures } = await figuresOf(workspace, job, details, look)
  const rows = job.rows ?? sumOf(counts)
  const source = job.sourceFile === null ? null : readFileId(job.sourceFile)
  const summary: JobSummary = {
    job: job.number, kind: job.kind, state: job.state, interrupted: known.interrupted.has(job.number), object: job.object, operation: job.operation, source: job.sourceName, sourceHash: source?.sha256 ?? null, sourceBytes: source?.sizeBytes ?? null,
    rows, counts, figures, replanned: job.replanned, warnings: job.warnings, related: figures === 'so-far' ? {} : job.related, seconds, rowsPerSecond: seconds > 0 && !isWorkedOn(job.state) ? Math.round((figures === 'so-far' ? sumOf(counts) : rows) / seconds) : 0,
    results: job.results.map((file) => file.id), artifacts: job.results, dryRun: job.dryRun,
    startedBy: job.startedBy, startedByName: job.startedBy === null ? null : known.names.get(job.startedBy) ?? null, startAt: job.startAt, queuePosition: known.places.get(job.number) ?? null, createdAt: job.createdAt, finishedAt: job.finishedAt,
    savedMapping: (job.compiled as CompiledImport | null)?.savedMapping ?? null, undoes: job.undoes, undoneBy: job.undoneBy, trialOf: job.trialOf,
    phases: Object.fromEntries(Object.entries(job.phases).map(([phase, ms]) => [phase, ms / 1000])), error: job.error, definition: withShownAddress(job.definition),
  }
  if (!summary.interrupted && known.unattended.has(job.number) && (summary.queuePosition ?? 1) === 1) summary.waiting = true
  if (!details) return summary
  if (known.colleagues) summary.colleagues = known.colleagues
  if (known.trials) summary.trials = known.trials
  if (job.kind === 'import' && job.compiled !== null) {
    summary.leftOut = (job.compiled as CompiledImport).mapping.unmapped.map(({ header, position, values, suggested, byHand }) => ({ header, flagName: flagName(position, job.layout?.columns ?? []), position: position + 1, values: values ?? null, suggested: suggested ?? null, byHand: byHand ?? false }))
    const { findings = [], remembered = [], recalled = [], savedMapping, newFields, blanks = [], mapping } = job.compiled as CompiledImport
    const { merge = {}, defaults = {}, operation = 'insert' } = job.definition as Partial<ImportDefinition>
    summary.readingWarnings = [...(job.layout?.warnings ?? []).map((warning) => warning.message), ...findings.map(readingSentence).filter((sentence) => sentence !== null), ...idleRules({ merge, defaults, operation }, mapping),
      ...(savedMapping === undefined ? [] : [`The columns are mapped by the saved mapping "${savedMapping}".`]),
      ...(newFields?.objects[0].fields ?? []).map(({ name, label, kind }) => `The column "${mapping.targets.find(({ path }) => path === name)?.header ?? label}" ${job.checkpoint.applied ? 'became' : 'becomes'} the new field ${name} of the type ${kind}.`),
      ...recalled.map(({ header, field, job: from }) => (field === null ? `The column "${header}" is left out, as in job ${from}.` : `The column "${header}" goes to ${field}, as you chose in job ${from}.`)),
      ...remembered.map(({ header, values, from }) => `The values of "${header}" are taken as in job ${from}: ${Object.entries(values).slice(0, 5).map(([found, stored]) => `"${found}" as ${stored === '' ? 'empty' : `"${stored}"`}`).join(', ')}${Object.keys(values).length > 5 ? ', …' : ''}.`),
      ...blanks.map(({ target, words }) => `Taken for empty cells of "${mapping.targets[target]?.header ?? ''}": ${Object.entries(words).map(([word, times]) => `"${word}" (${times})`).join(', ')}.`)]
  }
  Object.assign(summary, await keptLook(workspace, 'rows', job, () => look((tx) => lookIn(tx, workspace, job))))
  // what a lone update leaves of a record follows that record, which others edit
  if (job.state === 'planned' && summary.outdated !== true) summary.preview = await keptOfRecords(db.reading(organization), workspace, ['preview', job.number, job.version], () => look((tx) => previewOf(tx, workspace, job, summary.issues ?? [])))
  return summary
}

type Look = Partial<Pick<JobSummary, 'skippedFor' | 'unknownValues' | 'issues' | 'restored' | 'relatedChanged' | 'fieldsLeft' | 'kept' | 'outdated'>>

/** What takes a look at the job's rows. */
async function lookIn(tx: Transaction, workspace: Workspace, job: Job): Promise<Look> {
  const { organization } = workspace
  const summary: Look = {}
  if (job.kind === 'import' && job.compiled !== null) summary.unknownValues = await unknownOf(tx, workspace, job)
  summary.issues = await countIssues(tx, organization, job.number, issueGroups)
  if ((job.definition as Partial<ImportDefinition> | null)?.restoreBinned === true) summary.restored = await countReason(tx, organization, job.number, 'restored', job.state === 'planned' ? '_plan' : '_outcome')
  if ((job.definition as Partial<ImportDefinition> | null)?.existingReference === 'update') {
    summary.relatedChanged = await countRelatedChanges(tx, organization, job.number, job.state === 'planned' ? 'planned' : 'applied')
  }
  if (job.kind === 'import') summary.skippedFor = await countReasons(tx, organization, job.number, 'skipped', job.state === 'planned' ? '_plan' : '_outcome')
  if (job.kind === 'undo') summary.fieldsLeft = await fieldsMadeBy(tx, workspace, job.undoes)
  if (job.kind === 'undo') summary.kept = await countKept(tx, { organization, job: job.number })
  if (job.state === 'planned' && !job.checkpoint.planned) summary.outdated = true
  return summary
}

/**
 * The plan of a job of which nothing was written yet, where it stands; else what was written, which is counted where it is kept until the job is
 * over.
 */
async function figuresOf(workspace: Workspace, job: Job, details: boolean, look: <Found>(work: (tx: Transaction) => Promise<Found>) => Promise<Found>): Promise<Pick<JobSummary, 'counts' | 'figures'>> {
  const { state, counts, checkpoint } = job
  const figures = isOver(state) ? 'results' : state === 'planned' ? 'planned' : 'so-far'
  // a plan that rows changed under promises nothing, though its rows are there until it is made again
  const stands = figures !== 'planned' || checkpoint.planned === true
  if (figures !== 'so-far' && (counts !== null || !details || !stands)) return { counts: counts ?? noCounts(), figures }
  return keptLook(workspace, 'figures', job, () => look((tx) => countedFigures(tx, workspace, job, figures)))
}

async function countedFigures(tx: Transaction, { organization }: Workspace, { number, state, checkpoint }: Job, figures: JobSummary['figures']): Promise<Pick<JobSummary, 'counts' | 'figures'>> {
  if (figures === 'planned') return { counts: await countPlan(tx, organization, number), figures }
  const written = await countOutcomes(tx, organization, number)
  return state === 'queued' && checkpoint.planned && sumOf(written) === 0 ? { counts: await countPlan(tx, organization, number), figures: 'planned' } : { counts: written, figures }
}

/** How long it took is known when the attempt is over. */
function isWorkedOn(state: Job['state']): boolean {
  return state === 'running' || state === 'checking'
}

function isOver(state: Job['state']): boolean {
  return state === 'done' || state === 'cancelled' || state === 'undoing' || state === 'undone'
}

/** Jobs of before keys were sealed have the whole address in their definition. */
function withShownAddress(definition: unknown): unknown {
  const source = (definition as { source?: { url?: string } } | null)?.source
  return source?.url === undefined ? definition : { ...definition as object, source: { ...source, url: shownAddress(source.url) } }
}

/** API names of the fields that an import made: taking its records back leaves them, because others may have filled them since. */
async function fieldsMadeBy(tx: Transaction, { organization }: Workspace, number: number | null): Promise<string[]> {
  if (number === null) return []
  const { compiled } = await asSystem(tx, organization, () => readJob(tx, organization, number))
  return ((compiled as CompiledImport | null)?.newFields?.objects[0].fields ?? []).map(({ name }) => name)
}

/** Values that are no option, each with the option nearest to it: to be decided once for all rows. */
async function unknownOf(tx: Transaction, { organization }: Workspace, job: Job): Promise<NonNullable<JobSummary['unknownValues']>> {
  const found = await unknownValues(tx, organization, job.number, mostUnknown)
  const { targets } = (job.compiled as CompiledImport).mapping
  return found.map((one) => {
    const options = (targets.find((target) => target.path === one.field)?.field.options ?? []).filter(({ active }) => active !== false).map(({ value }) => value)
    return { ...one, nearest: closest(one.value.slice(0, 64), options.slice(0, 300)) }
  })
}

async function previewOf(tx: Transaction, { organization, actor }: Workspace, job: Job, issues: PlanPreview['issues']): Promise<PlanPreview> {
  const { targets } = (job.compiled as CompiledImport).mapping
  const objects = visibleCatalog(await loadCatalog(tx, organization), actor.role) // in this transaction: nobody may wait for a second connection with one in hand
  const related = (await firstRelatedDiffs(tx, organization, job.number, previewRows)).filter(({ object }) => findObject(objects, object))
  const namedRelated: PlanPreview['relatedDiffs'] = []
  for (const { object, ...diff } of related) namedRelated.push(...(await namedDiffs(tx, organization, objects, object, [diff])).map((one) => ({ ...one, object })))
  const rows = await firstPlannedRows(tx, organization, planLook(job), previewRows)
  const diffs = await namedDiffs(tx, organization, objects, job.object, await firstDiffs(tx, organization, planLook(job), previewRows))
  const links = await linksOfUpdated(tx, organization, objects, job.object, targets, rows, diffs)
  return {
    firstRows: rows.map(({ row, outcome, record, values }) => ({
      row, outcome, record, values: Object.fromEntries(targets.map(({ path, field }, i) => [path, links.get(row)?.[path] ?? printValue(field, values[i] ?? null)])),
    })),
    diffs,
    relatedDiffs: namedRelated,
    issues,
  }
}
