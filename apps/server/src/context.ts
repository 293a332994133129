import { Fault, closest, findObject, isAtRest, mayOn, parseImportDefinition, mapFile } from '@longshore/core'
import {
  audit, beginAttempt, fillWaitingKeys, changeSchema, changeSettings, changeState, countJobs, createUndo, endAttempt, fencedSystem, fieldsInUse, isAttended, jobBusy, lastAttempt, listJobs, onceForRequest, patchJob, previewUndo, readJob, releaseWriters, scopeOf, startLater, startNow, steerOnce, wishToCancel,
} from '@longshore/store'
import type { Job, StartRequest } from '@longshore/store'
import type { Catalog } from '@longshore/core'
import { summaryOf } from './job-summary.ts'
import { doer, operatorOf } from './actor.ts'
import { openDoor, type Door } from './people/door.ts'
import { peopleWork } from './people/people-work.ts'
import type { JobSummary, Longshore, OpenOptions, Watch } from './longshore.ts'
import { openWorkspace, workspaceOf, type Workspace } from './open-workspace.ts'
import { localCopy } from './source/local-copy.ts'
import { runAttempt, type JobRunner } from './run-attempt.ts'
import { createImport, momentOfJob, readSettings } from './tasks/import/create-import.ts'
import { lookThrough, profiledForMap } from './tasks/parser/detect-file.ts'
import { downloadRecords } from './tasks/export/download.ts'
import { exportRecords } from './tasks/export/export-records.ts'
import { settleFields } from './tasks/import/settle-mapping.ts'
import { draftWork } from './tasks/drafts/draft-work.ts'
import { watchJobs } from './tasks/events/job-watch.ts'
import { fixWork } from './tasks/fixes/fix-work.ts'
import { outdatedPlan } from './tasks/import/outdated-plan.ts'
import { rowWork } from './tasks/rows/row-work.ts'
import { testRule } from './tasks/records/test-rule.ts'
import { makeTemplate, writeTemplate } from './tasks/template/write-template.ts'
import { mappingWork } from './tasks/mappings/mapping-work.ts'
import { readRecords } from './tasks/records/read-records.ts'
import { recordWork } from './tasks/records/record-work.ts'
import { tidy } from './tasks/tidy/tidy.ts'
import { bulkWork } from './tasks/bulk/bulk-work.ts'
import { notificationWork } from './tasks/notifications/notification-work.ts'
import { deliverOutgoing } from './tasks/outbox/deliver.ts'
import { partialWork } from './tasks/uploads/partial-work.ts'
import { uploadWork } from './tasks/uploads/upload-work.ts'
import { viewWork } from './tasks/views/view-work.ts'
import { waitInQueue } from './tasks/worker/wait-in-queue.ts'
import { work } from './tasks/worker/worker.ts'
import type { Served } from './tasks/worker/worker.ts'
import { runUndoJob } from './tasks/undo/run-undo-job.ts'
import { runImportJob } from './tasks/import/run-import-job.ts'
import { produceResults } from './tasks/import/write-results.ts'
import { setTimeout as sleep } from 'node:timers/promises'

/** How often a worker lets go of what has been kept long enough. */
const tidyEveryMs = 60 * 60 * 1000
/** How often it looks for match keys that were switched on and have not been filled. */
const fillEveryMs = 10_000
/** How often it looks for e-mails and webhooks that are due. */
const sendEveryMs = 1_000
/** How long `cancel` and `pause` wait for a running job to come to rest before they answer. */
const settleMs = 15_000
/** How long whoever begins a job waits for it to move. */
const firstSignMs = 2_000

/** Opens everything that Longshore stands on and hands it out as one thing, for whoever runs it on this machine. */
export async function openLongshore(options: OpenOptions): Promise<Longshore> {
  const workspace = await openWorkspace(options)
  return longshoreOver(workspace, { door: openDoor(workspace) })
}

/** What all actors of this process share. */
interface Shared { door: Door }

