import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { openEgress } from '@longshore/connectors'
import type { EgressRules } from '@longshore/connectors'
import { Fault, visibleCatalog } from '@longshore/core'
import type { Catalog, Secrets } from '@longshore/core'
import { ensureOrganization, keptCatalog, loadMembers, loadSettings, openDatabase, openFileFolder } from '@longshore/store'
import type { Database, FileStore, Member, Organization, OrganizationSettings } from '@longshore/store'
import { operatorOf } from './actor.ts'
import type { Actor } from './actor.ts'
import { openLog, type Log } from './log/log.ts'
import type { OpenOptions } from './longshore.ts'
import { installationSecret } from './people/installation-secret.ts'
import { sealedSecrets } from './secrets/sealed-secrets.ts'
import { sealOpenAddresses } from './source/seal-open-addresses.ts'

/** What every task of the server works with: wired once, handed on. */
export interface Workspace {
  db: Database
  /** On whose behalf. */
  actor: Actor
  /** The actor's. */
  organization: Organization
  files: FileStore
  dataDirectory: string
  /** Where files may be fetched from. */
  egress: EgressRules
  secrets: Secrets
  log: Log
  /** What is done here is waited for by nobody: it stands back behind what people ask. */
  standsBack: boolean
  /** Jobs that are begun here run here; else they are left to a worker, and only what a request waits for is done here. */
  runsJobs: boolean
  /** As the actor knows it: what their role hides is not in it. */
  catalog(): Promise<Catalog>
  members(): Promise<Member[]>
  /** As they are now: another process may have changed them. */
  settings(): Promise<OrganizationSettings>
}

/** The workspace of whoever runs Longshore on this machine. */
export async function openWorkspace(options: OpenOptions): Promise<Workspace> {
  const dataDirectory = resolve(options.dataDirectory.replace(/^~(?=\/|$)/, homedir()))
  const log = openLog(options.log ?? (() => undefined), process.env['LONGSHORE_LOG'] === 'json')
  const db = await openDatabase({ dataDirectory, databaseUrl: options.databaseUrl, log: (line) => log.info(line) })
  try {
    const organization = await ensureOrganization(db)
    const secrets = sealedSecrets(() => installationSecret(dataDirectory))
    await sealOpenAddresses(db, secrets)
    const ground = { db, standsBack: false, runsJobs: options.runsJobs ?? true, dataDirectory, log, egress: options.egress ?? openEgress(process.env), files: await openFileFolder(join(dataDirectory, 'files')), secrets }
    return workspaceOf(ground, operatorOf(organization))
  } catch (error) {
    await db.close()
    throw error
  }
}

/** The same ground, worked on by somebody. `catalogStamp`: of the catalog that all of it is seen by, read a moment ago with the actor's organization; absent: catalog and settings are read whenever they are asked for. */
export function workspaceOf(ground: Pick<Workspace, 'db' | 'standsBack' | 'runsJobs' | 'dataDirectory' | 'log' | 'egress' | 'files' | 'secrets'>, actor: Actor, catalogStamp: string | null = null): Workspace {
  const { db, standsBack, runsJobs, dataDirectory, log, egress, files, secrets } = ground
  const { organization, role } = actor
  return {
    db, standsBack, runsJobs, dataDirectory, log, egress, files, secrets, actor, organization,
    catalog: async () => visibleCatalog(await keptCatalog(db, organization, catalogStamp), role),
    members: () => loadMembers(db.alone, organization),
    settings: catalogStamp === null ? () => loadSettings(db.alone, organization) : () => Promise.resolve(organization.settings),
  }
}

/** The same for work that nobody waits for, such as a job that goes on by itself. */
export function standingBack(workspace: Workspace): Workspace {
  return workspaceOf({ ...workspace, db: workspace.db.behind(), standsBack: true }, workspace.actor)
}

/** The path of a stored file, for the parser child: it reads from a descriptor. */
export function pathOfFile({ files }: Workspace, id: string): string {
  const path = files.path?.(id)
  if (path === undefined) throw new Fault('files.not-local', 'Files that live elsewhere cannot be read yet: keep them in a local directory.', { remedy: 'stop' })
  return path
}
