import { setTimeout as sleep } from 'node:timers/promises'
import { Fault } from '@longshore/core'
import { jobsToRun, listOrganizations } from '@longshore/store'
import type { Database, JobToRun, Organization } from '@longshore/store'

/** How often a worker looks for jobs that nobody runs. */
const lookEveryMs = 1_000
/** How many jobs one process runs at a time, unless the operator says otherwise. */
const usualJobs = 3

/** What a worker does for one organization. */
export interface Served {
  run(job: number, signal: AbortSignal): Promise<unknown>
  /** What is to be done now and then, each with its own pause. */
  readonly upkeep: readonly Upkeep[]
}

/** What a worker does, and for whom. */
export interface Serves {
  organization(organization: Organization): Served
  /** What is due for all organizations at once. */
  readonly everywhere: readonly Upkeep[]
}

export interface Upkeep { name: string; everyMs: number; work(): Promise<void> }

/**
 * Serves every organization of the database until `signal` aborts: runs jobs that nobody runs, several at a time (LONGSHORE_WORKER_JOBS), and
 * does beside them what is due. Any number of workers share one database; a job that two of them see is run by one. Throws when the database
 * cannot be asked; what it has begun comes to rest first.
 */
export async function work(db: Database, serve: Serves, log: (line: string) => void, signal: AbortSignal): Promise<void> {
  const most = Math.max(1, Math.floor(Number(process.env['LONGSHORE_WORKER_JOBS']) || usualJobs))
  const running = new Map<string, Promise<void>>()
  const lastDone = new Map<string, number>()
  let upkeep: Promise<void> | null = null
  let broken: unknown = null

  function begin({ job, organization: { id } }: { job: number; organization: Organization }, served: Served): void {
    const key = `${id}/${job}`
    running.set(key, served.run(job, signal).then(() => undefined, (error: unknown) => {
      if (!(error instanceof Fault && error.code === 'job.busy')) log(`job ${key}: ${error instanceof Fault ? error.code : 'internal'}`)
    }).finally(() => running.delete(key)))
  }

  async function keepUp(organizations: readonly Organization[]): Promise<void> {
    await doDue('', serve.everywhere)
    for (const organization of organizations) await doDue(`${organization.id}/`, serve.organization(organization).upkeep)
  }

  async function doDue(prefix: string, upkeep: readonly Upkeep[]): Promise<void> {
    for (const { name, everyMs, work: due } of upkeep) {
      if (signal.aborted || Date.now() - (lastDone.get(prefix + name) ?? -Infinity) < everyMs) continue
      lastDone.set(prefix + name, Date.now())
      await due().catch((error: unknown) => {
        if (!(error instanceof Fault)) throw error
        log(`${name}: ${error.code}`)
      })
    }
  }

  const look = (): Promise<{ organizations: Organization[]; jobs: JobToRun[] }> =>
    db.transaction(null, async (tx) => ({ organizations: await listOrganizations(tx), jobs: await jobsToRun(tx) }), { readOnly: true })
  try {
    while (!signal.aborted) {
      const { organizations, jobs } = await look()
      for (const { job, organization: id } of jobs) {
        const organization = organizations.find((one) => one.id === id)
        if (organization && running.size < most && !running.has(`${id}/${job}`)) begin({ job, organization }, serve.organization(organization))
      }
      upkeep ??= keepUp(organizations).catch((error: unknown) => { broken = error }).finally(() => { upkeep = null })
      await sleep(lookEveryMs, undefined, { signal }).catch(() => undefined)
      if (broken !== null) throw broken
    }
  } finally {
    await Promise.all([...running.values(), upkeep])
  }
}
