import { setTimeout as sleep } from 'node:timers/promises'
import { jobChanges, jobsAtWork, lastNotification, notificationsSince, queuePositions, readJob } from '@longshore/store'
import type { Database, Job, JobAtWork, JobChange, NotificationPage, Organization } from '@longshore/store'

/** How often changes are looked for. */
const lookEveryMs = 500
/** Jobs that are held as they were told last; the oldest go first. */
const mostJobs = 200

/** What has changed in an organization, whoever may hear of it. */
export interface Look {
  /** It tells of all changes after this version, and of some before it. */
  from: string
  /** Version of the last change. */
  to: string
  changes: readonly JobChange[]
  /** Places in the queue, by job: they change without their jobs. */
  places: ReadonlyMap<number, number>
  atWork: readonly JobAtWork[]
  /** Those since the look before, or the first of them. */
  notified: NotificationPage
}

/** Looks for changes once for all who watch an organization in this process: each open browser does, and most of the time there is nothing to tell. */
export class SharedLooks {
  #db: Database
  #organization: Organization
  #at: string | null = null
  #notified: string | null = null
  #lookedAt = 0
  #next: Promise<Look> | null = null
  #jobs = new Map<number, { version: string; job: Promise<Job> }>()

  constructor(db: Database, organization: Organization) {
    this.#db = db
    this.#organization = organization
  }

  /** The next look, once its time has come. Nothing is asked while nobody waits for one. */
  next(): Promise<Look> {
    this.#next ??= this.#look().finally(() => { this.#next = null })
    return this.#next
  }

  /** A job that changed, read once for all who are told of that change. It may be newer than `version`, never older. */
  job(number: number, version: string): Promise<Job> {
    const known = this.#jobs.get(number)
    if (known && BigInt(known.version) >= BigInt(version)) return known.job
    const job = readJob(this.#db.alone, this.#organization, number)
    this.#jobs.delete(number)
    this.#jobs.set(number, { version, job })
    job.catch(() => this.#jobs.delete(number)) // asked again by whoever comes next
    const [oldest] = this.#jobs.keys()
    if (this.#jobs.size > mostJobs && oldest !== undefined) this.#jobs.delete(oldest)
    return job
  }

  async #look(): Promise<Look> {
    await sleep(Math.max(0, this.#lookedAt + lookEveryMs - Date.now()))
    this.#lookedAt = Date.now()
    return this.#db.transaction(null, async (tx) => {
      const changes = await jobChanges(tx, this.#organization, this.#at ?? '0')
      const from = this.#at ?? changes[0]?.version ?? '0'
      const look = {
        from, to: changes.at(-1)?.version ?? from, changes, places: await queuePositions(tx, this.#organization), atWork: await jobsAtWork(tx, this.#organization),
        notified: await notificationsSince(tx, this.#organization, this.#notified ?? await lastNotification(tx)),
      }
      this.#at = look.to
      this.#notified = look.notified.to
      return look
    }, { readOnly: true })
  }
}

const ofDatabase = new WeakMap<Database, Map<number, SharedLooks>>()

/** The looks that this process shares, whoever watches. */
export function sharedLooks(db: Database, organization: Organization): SharedLooks {
  const known = ofDatabase.get(db) ?? new Map<number, SharedLooks>()
  ofDatabase.set(db, known)
  const looks = known.get(organization.id) ?? new SharedLooks(db, organization)
  known.set(organization.id, looks)
  return looks
}
