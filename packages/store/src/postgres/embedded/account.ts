import { readFileSync } from 'node:fs'
import { Fault } from '@longshore/core'

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
