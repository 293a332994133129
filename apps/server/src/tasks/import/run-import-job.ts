import { setTimeout as sleep } from 'node:timers/promises'
import { Fault, compileRules, failpoint, hasBug, mayChange, isLinkKey, linkSlots, takesAway, noCounts, plainInstant, restoreMapping, sumOf } from '@longshore/core'
import type { Catalog, ImportDefinition, ImportPorts, JobState, ObjectType } from '@longshore/core'
import { runImport } from '@longshore/pipeline'
import {
  admitImport, analyzeGrown, applyPlan, applyRelatedChanges, beginApply, buildMissingIndexes, changeSchema, changeState, countMade, countOutcomes, countPlan, countRelated, defaultApplySettings, dropIndexesForBulk, excludeRest, fencedSystem, fieldsInUse, highestApplied, mendLinks, noteTried, patchJob, pendingFields, planImport,
  plannedCatalog, plannedReferences, readJob, refuseDuringTrial, refuseUnshown, releaseWriters, trialsOf, writtenObjects, isAwaited, isWritten,
} from '@longshore/store'
import type { ApplyContext, ApplySettings, Attempt, Heart, Job, PlanLook } from '@longshore/store'
import type { Watch } from '../../longshore.ts'
import type { Workspace } from '../../open-workspace.ts'
import { checkFile } from './check-file.ts'
import { momentOfJob, type CompiledImport } from './create-import.ts'
import { rememberDecisions } from './remember-decisions.ts'
import { writeBackup } from './write-backup.ts'
import { writeResults } from './write-results.ts'

/** How often a job that waits for its turn looks again. */
const turnMs = 300
/** How often a job that gave way looks whether it may go on. */
const yieldMs = 25

/** Rows per transaction and connections, as operators may set them. */
export function applySettings(): ApplySettings {
  const number = (name: string, otherwise: number, most: number): number => {
    const value = Number(process.env[name])
    return Number.isInteger(value) && value >= 1 ? Math.min(value, most) : otherwise
  }
  return {
    chunkRows: number('LONGSHORE_CHUNK_ROWS', defaultApplySettings.chunkRows, 10_000_000),
    connections: number('LONGSHORE_APPLY_CONNECTIONS', defaultApplySettings.connections, 8),
  }
}

/**
 * Runs an import from where it is to its end, or to where somebody wants it to stop. A dry run ends with its plan, whoever runs it,
 * until a person has it carried out.
 */
