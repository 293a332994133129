import { setTimeout as sleep } from 'node:timers/promises'
import { mayOn } from '@longshore/core'
import { jobChanges, jobsAtWork, lastJobVersion, lastNotification, newNotifications, queuePositions, readJob } from '@longshore/store'
import type { Job, Notification } from '@longshore/store'
import type { Progress } from '../../longshore.ts'
import type { Workspace } from '../../open-workspace.ts'

/** What somebody who watches jobs is told: a job as it now is, how far one is that some process runs, or what they were notified of. */
export type JobEvent = { kind: 'job'; version: string; job: Job } | { kind: 'progress'; progress: Progress } | { kind: 'notification'; notification: Notification }

/** How often changes are looked for. */
const lookEveryMs = 500

/**
 * Changes of the jobs that the actor may see, from version `since` on (null: from now), until `signal` aborts. A change may be told twice, never
 * left out: each event is the job as it is, so that hearing it again changes nothing. Yields null at least every `idleMs`.
 */
export async function* watchJobs({ db, organization, actor }: Workspace, since: string | null, onlyBy: number | null, idleMs: number, signal: AbortSignal): AsyncGenerator<JobEvent | null> {
  const told = new Map<number, string>()
  const progressTold = new Map<number, string>()
  let at = since ?? await db.transaction(null, (tx) => lastJobVersion(tx, organization), { readOnly: true })
  const member = actor.member?.id ?? null
  let notified = await db.transaction(null, (tx) => lastNotification(tx, organization, member), { readOnly: true })
  /** Places in the queue change without their jobs. */
  let places = await db.transaction(null, (tx) => queuePositions(tx, organization), { readOnly: true })
  let spoke = Date.now()
  if (since === null) for (const { job, version } of await db.transaction(null, (tx) => jobChanges(tx, organization, at, onlyBy), { readOnly: true })) told.set(job, version) // known from the lists
  while (!signal.aborted) {
    const { changes, notifications, nowPlaces, atWork } = await db.transaction(null, async (tx) => ({
      changes: await jobChanges(tx, organization, at, onlyBy), notifications: await newNotifications(tx, organization, member, notified), nowPlaces: await queuePositions(tx, organization), atWork: await jobsAtWork(tx, organization, onlyBy),
    }), { readOnly: true })
    for (const [number, place] of nowPlaces) {
      const version = told.get(number)
      if (places.get(number) === place || version === undefined || changes.some(({ job }) => job === number && version !== told.get(job))) continue
      const job = await db.transaction(null, (tx) => readJob(tx, organization, number), { readOnly: true })
      if ((onlyBy !== null && job.startedBy !== onlyBy) || !mayOn(actor.role, 'read', job.object)) continue
      spoke = Date.now()
      yield { kind: 'job', version, job }
    }
    places = nowPlaces
    for (const { job: number, version } of changes) {
      if (told.get(number) === version) continue
      const job = await db.transaction(null, (tx) => readJob(tx, organization, number), { readOnly: true })
      told.set(number, version)
      if (BigInt(version) > BigInt(at)) at = version
      if (!mayOn(actor.role, 'read', job.object)) continue
      spoke = Date.now()
      yield { kind: 'job', version, job }
    }
    for (const notification of notifications) {
      notified = notification.id
      spoke = Date.now()
      yield { kind: 'notification', notification }
    }
    for (const { object, ...progress } of atWork) {
      const text = JSON.stringify(progress)
      if (progressTold.get(progress.job) === text || !mayOn(actor.role, 'read', object)) continue
      progressTold.set(progress.job, text)
      spoke = Date.now()
      yield { kind: 'progress', progress }
    }
    if (Date.now() - spoke > idleMs) { spoke = Date.now(); yield null }
    await sleep(lookEveryMs, undefined, { signal }).catch(() => undefined)
  }
}
