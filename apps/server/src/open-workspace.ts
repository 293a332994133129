import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { openEgress } from '@longshore/connectors'
import type { EgressRules } from '@longshore/connectors'
import { Fault } from '@longshore/core'
import type { Catalog } from '@longshore/core'
import { ensureOrganization, loadCatalog, loadMembers, openDatabase, openFileFolder } from '@longshore/store'
import type { Database, FileStore, Member, Organization } from '@longshore/store'
import type { OpenOptions } from './longshore.ts'

/** What every task of the server works with: wired once, handed on. */
export interface Workspace {
  db: Database
  organization: Organization
  files: FileStore
  dataDirectory: string
  /** Where files may be fetched from. */
  egress: EgressRules
  log: (line: string) => void
  catalog(): Promise<Catalog>
  members(): Promise<Member[]>
}

export async function openWorkspace(options: OpenOptions): Promise<Workspace> {
  const dataDirectory = resolve(options.dataDirectory.replace(/^~(?=\/|$)/, homedir()))
  const log = options.log ?? (() => undefined)
  const db = await openDatabase({ dataDirectory, databaseUrl: options.databaseUrl, log })
  try {
    const organization = await ensureOrganization(db)
    return {
      db, organization, dataDirectory, log, egress: options.egress ?? openEgress(process.env),
      files: await openFileFolder(join(dataDirectory, 'files')),
      catalog: () => db.transaction(organization, (tx) => loadCatalog(tx, organization), { readOnly: true }),
      members: () => db.transaction(null, (tx) => loadMembers(tx, organization), { readOnly: true }),
    }
  } catch (error) {
    await db.close()
    throw error
  }
}

/** The path of a stored file, for the parser child: it reads from a descriptor. */
export function pathOfFile({ files }: Workspace, id: string): string {
  const path = files.path?.(id)
  if (path === undefined) throw new Fault('files.not-local', 'Files that live elsewhere cannot be read yet: keep them in a local directory.', { remedy: 'stop' })
  return path
}