export async function runImportJob(workspace: Workspace, attempt: Attempt, heart: Heart, watch: Watch, stopping: () => boolean, carryOut: boolean): Promise<void> {
  const { db, organization } = workspace
  const job = await read()
  const compiled = job.compiled as CompiledImport
  // planned with the fields that it makes itself, which are there once it begins to write
  const { newFields } = compiled
  const withNewFields = (actual: Catalog): Catalog => (newFields === undefined ? actual : plannedCatalog(actual, newFields))
  const catalog = withNewFields(await workspace.catalog())
  let apply: ApplyContext = { ...applyContext(job, compiled, catalog, attempt), filling: (done, total) => tell('filling keys', done, total) }
  let state: JobState = job.state
  const tell = (phase: string, done: number, total: number | null): void => watch({ job: job.number, state, phase, done, total })
  const wish = () => heart.wanted() ?? (stopping() ? 'pause' as const : null)

  function read(): Promise<Job> { return db.transaction(null, (tx) => readJob(tx, organization, attempt.job), { readOnly: true }) }
  async function change(to: JobState): Promise<void> {
    // a dry run that was paused or failed is looked at again before it stands as planned
    if (to === 'planned' && state !== to && !mayChange(state, to)) await change('checking')
    // a crash after the plan was complete left the job in the state of before
    if (to === 'running' && state === 'checking') await change('planned')
    await failpoint('import.before-state')
    await fencedSystem(db, attempt, async (tx) => {
      await changeState(tx, organization, attempt.job, to)
      // whoever lists jobs sees what a resting one will do
      if (to === 'planned') {
        // a trial may have ended since the plan was made: then it says nothing any more
        const { checkpoint } = await readJob(tx, organization, attempt.job)
        await patchJob(tx, organization, attempt.job, { counts: checkpoint.planned ? await countPlan(tx, organization, attempt.job) : null, related: await countMade(tx, organization, attempt.job, apply.references) })
      }
    })
    await failpoint('import.after-state')
    state = to
  }

  const phases: Record<string, number> = { ...job.phases }
  async function timed<T>(phase: string, work: () => Promise<T>): Promise<T> {
    const began = performance.now()
    try { return await work() } finally { phases[phase] = Math.round((phases[phase] ?? 0) + performance.now() - began) }
  }

  const ports: ImportPorts = {
    async progress() {
      const { checkpoint } = await read()
      return { staged: checkpoint.staged ?? false, planned: checkpoint.planned ?? false, applied: checkpoint.applied ?? false, cancelled: checkpoint.cancelled ?? false }
    },
    state: change,
    wish,
    async check() {
      try {
        const { lastRow } = await checkFile({
          workspace, attempt, job, catalog, stop: () => heart.replaced() || wish() !== null, progress: (rows, total) => { tell('reading', rows, total) },
        })
        apply.lastRow = lastRow
      } catch (error) {
        // nothing of an unfinished reading is kept, so it can be broken off at any row: resuming reads again
        if (wish() === null || heart.replaced()) throw error
      }
    },
    async plan() {
      // what has begun leaves out what its plan did, whatever becomes of the trials
      if ((await read()).dryRun) refuseDuringTrial(job.number, await db.transaction(null, (tx) => trialsOf(tx, organization, job.number), { readOnly: true }))
      tell('planning', 0, null)
      if (!await db.transaction(organization, (tx) => isWritten(tx, organization, job.number, writtenObjects(apply)))) await buildMissingIndexes(db, organization, objectsOf(apply))
      const pending = newFields === undefined ? {} : { pendingFields: pendingFields(await workspace.catalog(), catalog, job.object) }
      await planImport(db, { ...apply, ...pending, onlyUnapplied: ((await read()).checkpoint.drifted ?? false) || await highestApplied(db, apply) > 0 }, applySettings())
      if (state === 'checking') await change('planned')
    },
    planned: () => db.transaction(organization, (tx) => countPlan(tx, organization, attempt.job)),
    async admit() {
      if (state === 'checking') await change('planned') // as above
      await failpoint('import.before-admission')
      const admitted = await admitImport(db, attempt)
      await failpoint('import.after-admission')
      state = admitted ? 'running' : 'queued'
      if (!admitted) tell('waiting in the queue', 0, null)
      return admitted
    },
    async apply() {
      if (newFields !== undefined) await changeSchema(db, organization, newFields, fieldsInUse)
      if (!await takeTurn()) return false
      const planned = await ports.planned()
      const made = await db.transaction(organization, (tx) => countMade(tx, organization, attempt.job, apply.references))
      const coming = objectsOf(apply).map((object) => ({ object, records: (object.name === apply.mapping.object.name ? planned.created : 0) + (made[object.name] ?? 0) }))
      await dropIndexesForBulk(db, attempt, coming)
      let all = await applyRange(apply)
      while (!all && wish() === null && !heart.replaced()) {
        if (!await giveWay()) break
        all = await applyRange(apply)
      }
      tell('building indexes', 0, null)
      await buildMissingIndexes(db, organization, objectsOf(apply))
      await analyzeGrown(db, organization, coming)
      return all && applyRest()
    },
    async excludeRest() {
      if (!(await read()).checkpoint.staged) return
      // a crash can leave a gap below the last chunk: rows above it may stand on records that rows in it make, so it is filled first
      const highest = await highestApplied(db, apply)
      if (highest > 0) {
        await change('running') // whoever writes is seen to write
        await waitForTurn()
        await applyRange({ ...apply, lastRow: highest - 1 }, () => false)
      }
      await excludeRest(db, apply)
      if (highest > 0) await mendLinks(db, apply)
    },
    writeResults: async () => {
      tell('writing results', 0, null)
      await writeResults(workspace, attempt, await read())
    },
    async close(to) {
      await buildMissingIndexes(db, organization, objectsOf(apply)) // a crash may have left some to build
      await failpoint('import.before-close')
      await fencedSystem(db, attempt, async (tx) => {
        const counts = hasBug('counters-in-memory') ? { ...noCounts(), created: appliedHere } : await countOutcomes(tx, organization, attempt.job)
        const { checkpoint, rows } = await readJob(tx, organization, attempt.job)
        if (sumOf(counts) !== (rows ?? 0) && !hasBug('counters-in-memory')) throw new Fault('job.rows-unaccounted', `Job ${attempt.job} read ${rows ?? 0} rows and accounts for ${sumOf(counts)}. This is an error in Longshore; what was written can be undone.`, { remedy: 'stop' })
        await patchJob(tx, organization, attempt.job, {
          counts, related: await countRelated(tx, organization, attempt.job, apply.references), finishedAt: new Date().toISOString(), phases,
          checkpoint: { ...checkpoint, applied: true },
        })
        await noteTried(tx, organization, job)
        if (to === 'done' && job.trialOf === null) await rememberDecisions(tx, organization, job, counts)
        await changeState(tx, organization, attempt.job, to)
        await releaseWriters(tx, organization, attempt.job)
      })
      state = to
      await failpoint('import.after-close')
    },
  }

  /** What comes after all rows: links whose records were never made, and changes of the records that rows refer to. */
  async function applyRest(): Promise<boolean> {
    let changed = 0
    for (;;) {
      if ((await read()).checkpoint.linksInDoubt) await mendLinks(db, apply)
      const stop = (): boolean => wish() !== null || heart.replaced() || heart.awaited()
      if (await applyRelatedChanges(db, apply, { stop, changed: (records) => tell('changing related records', changed += records, null) })) return true
      if (wish() !== null || heart.replaced() || !await giveWay()) return false
    }
  }

  let appliedHere = 0
  async function applyRange(range: ApplyContext, stop = (): boolean => wish() !== null || heart.replaced() || heart.awaited()): Promise<boolean> {
    const total = range.lastRow
    tell('applying', appliedHere, total)
    return applyPlan(db, range, applySettings(), { stop, applied: (rows) => { appliedHere += rows; tell('applying', appliedHere, total) } })
  }
  /** Lets go of the objects for a person who waits for one, and takes them again; what that person changed is planned again. False when a wish came first. */
  async function giveWay(): Promise<boolean> {
    tell('giving way', appliedHere, apply.lastRow)
    await fencedSystem(db, attempt, (tx) => releaseWriters(tx, organization, attempt.job))
    await failpoint('import.after-giving-way')
    while (await db.transaction(organization, (tx) => isAwaited(tx, organization, attempt.job), { readOnly: true })) await sleep(yieldMs)
    return takeTurn()
  }
  /** Becomes the writer of the job's objects, with a plan that holds, and what that plan changes saved where that is wanted. */
  async function begin(): Promise<void> {
    apply = await beginApply(db, apply, momentOfJob(), applySettings())
    if (apply.definition.backup) await writeBackup(workspace, attempt, await read())
  }
  /** The same, when others let it; false when a wish came first. */
  async function takeTurn(): Promise<boolean> {
    for (;;) {
      try {
        await begin()
        return true
      } catch (error) {
        if (!(error instanceof Fault && error.code === 'writer.busy')) throw error
        tell('waiting for its turn', 0, null)
        if (wish() !== null) return false
        await sleep(turnMs)
      }
    }
  }
  async function waitForTurn(): Promise<void> {
    for (;;) {
      try { await begin(); return } catch (error) {
        if (!(error instanceof Fault && error.code === 'writer.busy')) throw error
        await sleep(turnMs)
      }
    }
  }

  if (carryOut && job.dryRun) await fencedSystem(db, attempt, async (tx) => {
    // from here on nobody corrects its rows; what was corrected a moment ago has not been shown
    await refuseUnshown(tx, organization, await readJob(tx, organization, attempt.job))
    await patchJob(tx, organization, attempt.job, { dryRun: false })
  })
  const end = await runImport({
    ...ports, check: () => timed('reading', ports.check), plan: () => timed('planning', ports.plan), apply: () => timed('applying', ports.apply),
    writeResults: () => timed('results', ports.writeResults),
  }, { dryRun: job.dryRun && !carryOut })
  if (end === 'paused') await fencedSystem(db, attempt, (tx) => releaseWriters(tx, organization, attempt.job))
}