/** What can be asked of Longshore on behalf of the workspace's actor. */
function longshoreOver(workspace: Workspace, shared: Shared): Longshore {
  const { db, organization } = workspace
  const { actor } = workspace
  /** Jobs of others exist for those alone who may see all. */
  const onlyBy = actor.role.rights.includes('all-jobs') ? null : actor.member?.id ?? 0
  const read = async (number: number): Promise<Job> => {
    const job = await db.transaction(null, (tx) => readJob(tx, organization, number), { readOnly: true })
    if ((onlyBy !== null && job.startedBy !== onlyBy) || !mayOn(actor.role, 'read', job.object)) throw new Fault('job.unknown', `There is no job ${number}. "longshore job" lists those that exist.`)
    return job
  }
  /** An undo takes back all that its job wrote, also what has been hidden from the actor since. */
  const fullCatalog = (): Promise<Catalog> => workspaceOf(workspace, operatorOf(organization)).catalog()
  const told = async (job: Job): Promise<JobSummary> => summaryOf(workspace, job, true)
  const run = async (number: number, watch: Watch, signal: AbortSignal | undefined, carryOut = false): Promise<JobSummary> => told(await runHere(workspace, number, watch, signal, carryOut))

  /** The same in the foreground: a job that is queued is waited for, unless it waits for a time. */
  const runThrough = async (number: number, watch: Watch, signal: AbortSignal | undefined, carryOut = false): Promise<JobSummary> => {
    let end = await run(number, watch, signal, carryOut)
    const ports = { read: () => read(number), run: (other: number) => runHere(workspace, other, () => undefined, signal, false) }
    while (end.kind === 'import' && end.state === 'queued' && await waitInQueue(workspace, ports, watch, signal)) {
      const now = await read(number)
      end = rests(now) ? await told(now) : await runOrFollow(number, watch, signal)
    }
    if (end.state !== 'queued' || signal?.aborted !== true) return end
    await layToRest(workspace, number)
    return told(await read(number))
  }

  /** What goes wrong is kept with the job; only what is no answer to anybody is told to the operator. */
  const inBackground = (number: number, work: Promise<unknown>): void => {
    work.catch((error: unknown) => workspace.log.info(`job ${number}: ${error instanceof Fault ? error.code : 'internal'}`))
  }

  /** The job once it moves, or as it is when that takes longer than somebody waits for a sign. */
  const begun = async (before: Job, work: Promise<unknown>): Promise<JobSummary> => {
    inBackground(before.number, work)
    for (const until = Date.now() + firstSignMs; Date.now() < until; await sleep(50)) {
      const now = await read(before.number)
      if (now.state !== before.state || now.attempt !== before.attempt) return told(now)
    }
    return told(await read(before.number))
  }

  /** What a request asks of a job, done once however often it comes; the job as it then is. */
  const once = async (number: number, request: StartRequest | null, act: (job: Job) => Promise<void>): Promise<JobSummary> => {
    const job = await read(number)
    await steerOnce(db, organization, actor.member?.id ?? null, request, number, () => act(job))
    return told(await read(number))
  }

  /** A planned job that waits for its time: whoever serves the queue then begins it. */
  const scheduled = async ({ number }: Job, startAt: string): Promise<void> => {
    await db.transaction(null, async (tx) => {
      await startLater(tx, organization, number, startAt)
      await audit(tx, organization, doer(actor), { act: 'job.start-later', target: `job/${number}`, details: { startAt } })
    })
  }

  /** The same where a worker may be faster: then its end is waited for. */
  const runOrFollow = async (number: number, watch: Watch, signal: AbortSignal | undefined): Promise<JobSummary> => {
    try {
      return await run(number, watch, signal)
    } catch (error) {
      if (!(error instanceof Fault && error.code === 'job.busy')) throw error
      return told(await rested(read, number, watch, signal))
    }
  }

  const stagedRows = rowWork(workspace, read)
  const uploads = uploadWork(workspace)
  const notifications = notificationWork(workspace)
  const mappings = mappingWork(workspace)
  const records = recordWork(workspace, async (number) => told(await read(number)))

  return {
    actor,
    log: workspace.log,
    door: shared.door,
    people: peopleWork(workspace),
    as: (actor) => longshoreOver(workspaceOf(workspace, actor), shared),
    async import(request, watch, signal) {
      const job = await createImport(workspace, { ...request, startAt: laterMoment(request.startAt) }, signal)
      if (request.saveMapping !== undefined) await mappings.saveMapping({ name: request.saveMapping, job: job.number })
      return runThrough(job.number, watch, signal)
    },
    started: {
      apply: (number, { startAt: wanted, request = null } = {}) => once(number, request, async (job) => {
        await refuseUnplanned(workspace, job)
        const startAt = laterMoment(wanted)
        if (startAt !== null) await scheduled(job, startAt)
        else await begun(job, run(number, () => undefined, undefined, true))
      }),
      resume: (number, { request = null } = {}) => once(number, request, async (job) => {
        refuseFinished(job)
        await db.transaction(null, (tx) => startNow(tx, organization, number))
        await begun(job, run(number, () => undefined, undefined))
      }),
      undo: async (number, { everything, request = null }) => {
        await read(number)
        const catalog = await fullCatalog()
        const { job: undo, made } = await onceForRequest(db, organization, actor.member?.id ?? null, request, () => createUndo(db, organization, catalog, number, { everything, effectiveAt: momentOfJob(), by: doer(actor), request }))
        return made ? begun(undo, run(undo.number, () => undefined, undefined, false)) : told(undo)
      },
    },
    async begin({ file, definition, dryRun, startAt, request = null }) {
      const moment = laterMoment(startAt)
      const { job, made } = await onceForRequest(db, organization, actor.member?.id ?? null, request, () => createImport(workspace, { file: 'url' in file ? file.url : file, definition, dryRun, startAt: moment, request }))
      if (made) inBackground(job.number, run(job.number, () => undefined, undefined))
      return told(job)
    },
    async apply(number, watch, signal) {
      const job = await read(number)
      await refuseUnplanned(workspace, job)
      return runThrough(number, watch, signal, true)
    },
    async plan(number, watch, signal) {
      const job = await read(number)
      if (job.state !== 'checking' && (job.state !== 'planned' || !job.dryRun)) throw new Fault('job.state', `Job ${number} is ${job.state}: only the plan of a job that has not begun can be made again.`)
      return job.state === 'planned' && job.checkpoint.planned ? told(job) : runOrFollow(number, watch, signal)
    },
    stagedRows,
    fixes: fixWork(workspace, stagedRows, read),
    drafts: draftWork(workspace, { read, run: runOrFollow, inBackground }),
    job: async (number) => told(await read(number)),
    findJob: read,
    async *watchJobs(since, idleMs, signal) {
      for await (const event of watchJobs(workspace, since, onlyBy, idleMs, signal)) {
        yield event?.kind === 'job' ? { ...event, job: await summaryOf(workspace, event.job, false) } : event?.kind === 'notification' ? { ...event, notification: await notifications.tell(event.notification) } : event
      }
    },
    jobs: async () => Promise.all((await db.transaction(null, (tx) => listJobs(tx, organization, { onlyBy }), { readOnly: true })).map((job) => summaryOf(workspace, job, false))),
    async jobPage({ limit, cursor }) {
      const before = cursor === undefined ? null : jobCursor(cursor)
      const jobs = await db.transaction(null, (tx) => listJobs(tx, organization, { limit: limit + 1, before, onlyBy }), { readOnly: true })
      const items = await Promise.all(jobs.slice(0, limit).map((job) => summaryOf(workspace, job, false)))
      return { items, next: jobs.length > limit ? String(items.at(-1)?.job) : null }
    },
    jobStates: () => db.transaction(null, (tx) => countJobs(tx, organization), { readOnly: true }),
    async cancel(number) {
      const job = await read(number)
      if (!isOpen(job)) throw new Fault('job.state', `Job ${number} is ${job.state}: there is nothing to cancel.${job.state === 'done' ? ` To take it back: longshore undo ${number}.` : ''}`)
      if (isUnchecked(job)) {
        await db.transaction(null, (tx) => changeState(tx, organization, number, 'cancelled'))
        return told(await read(number))
      }
      await db.transaction(null, (tx) => wishToCancel(tx, organization, number))
      try {
        return await run(number, () => undefined, undefined)
      } catch (error) {
        if (!(error instanceof Fault && error.code === 'job.busy')) throw error
        return told(await settled(read, number))
      }
    },
    async pause(number) {
      const job = await read(number)
      if (job.state === 'paused') return told(job)
      if (rests(job) || !isOpen(job)) throw new Fault('job.state', `Job ${number} is ${job.state}: only a job that runs can be paused.`)
      await db.transaction(null, (tx) => patchJob(tx, organization, number, { wanted: 'pause' }))
      if (!await db.transaction(null, (tx) => isAttended(tx, organization, number), { readOnly: true })) await layToRest(workspace, number)
      return told(await settled(read, number))
    },
    async resume(number, watch, signal) {
      const job = await read(number)
      refuseFinished(job)
      await db.transaction(null, (tx) => startNow(tx, organization, number))
      return runThrough(number, watch, signal)
    },
    async undoPreview(number, { everything }) {
      await read(number)
      return previewUndo(db, organization, await fullCatalog(), number, { everything })
    },
    async undo(number, { everything }, watch, signal) {
      await read(number)
      const undo = await createUndo(db, organization, await fullCatalog(), number, { everything, effectiveAt: momentOfJob(), by: doer(workspace.actor) })
      return runOrFollow(undo.number, watch, signal)
    },
    export: (request, watch, signal) => exportRecords(workspace, request, watch, signal),
    download: (request, signal) => downloadRecords(workspace, request, signal),
    async map({ file, object: name, definition }) {
      const catalog = await workspace.catalog()
      const parsed = parseImportDefinition({ ...definition, object: name })
      const object = findObject(catalog, name)
      if (!object) throw new Fault('unknown-object', `There is no object "${name}".${nearestOf(name, catalog.objects.map((o) => o.name))}`, { path: 'object' })
      const copy = await localCopy(file, workspace.egress)
      const { layout, profiles } = await lookThrough(copy.path, readSettings(parsed), profiledForMap, copy.name).finally(() => copy.discard())
      const fields = await settleFields(workspace, { catalog, object, definition: parsed }, layout.columns, profiles)
      return { columns: mapFile({ catalog: fields.catalog, object: fields.object, columns: layout.columns, profiles, memberEmails: (await workspace.members()).map(({ email }) => email) }, fields.settled.definition, fields.settled) }
    },
    uploads,
    partials: partialWork(workspace),
    bulk: bulkWork(workspace, { read, uploads, run: (number) => inBackground(number, run(number, () => undefined, undefined)) }),
    notifications,
    template: (request) => writeTemplate(workspace, request),
    templateBytes: async (request) => (await makeTemplate(workspace, request)).bytes,
    ...mappings,
    settings: workspace.settings,
    changeSettings: (patch) => changeSettings(db, organization, patch, doer(actor)),
    catalog: workspace.catalog,
    testRule: (request) => testRule(workspace, request),
    changeSchema: (document) => changeSchema(db, organization, document, fieldsInUse, doer(workspace.actor)),
    ...records,
    read: readRecords(workspace),
    views: viewWork(workspace),
    work: (signal) => work(db, {
      organization: (one) => servedBy(workspaceOf(workspace, operatorOf(one))),
      everywhere: [{ name: 'outbox', everyMs: sendEveryMs, work: () => deliverOutgoing(workspace) }],
    }, (line) => workspace.log.info(line), signal),
    async results(number, { formats, directory }) {
      const job = await read(number)
      return (await produceResults(workspace, job, formats, directory ?? null)).map((file) => file.id)
    },
    async health() {
      const { rows } = await db.transaction(null, (tx) => tx.query<{ version: string }>(`SELECT current_setting('server_version') AS version`), { readOnly: true })
      return { database: `PostgreSQL ${rows[0]?.version.split(' ')[0] ?? ''}` }
    },
    close: () => db.close(),
  }
}

