import { setTimeout as sleep } from 'node:timers/promises'
import { Fault } from '@longshore/core'
import type { Catalog } from '@longshore/core'
import { audit, changeState, createTrial, createUndo, isAttended, jobBusy, lastAttempt, leaveToWorker, onceForRequest, outdatedPlan, patchJob, previewUndo, refuseDuringTrial, startLater, startNow, steerOnce, trialsOf, wishToCancel } from '@longshore/store'
import type { Job, StartRequest } from '@longshore/store'
import { doer, operatorOf } from '../../actor.ts'
import type { JobSummary, Longshore, Watch } from '../../longshore.ts'
import { standingBack, workspaceOf, type Workspace } from '../../open-workspace.ts'
import { createImport, momentOfJob } from '../import/create-import.ts'
import { waitInQueue } from '../worker/wait-in-queue.ts'
import { isOpen, isResumable, isUnchecked, refuseFinished, rests } from './job-states.ts'
import { layToRest, runHere } from './run-here.ts'
import { startMoment } from './start-moment.ts'
import type { UnderWay } from './under-way.ts'

/** How long `cancel` and `pause` wait for a running job to come to rest before they answer. */
const settleMs = 15_000
/** How long whoever begins a job waits for it to move. */
const firstSignMs = 2_000

/** The way of a job: how it is begun, run, steered, and taken back. */
export interface JobWay {
  /** What is asked of Longshore. */
  asked: Pick<Longshore, 'import' | 'started' | 'begin' | 'apply' | 'plan' | 'cancel' | 'pause' | 'resume' | 'undoPreview' | 'undo'>
  /** Runs a job here until it rests; where a worker was faster, its end is waited for. */
  runOrFollow(job: number, watch: Watch, signal: AbortSignal | undefined): Promise<JobSummary>
  /** Begins to run a job, and waits for nothing: here where it is `awaited`, by whoever asked for it; else where jobs run. */
  runAside(job: number, awaited: boolean): Promise<void>
  /** The same of one that nobody waits for: it stands back behind what people ask. */
  runBehind(job: number): Promise<void>
}