/** The catalog's objects that the job may write. */
function objectsOf(apply: ApplyContext): ObjectType[] {
  const written = writtenObjects(apply)
  return apply.catalog.objects.filter((object) => written.includes(object.name))
}

/** What planning and applying a job need, from what the job keeps. */
export function applyContext(job: Job, compiled: CompiledImport, catalog: Catalog, attempt: Attempt): ApplyContext {
  const definition = job.definition as ImportDefinition
  const mapping = restoreMapping(compiled.mapping, catalog)
  const own = compiled.mapping.keys.filter((key) => key.reference === null)
  // what takes records away looks at what they refer to only to find those that are known by it
  const changes = definition.existingReference === 'update'
  const linksNothing = takesAway(definition.operation) && !own.some(({ criterion }) => isLinkKey(mapping.object, criterion))
  return {
    attempt, catalog, definition, mapping, keys: compiled.mapping.keys, references: linksNothing ? [] : plannedReferences(mapping, compiled.mapping.keys),
    lastRow: job.checkpoint.lastRow ?? 0, effectiveAt: job.effectiveAt, onlyUnapplied: false, owners: compiled.owners,
    rules: {
      operation: definition.operation, onDuplicate: definition.onDuplicate, onSeveral: definition.onSeveral, job: job.number, targets: mapping.targets, keys: own,
      criteria: compiled.mapping.criteria, links: linksNothing ? [] : linkSlots(mapping.targets), ...(changes ? { naming: new Set(compiled.mapping.keys.flatMap((key) => (key.reference === null ? [] : key.targets))) } : {}), effectiveAt: plainInstant(job.effectiveAt),
      modifiedAt: mapping.targets.findIndex((target) => target.path === 'updated_at'), createdAt: mapping.targets.findIndex((target) => target.path === 'created_at'), checks: compileRules(mapping.object),
    },
  }
}

/** What looking at the plan of a job needs to know of it. */
export function planLook(job: Job): PlanLook {
  return { job: job.number, object: job.object, targets: (job.compiled as CompiledImport).mapping.targets, effectiveAt: plainInstant(job.effectiveAt) }
}
