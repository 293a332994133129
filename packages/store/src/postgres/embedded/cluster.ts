import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { Fault } from '@longshore/core'
import type { ServerAccount } from './account.ts'
import type { Binaries } from './binaries.ts'
import type { ClusterFolder } from './cluster-folder.ts'
import { explainStartFailure } from './start-failure.ts'
import type { StartFailure } from './start-failure.ts'

/** The log starts anew when it has grown past this; one older one is kept. */
const maxLogBytes = 10e6

/** Name of the superuser in an embedded cluster, who can only come through the socket. */
export const superuser = 'longshore'

/** Makes PostgreSQL's data unless another process was first. Whoever renames first wins; no lock is needed. */
export async function initCluster(folder: ClusterFolder, binaries: Binaries, account: ServerAccount): Promise<void> {
  const parent = dirname(folder.data)
  removeAbandoned(parent, basename(folder.data))
  const fresh = `${folder.data}.${process.pid}`
  rmSync(fresh, { recursive: true, force: true })
  const child = spawn(binaries.initdb, [
    '-D', fresh, '-U', superuser, '--auth=trust', '-E', 'UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--no-instructions',
  ], { cwd: '/', env: serverEnvironment(), stdio: ['ignore', 'pipe', 'pipe'], ...account.ids })
  const words: string[] = []
  child.stdout.setEncoding('utf8').on('data', (text: string) => words.push(text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => words.push(text))
  const [code] = await once(child, 'close') as [number | null]
  if (code !== 0) {
    rmSync(fresh, { recursive: true, force: true })
    const failure = explainStartFailure(words.join(''), folder.directory, folder.log)
    throw failure.kind === 'fault' ? failure.fault : new Fault('db.start', `initdb failed: ${words.join('').trim()}`, { remedy: 'stop' })
  }
  try {
    renameSync(fresh, folder.data)
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true })
    if (!existsSync(join(folder.data, 'PG_VERSION'))) throw error
  }
}

export interface StartingServer {
  /** Why the server ended without coming up; null while it starts or runs. */
  failure(): StartFailure | null
}

/** Starts the server in a session of its own: it outlives this process, whatever ends it. */
export function spawnServer(folder: ClusterFolder, binaries: Binaries, account: ServerAccount, settings: Record<string, string>): StartingServer {
  if (existsSync(folder.log) && statSync(folder.log).size > maxLogBytes) renameSync(folder.log, `${folder.log}.1`)
  const log = openSync(folder.log, 'a', 0o600)
  const from = statSync(folder.log).size
  const options = Object.entries({ ...settings, unix_socket_directories: folder.socket }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawn(binaries.postgres, ['-D', folder.data, ...options], {
    cwd: '/', env: serverEnvironment(), stdio: ['ignore', log, log], detached: true, ...account.ids,
  })
  child.unref()
  closeSync(log)
  let notRun: Error | null = null
  let ended = false
  child.on('error', (cause) => { notRun = cause })
  child.on('exit', () => { ended = true })
  return {
    failure() {
      if (notRun) return { kind: 'fault', fault: new Fault('db.start', `PostgreSQL's program could not be run (${notRun.message}).`, { remedy: 'stop', cause: notRun }) }
      // Read only when somebody asks: a server that served and ended has nothing to explain.
      return ended ? explainStartFailure(readFrom(folder.log, from), folder.directory, folder.log) : null
    },
  }
}

/** The postmaster's process id. The file outlives a kill: trust it only while connected to the server. */
export function postmasterPid(folder: ClusterFolder): number | null {
  try {
    const pid = Number(readFileSync(join(folder.data, 'postmaster.pid'), 'utf8').split('\n')[0])
    return Number.isInteger(pid) && pid > 1 ? pid : null
  } catch {
    return null
  }
}

/** Nothing of ours but PATH: no secret of this process reaches the server. */
function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' }
}

/** Half-made data of processes that were killed while making it. */
function removeAbandoned(parent: string, name: string): void {
  for (const entry of readdirSync(parent)) {
    const pid = entry.startsWith(`${name}.`) ? Number(entry.slice(name.length + 1)) : NaN
    if (Number.isInteger(pid) && !isAlive(pid)) rmSync(join(parent, entry), { recursive: true, force: true })
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function readFrom(file: string, start: number): string {
  const handle = openSync(file, 'r')
  try {
    const buffer = Buffer.alloc(64 * 1024)
    return buffer.toString('utf8', 0, readSync(handle, buffer, 0, buffer.length, start))
  } finally {
    closeSync(handle)
  }
}