/** `read` gives a job that the actor may see, `told` what the actor is told of it. */
export function jobWay(workspace: Workspace, { underWay, read, told, saveMapping }: { underWay: UnderWay; read(job: number): Promise<Job>; told(job: Job): Promise<JobSummary>; saveMapping: Longshore['saveMapping'] }): JobWay {
  const { db, organization, actor } = workspace
  /** An undo takes back all that its job wrote, also what has been hidden from the actor since. */
  const fullCatalog = (): Promise<Catalog> => workspaceOf(workspace, operatorOf(organization)).catalog()
  const run = async (number: number, watch: Watch, signal: AbortSignal | undefined, carryOut = false): Promise<JobSummary> => told(await runHere(workspace, number, watch, signal, { carryOut, goOn: true }))
  /** The same for whoever has begun it and went on to something else. */
  const behind = async (number: number, how: { carryOut?: boolean; goOn?: boolean } = {}): Promise<void> => { await runHere(standingBack(workspace), number, () => undefined, undefined, how) }

  /** The same in the foreground: a job that is queued is waited for, unless it waits for a time. */
  const runThrough = async (number: number, watch: Watch, signal: AbortSignal | undefined, carryOut = false): Promise<JobSummary> => {
    let end = await run(number, watch, signal, carryOut)
    const ports = { read: () => read(number), run: (other: number) => runHere(workspace, other, () => undefined, signal) }
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
    underWay.add(work.catch((error: unknown) => workspace.log.info(`job ${number}: ${underWay.isOver ? 'cut off, and goes on once Longshore runs again' : error instanceof Fault ? error.code : 'internal'}`)))
  }

  const leave = (number: number, how: { carryOut?: boolean; goOn?: boolean } = {}): Promise<void> => db.transaction(null, (tx) => leaveToWorker(tx, organization, number, how))

  /** The job once it moves, or as it is when that takes longer than somebody waits for a sign. */
  const begun = async (before: Job, how: { carryOut?: boolean; goOn?: boolean } = {}): Promise<JobSummary> => {
    if (!workspace.runsJobs) {
      await leave(before.number, how)
      return told(await read(before.number))
    }
    inBackground(before.number, behind(before.number, how))
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

  const runAside = async (number: number, awaited: boolean): Promise<void> => {
    if (workspace.runsJobs || awaited) inBackground(number, runHere(workspace, number, () => undefined, undefined))
    else await leave(number)
  }
  const runBehind = async (number: number): Promise<void> => {
    if (workspace.runsJobs) inBackground(number, behind(number))
    else await leave(number)
  }

  const asked: JobWay['asked'] = {
    async import(request, watch, signal) {
      const job = await createImport(workspace, { ...request, startAt: startMoment(request.startAt) }, signal)
      if (request.saveMapping !== undefined) await saveMapping({ name: request.saveMapping, job: job.number })
      return runThrough(job.number, watch, signal)
    },
    started: {
      apply: (number, { startAt: wanted, request = null } = {}) => once(number, request, async (job) => {
        await refuseUnplanned(workspace, job)
        const startAt = startMoment(wanted)
        if (startAt !== null) await scheduled(job, startAt)
        else await begun(job, { carryOut: true })
      }),
      resume: (number, { request = null } = {}) => once(number, request, async (job) => {
        refuseFinished(job)
        await db.transaction(null, (tx) => startNow(tx, organization, number))
        await begun(job, { goOn: true })
      }),
      trial: async (number, { rows, request = null }) => {
        const { startedBy } = await read(number) // whose the trial is, too
        const { job: trial, made } = await onceForRequest(db, organization, startedBy, request, () => createTrial(db, organization, number, { rows, effectiveAt: momentOfJob(), by: doer(actor), request }))
        return made ? begun(trial) : told(trial)
      },
      undo: async (number, { everything, request = null }) => {
        await read(number)
        const catalog = await fullCatalog()
        const { job: undo, made } = await onceForRequest(db, organization, actor.member?.id ?? null, request, () => createUndo(db, organization, catalog, number, { everything, effectiveAt: momentOfJob(), by: doer(actor), request }))
        return made ? begun(undo) : told(undo)
      },
    },
    async begin({ file, definition, dryRun, startAt, request = null }) {
      const moment = startMoment(startAt)
      const { job, made } = await onceForRequest(db, organization, actor.member?.id ?? null, request, () => createImport(workspace, { file: 'url' in file ? file.url : file, definition, dryRun, startAt: moment, request }))
      if (made) await runBehind(job.number)
      return told(made && !workspace.runsJobs ? await read(job.number) : job)
    },
    async apply(number, watch, signal) {
      const job = await read(number)
      await refuseUnplanned(workspace, job)
      return runThrough(number, watch, signal, true)
    },
    async plan(number, watch, signal) {
      const job = await read(number)
      refuseDuringTrial(number, await db.transaction(null, (tx) => trialsOf(tx, organization, number), { readOnly: true }))
      if (job.state !== 'checking' && (job.state !== 'planned' || !job.dryRun)) throw new Fault('job.state', `Job ${number} is ${job.state}: only the plan of a job that has not begun can be made again.`)
      return job.state === 'planned' && job.checkpoint.planned ? told(job) : runOrFollow(number, watch, signal)
    },
    async cancel(number) {
      const job = await read(number)
      if (!isOpen(job)) throw new Fault('job.state', `Job ${number} is ${job.state}: there is nothing to cancel.${job.state === 'done' ? ` To take it back: longshore undo ${number}.` : ''}`)
      if (isUnchecked(job)) {
        await db.transaction(null, async (tx) => {
          await patchJob(tx, organization, number, { finishedAt: new Date().toISOString() }) // from here on it is kept like all others
          await changeState(tx, organization, number, 'cancelled')
        })
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
      return previewUndo(db, organization, await fullCatalog(), number, { everything, named: (await workspace.catalog()).objects })
    },
    async undo(number, { everything }, watch, signal) {
      await read(number)
      const undo = await createUndo(db, organization, await fullCatalog(), number, { everything, effectiveAt: momentOfJob(), by: doer(workspace.actor) })
      return runOrFollow(undo.number, watch, signal)
    },
  }
  return { asked, runOrFollow, runAside, runBehind }
}

async function refuseUnplanned({ db, organization }: Workspace, job: Job): Promise<void> {
  refuseDuringTrial(job.number, await db.transaction(null, (tx) => trialsOf(tx, organization, job.number), { readOnly: true }))
  if (job.state !== 'planned' || !job.dryRun) {
    const last = await db.transaction(null, (tx) => lastAttempt(tx, organization, job.number), { readOnly: true })
    if (last?.alive) throw jobBusy(job.number, last)
    throw new Fault('job.state', `Job ${job.number} is ${job.state}: only a planned job (a dry run) can be applied.${isResumable(job) ? ` To go on with it: longshore resume ${job.number}.` : ''}`)
  }
  if (!job.checkpoint.planned) throw outdatedPlan(job.number)
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