/** The longest that an import waits for its time: what it planned grows old. */
const longestWaitDays = 366

/** The moment at which an import is to start, as it is kept; null: at once. Throws `start.moment` for one that cannot be. */
function laterMoment(text: string | null | undefined): string | null {
  if (text === null || text === undefined) return null
  const moment = Date.parse(text)
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text) || Number.isNaN(moment)) throw new Fault('start.moment', `"${text.slice(0, 40)}" is no moment with its zone, such as 2030-01-31T06:00:00Z.`, { path: 'startAt' })
  const days = (moment - Date.now()) / 86_400_000
  if (days <= 0 || days > longestWaitDays) throw new Fault('start.moment', `An import can start later at a moment within the next ${longestWaitDays} days; ${text} is ${days <= 0 ? 'over' : 'after that'}. Leave the moment out to start at once.`, { path: 'startAt' })
  return new Date(moment).toISOString()
}

/** Runs a job here until it rests; gives it as it then stands. */
async function runHere(workspace: Workspace, number: number, watch: Watch, signal: AbortSignal | undefined, carryOut: boolean): Promise<Job> {
  const of = await workspaceOfJob(workspace, number)
  return runAttempt(of, number, runnerOf(of, carryOut), watch, signal)
}

/** What a worker does for the workspace's organization. */
function servedBy(workspace: Workspace): Served {
  const { db, organization } = workspace
  const cancel = async (job: number): Promise<void> => {
    await db.transaction(null, (tx) => wishToCancel(tx, organization, job))
    await runHere(workspace, job, () => undefined, undefined, false)
  }
  return {
    run: (job, signal) => runHere(workspace, job, () => undefined, signal, false),
    upkeep: [
      { name: 'tidy', everyMs: tidyEveryMs, work: () => tidy(workspace, recordWork(workspace, async (number) => summaryOf(workspace, await db.transaction(null, (tx) => readJob(tx, organization, number)), false)), cancel, momentOfJob()) },
      { name: 'keys', everyMs: fillEveryMs, work: () => fillWaitingKeys(db, organization) },
    ],
  }
}

