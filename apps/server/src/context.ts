import { Fault, closest, findObject, mapFile, mayOn, parseImportDefinition } from '@longshore/core'
import { changeSchema, changeSettings, fieldsInUse, fillWaitingKeys, noSuchJob, readJob, wishToCancel } from '@longshore/store'
import type { Job } from '@longshore/store'
import { doer, operatorOf } from './actor.ts'
import { summaryOf, summaryOfChange } from './job-summary.ts'
import type { JobSummary, Longshore, OpenOptions } from './longshore.ts'
import { openWorkspace, standingBack, workspaceOf, type Workspace } from './open-workspace.ts'
import { openDoor, type Door } from './people/door.ts'
import { peopleWork } from './people/people-work.ts'
import { localCopy } from './source/local-copy.ts'
import { bulkWork } from './tasks/bulk/bulk-work.ts'
import { draftWork } from './tasks/drafts/draft-work.ts'
import { watchJobs } from './tasks/events/job-watch.ts'
import { downloadRecords } from './tasks/export/download.ts'
import { exportRecords } from './tasks/export/export-records.ts'
import { fixWork } from './tasks/fixes/fix-work.ts'
import { momentOfJob, readSettings } from './tasks/import/create-import.ts'
import { settleFields } from './tasks/import/settle-mapping.ts'
import { produceResults } from './tasks/import/write-results.ts'
import { jobWay } from './tasks/jobs/job-way.ts'
import { jobLists } from './tasks/jobs/list-jobs.ts'
import { runHere } from './tasks/jobs/run-here.ts'
import { mappingWork } from './tasks/mappings/mapping-work.ts'
import { notificationWork } from './tasks/notifications/notification-work.ts'
import { deliverOutgoing } from './tasks/outbox/deliver.ts'
import { lookThrough, profiledForMap } from './tasks/parser/detect-file.ts'
import { changeChosen } from './tasks/records/change-chosen.ts'
import { readRecords } from './tasks/records/read-records.ts'
import { recordWork } from './tasks/records/record-work.ts'
import { UnderWay } from './tasks/jobs/under-way.ts'
import { testRule } from './tasks/records/test-rule.ts'
import { rowWork } from './tasks/rows/row-work.ts'
import { makeTemplate, writeTemplate } from './tasks/template/write-template.ts'
import { tidy } from './tasks/tidy/tidy.ts'
import { partialWork } from './tasks/uploads/partial-work.ts'
import { uploadWork } from './tasks/uploads/upload-work.ts'
import { viewWork } from './tasks/views/view-work.ts'
import { work } from './tasks/worker/worker.ts'
import type { Served } from './tasks/worker/worker.ts'

/** How often a worker lets go of what has been kept long enough. */
const tidyEveryMs = 60 * 60 * 1000
/** How often it looks for match keys that were switched on and have not been filled. */
const fillEveryMs = 10_000
/** How often it looks for e-mails and webhooks that are due. */
const sendEveryMs = 1_000

/** Opens everything that Longshore stands on and hands it out as one thing, for whoever runs it on this machine. */
export async function openLongshore(options: OpenOptions): Promise<Longshore> {
  const workspace = await openWorkspace(options)
  return longshoreOver(workspace, { door: openDoor(workspace), underWay: new UnderWay() }, false)
}

/** What all actors of this process share. `underWay`: the jobs that were begun here and that nobody waits for. */
interface Shared { door: Door; underWay: UnderWay }

/** What can be asked of Longshore on behalf of the workspace's actor. `looks`: for a moment, in which they change nothing. */
function longshoreOver(workspace: Workspace, shared: Shared, looks: boolean): Longshore {
  const { db, organization } = workspace
  const { actor } = workspace
  /** Jobs of others exist for those alone who may see all. */
  const onlyBy = actor.role.rights.includes('all-jobs') ? null : actor.member?.id ?? 0
  const read = async (number: number): Promise<Job> => {
    const job = await readJob(db.alone, organization, number)
    if ((onlyBy !== null && job.startedBy !== onlyBy) || !mayOn(actor.role, 'read', job.object)) throw noSuchJob(number)
    return job
  }
  /** What a permission has just looked at is taken by the first who asks for it, where nothing changes in between; whoever comes later looks again. */
  const found = new Map<number, Promise<Job>>()
  const find = (number: number): Promise<Job> => {
    const job = read(number)
    if (looks) found.set(number, job)
    return job
  }
  const taken = (number: number): Promise<Job> => {
    const job = found.get(number)
    found.delete(number)
    return job ?? read(number)
  }
  const told = async (job: Job): Promise<JobSummary> => summaryOf(workspace, job, true)
  const stagedRows = rowWork(workspace, taken)
  const uploads = uploadWork(workspace)
  const notifications = notificationWork(workspace)
  const mappings = mappingWork(workspace)
  const way = jobWay(workspace, { underWay: shared.underWay, read, told, saveMapping: mappings.saveMapping })
  const records = recordWork(workspace, async (number) => told(await read(number)))

  return {
    actor,
    log: workspace.log,
    door: shared.door,
    people: peopleWork(workspace),
    as: (actor, look = null) => longshoreOver(workspaceOf(workspace, actor, look?.catalogStamp), shared, look !== null),
    ...way.asked,
    ...jobLists(workspace, onlyBy),
    stagedRows,
    fixes: fixWork(workspace, stagedRows, taken),
    drafts: draftWork(workspace, { read, run: way.runOrFollow, runBehind: way.runBehind }),
    job: async (number) => told(await taken(number)),
    findJob: find,
    async *watchJobs(since, idleMs, signal) {
      for await (const event of watchJobs(workspace, since, onlyBy, idleMs, signal)) {
        yield event?.kind === 'job' ? { ...event, job: await summaryOfChange(workspace, event.job) } : event?.kind === 'notification' ? { ...event, notification: await notifications.tell(event.notification) } : event
      }
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
      const { country } = await workspace.settings()
      return { columns: mapFile({ country, catalog: fields.catalog, object: fields.object, columns: layout.columns, profiles, memberEmails: (await workspace.members()).map(({ email }) => email) }, fields.settled.definition, fields.settled) }
    },
    uploads,
    partials: partialWork(workspace),
    bulk: bulkWork(workspace, { read, uploads, run: way.runAside }),
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
    changeChosen: async (change, once) => told(await read(await changeChosen(workspace, { uploads, run: way.runAside }, change, once))),
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
    async close() {
      await shared.underWay.close()
      await db.close()
    },
  }
}

/** What a worker does for the workspace's organization. */
function servedBy(workspace: Workspace): Served {
  const { db, organization } = workspace
  const cancel = async (job: number): Promise<void> => {
    await db.transaction(null, (tx) => wishToCancel(tx, organization, job))
    await runHere(standingBack(workspace), job, () => undefined, undefined, { goOn: true })
  }
  return {
    run: (job, signal) => runHere(standingBack(workspace), job, () => undefined, signal),
    upkeep: [
      { name: 'tidy', everyMs: tidyEveryMs, work: () => tidy(workspace, recordWork(workspace, async (number) => summaryOf(workspace, await db.transaction(null, (tx) => readJob(tx, organization, number)), false)), cancel, momentOfJob()) },
      { name: 'keys', everyMs: fillEveryMs, work: () => fillWaitingKeys(db, organization) },
    ],
  }
}

function nearestOf(name: string, names: string[]): string {
  const nearest = closest(name, names)
  return nearest === null ? '' : ` Did you mean "${nearest}"?`
}
