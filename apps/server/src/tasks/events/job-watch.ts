import { mayOn } from '@longshore/core'
import { jobChanges, lastJobVersion, lateChanges, lastNotification, lateNotifications, notificationsSince, queuePositions } from '@longshore/store'
import type { Database, Job, Notification, Organization } from '@longshore/store'
import type { Progress } from '../../longshore.ts'
import type { Workspace } from '../../open-workspace.ts'
import { sharedLooks, type Look } from './shared-looks.ts'

/** What somebody who watches jobs is told: a job as it now is, how far one is that some process runs, or what they were notified of. */
export type JobEvent = { kind: 'job'; version: string; job: Job } | { kind: 'progress'; progress: Progress } | { kind: 'notification'; notification: Notification }

/**
 * Changes of the jobs that the actor may see, from version `since` on (null: from now), until `signal` aborts. A change may be told twice, never
 * left out: each event is the job as it is, so that hearing it again changes nothing. Yields null at least every `idleMs`.
 */
export async function* watchJobs({ db, organization, actor }: Pick<Workspace, 'db' | 'organization' | 'actor'>, since: string | null, onlyBy: number | null, idleMs: number, signal: AbortSignal): AsyncGenerator<JobEvent | null> {
  const looks = sharedLooks(db, organization)
  const isMine = ({ startedBy }: { startedBy: number | null }): boolean => onlyBy === null || startedBy === onlyBy
  const mayRead = (object: string): boolean => mayOn(actor.role, 'read', object)
  const { told, heard, ...start } = await startOf(db, organization, since)
  const progressTold = new Map<number, string>()
  let { at, places, heardTo } = start

  /** What is new in a look to whoever watches here. */
  async function* news(look: Look): AsyncGenerator<JobEvent> {
    const changes = BigInt(look.from) <= BigInt(at) ? look.changes : await jobChanges(db.alone, organization, at)
    const fresh = changes.filter(({ job, version }) => told.get(job) !== version)
    for (const [number, place] of look.places) {
      const version = told.get(number)
      if (places.get(number) === place || version === undefined || fresh.some(({ job }) => job === number)) continue
      const job = await looks.job(number, version)
      if (isMine(job) && mayRead(job.object)) yield { kind: 'job', version, job }
    }
    places = look.places
    for (const change of fresh) {
      told.set(change.job, change.version)
      if (BigInt(change.version) > BigInt(at)) at = change.version
      const job = isMine(change) ? await looks.job(change.job, change.version) : null
      if (job && mayRead(job.object)) yield { kind: 'job', version: change.version, job }
    }
    forget(told, (job, version) => !places.has(job) && BigInt(version) <= BigInt(at) - BigInt(lateChanges))
    const isNext = BigInt(look.notified.from) <= BigInt(heardTo) && BigInt(heardTo) <= BigInt(look.notified.to)
    const page = isNext ? look.notified : await notificationsSince(db.alone, organization, heardTo)
    const known = BigInt(heardTo) - BigInt(lateNotifications)
    heardTo = page.to
    for (const { member, ...notification } of page.notifications) {
      if (member !== (actor.member?.id ?? null) || heard.has(notification.id) || BigInt(notification.id) <= known) continue
      heard.add(notification.id)
      yield { kind: 'notification', notification }
    }
    for (const id of heard) if (BigInt(id) <= BigInt(heardTo) - BigInt(lateNotifications)) heard.delete(id)
    for (const { object, startedBy, ...progress } of look.atWork) {
      const text = JSON.stringify(progress)
      if (progressTold.get(progress.job) === text || !isMine({ startedBy }) || !mayRead(object)) continue
      progressTold.set(progress.job, text)
      yield { kind: 'progress', progress }
    }
    forget(progressTold, (job) => !look.atWork.some((one) => one.job === job))
  }

  let spoke = Date.now()
  while (!signal.aborted) {
    const look = await looks.next().catch((error: unknown) => { if (!signal.aborted) throw error; return null }) // the database may be closed behind whoever left
    if (look === null) return
    for await (const event of news(look)) {
      spoke = Date.now()
      yield event
    }
    if (Date.now() - spoke > idleMs) { spoke = Date.now(); yield null }
  }
}

/** A stream may stay open for weeks: of what was told it keeps what could still be told twice. */
function forget<Value>(told: Map<number, Value>, isOver: (job: number, value: Value) => boolean): void {
  for (const [job, value] of told) if (isOver(job, value)) told.delete(job)
}

interface Start { at: string; told: Map<number, string>; places: Look['places']; heard: Set<string>; heardTo: string }

/** What whoever begins to watch knows already: from the lists, where they watch from now on. */
async function startOf(db: Database, organization: Organization, since: string | null): Promise<Start> {
  const last = await lastJobVersion(db.alone, organization)
  const at = since === null || BigInt(since) > BigInt(last) ? last : since // a later one is of a database that was restored since
  const told = since === null ? await jobChanges(db.alone, organization, at) : []
  const notified = await notificationsSince(db.alone, organization, await lastNotification(db.alone))
  return {
    at, told: new Map(told.map(({ job, version }) => [job, version])), places: await queuePositions(db.alone, organization),
    heard: new Set(notified.notifications.map(({ id }) => id)), heardTo: notified.to,
  }
}
