import { createHash } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cleanRows } from './clean-rows.ts'
import { writeContactList } from './generate.ts'
import type { ContactListTruth } from './generate.ts'

/** The generator that several programs share, beside the repository; ours takes its place where it is absent. */
const sharedGenerator = join(import.meta.dirname, '../../shared/tools/gen-contacts.mjs')
const ownGenerator = join(import.meta.dirname, 'generate.ts')

/** A generated list with what it holds, and its rows cleaned for a plain COPY. */
export interface ContactList {
  file: string
  rows: number
  truth: ContactListTruth
  /** Files for `COPY … FROM STDIN` (text format), in the column order of baseline.sql. */
  accountsCopy: string
  contactsCopy: string
  accounts: number
  contacts: number
}

/** The list of `rows` rows with the bench's shares of faults; made once and kept under bench/.cache until a generator changes. */
export async function benchContactList(rows: number): Promise<ContactList> {
  const shared = existsSync(sharedGenerator)
  const makers = [shared ? sharedGenerator : ownGenerator, join(import.meta.dirname, 'clean-rows.ts')]
  const version = makers.reduce((hash, maker) => hash.update(readFileSync(maker)), createHash('sha256')).digest('hex').slice(0, 8)
  const folder = join(import.meta.dirname, '.cache', `contacts-${rows}-${version}`)
  if (!existsSync(folder)) {
    const fresh = `${folder}.${process.pid}`
    rmSync(fresh, { recursive: true, force: true })
    mkdirSync(fresh, { recursive: true })
    console.error(`Making a list of ${rows} contacts …`)
    const file = join(fresh, 'contacts.csv'), truthFile = join(fresh, 'truth.json')
    const options = { rows, seed: 1, dirty: 0.02, dup: 0.03, blank: 0.01 }
    if (shared) {
      execFileSync(process.execPath, [
        sharedGenerator, '--rows', String(rows), '--seed', '1', '--dirty', '0.02', '--dup', '0.03', '--out', file, '--truth', truthFile,
      ])
    } else writeFileSync(truthFile, JSON.stringify(await writeContactList(file, options)))
    console.error('Cleaning its rows for the plain COPY …')
    const cleaned = await cleanRows(file, { accounts: join(fresh, 'accounts.copy'), contacts: join(fresh, 'contacts.copy') })
    writeFileSync(join(fresh, 'cleaned.json'), JSON.stringify(cleaned))
    renameSync(fresh, folder)
  }
  const truth = JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8')) as ContactListTruth
  const { accounts, contacts } = JSON.parse(readFileSync(join(folder, 'cleaned.json'), 'utf8')) as { accounts: number; contacts: number }
  return {
    file: join(folder, 'contacts.csv'), rows, truth, accounts, contacts,
    accountsCopy: join(folder, 'accounts.copy'), contactsCopy: join(folder, 'contacts.copy'),
  }
}
