import { readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { Fault } from '@longshore/core'
import type { ClusterFolder } from './cluster-folder.ts'

/** The system account that runs the server: ours, or for root (whom PostgreSQL refuses) another one. */
export interface ServerAccount {
  name: string
  /** True: we are root and hand over to `ids`. */
  switches: boolean
  /** For spawn and chown; empty when the server runs as ourselves. */
  ids: { uid: number; gid: number } | Record<string, never>
}

/** The account of an unprivileged server under root. */
const unprivileged = 'nobody'

export function serverAccount(): ServerAccount {
  if (process.getuid?.() !== 0) return { name: 'this user', switches: false, ids: {} }
  // initdb refuses a uid that has no entry, so it is looked up rather than assumed.
  const entry = readFileSync('/etc/passwd', 'utf8').split('\n').map((line) => line.split(':')).find(([name]) => name === unprivileged)
  if (!entry) {
    throw new Fault(
      'db.account',
      `PostgreSQL does not run as root, and there is no account "${unprivileged}" to run it instead. `
      + 'Start Longshore as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own.',
      { remedy: 'stop' },
    )
  }
  return { name: unprivileged, switches: true, ids: { uid: Number(entry[2]), gid: Number(entry[3]) } }
}

/** For root: the account that owns the data already, so that a server an ordinary user made can also be started by root. */
export function accountOf(folder: ClusterFolder, us: ServerAccount): ServerAccount {
  if (!us.switches) return us
  const { uid, gid } = statSync(dirname(folder.data))
  return uid === 0 ? us : { ...us, ids: { uid, gid } }
}