async function refuseUnplanned({ db, organization }: Workspace, job: Job): Promise<void> {
  if (job.state !== 'planned' || !job.dryRun) {
    const last = await db.transaction(null, (tx) => lastAttempt(tx, organization, job.number), { readOnly: true })
    if (last?.alive) throw jobBusy(job.number, last)
    throw new Fault('job.state', `Job ${job.number} is ${job.state}: only a planned job (a dry run) can be applied.${resumable(job) ? ` To go on with it: longshore resume ${job.number}.` : ''}`)
  }
  if (!job.checkpoint.planned) throw outdatedPlan(job.number)
}

function refuseFinished(job: Job): void {
  if (!resumable(job)) throw new Fault('job.state', job.state === 'planned' ? `Job ${job.number} is a dry run. To carry out its plan: longshore apply ${job.number}.` : `Job ${job.number} is ${job.state}: there is nothing left to do.`)
}

/** Whoever runs a job, it sees and writes the records that the one who started it reaches. */
async function workspaceOfJob(workspace: Workspace, number: number): Promise<Workspace> {
  const organization = await workspace.db.transaction(null, async (tx) => {
    const { startedBy } = await readJob(tx, workspace.organization, number)
    return { ...workspace.organization, scope: await scopeOf(tx, workspace.organization, startedBy) }
  }, { readOnly: true })
  return workspaceOf(workspace, operatorOf(organization))
}

