import { Fault } from '@longshore/core'
import { beginAttempt, changeState, endAttempt, fencedSystem, readJob, releaseWriters, scopeOf } from '@longshore/store'
import type { Job } from '@longshore/store'
import { operatorOf } from '../../actor.ts'
import type { Watch } from '../../longshore.ts'
import { workspaceOf, type Workspace } from '../../open-workspace.ts'
import { runAttempt, type JobRunner } from './run-attempt.ts'
import { runImportJob } from '../import/run-import-job.ts'
import { runUndoJob } from '../undo/run-undo-job.ts'

/** Runs a job here until it rests; gives it as it then stands. `carryOut`: also the plan of a dry run. `goOn`: also one that is paused; whoever only begins what was to be begun leaves alone what somebody has paused meanwhile. */
export async function runHere(workspace: Workspace, number: number, watch: Watch, signal: AbortSignal | undefined, { carryOut = false, goOn = false } = {}): Promise<Job> {
  const of = await workspaceOfJob(workspace, number)
  return runAttempt(of, number, runnerOf(of, carryOut, goOn), watch, signal)
}

/** Pauses a job whose process is gone: nobody else would hear the wish. */
export async function layToRest({ db, organization }: Workspace, number: number): Promise<void> {
  const attempt = await beginAttempt(db, organization, number)
  await fencedSystem(db, attempt, async (tx) => {
    if ((await readJob(tx, organization, number)).state === 'draft') await changeState(tx, organization, number, 'checking') // made a moment ago, and about to be begun
    await changeState(tx, organization, number, 'paused')
    await releaseWriters(tx, organization, number)
  })
  await endAttempt(db, attempt, 0)
}

/** Whoever runs a job, it sees and writes the records that the one who started it reaches. */
async function workspaceOfJob(workspace: Workspace, number: number): Promise<Workspace> {
  const organization = await workspace.db.transaction(null, async (tx) => {
    const { startedBy } = await readJob(tx, workspace.organization, number)
    return { ...workspace.organization, scope: await scopeOf(tx, workspace.organization, startedBy) }
  }, { readOnly: true })
  return workspaceOf(workspace, operatorOf(organization))
}

function runnerOf(workspace: Workspace, carryOut: boolean, goOn: boolean): JobRunner {
  return async (attempt, heart, watch, stopping) => {
    const { kind, state } = await workspace.db.transaction(null, (tx) => readJob(tx, workspace.organization, attempt.job), { readOnly: true })
    if (kind === 'edit') throw new Fault('job.state', `Job ${attempt.job} was done in one go: there is nothing left of it to run.`)
    if (state === 'paused' && !goOn) return
    return kind === 'undo' ? runUndoJob(workspace, attempt, heart, watch, stopping) : runImportJob(workspace, attempt, heart, watch, stopping, carryOut)
  }
}