function runnerOf(workspace: Workspace, carryOut: boolean): JobRunner {
  return async (attempt, heart, watch, stopping) => {
    const { kind } = await workspace.db.transaction(null, (tx) => readJob(tx, workspace.organization, attempt.job), { readOnly: true })
    if (kind === 'edit') throw new Fault('job.state', `Job ${attempt.job} was done in one go: there is nothing left of it to run.`)
    return kind === 'undo' ? runUndoJob(workspace, attempt, heart, watch, stopping) : runImportJob(workspace, attempt, heart, watch, stopping, carryOut)
  }
}

const openStates: readonly Job['state'][] = ['draft', 'checking', 'planned', 'queued', 'running', 'paused', 'failed']

function isOpen(job: Job): boolean {
  return openStates.includes(job.state)
}

/** A draft waits for its person: nobody runs it. */
function isUnchecked(job: Job): boolean {
  return job.state === 'draft' && job.reviewed
}

function resumable(job: Job): boolean {
  return isOpen(job) && !isUnchecked(job) && !(job.state === 'planned' && job.dryRun)
}

/** An import comes by `planned` on its way; only a dry run rests there. */
function rests(job: Job): boolean {
  return isAtRest(job.state) && !(job.state === 'planned' && !job.dryRun)
}

/** Pauses a job whose process is gone: nobody else would hear the wish. */
async function layToRest({ db, organization }: Workspace, number: number): Promise<void> {
  const attempt = await beginAttempt(db, organization, number)
  await fencedSystem(db, attempt, async (tx) => {
    await changeState(tx, organization, number, 'paused')
    await releaseWriters(tx, organization, number)
  })
  await endAttempt(db, attempt, 0)
}

/** Waits for a job that another process runs. */
async function rested(read: (job: number) => Promise<Job>, number: number, watch: Watch, signal: AbortSignal | undefined): Promise<Job> {
  for (;;) {
    const job = await read(number)
    if (rests(job) || signal?.aborted) return job
    watch({ job: number, state: job.state, phase: 'run by another process', done: 0, total: null })
    await sleep(200)
  }
}

/** The job once it rests, or as it is when that takes too long. */
async function settled(read: (job: number) => Promise<Job>, number: number): Promise<Job> {
  const until = Date.now() + settleMs
  for (;;) {
    const job = await read(number)
    if (rests(job) || Date.now() > until) return job
    await sleep(100)
  }
}

function jobCursor(cursor: string): number {
  const number = /^[1-9]\d{0,8}$/.test(cursor) ? Number(cursor) : null
  if (number === null) throw new Fault('request.cursor', 'The cursor is none that a page of this list gave as "next". Begin without one.', { path: 'cursor' })
  return number
}

function nearestOf(name: string, names: string[]): string {
  const nearest = closest(name, names)
  return nearest === null ? '' : ` Did you mean "${nearest}"?`
}
