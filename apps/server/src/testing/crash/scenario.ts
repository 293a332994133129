import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { listText, type List } from './other-lists.ts'
import type { Place } from './place.ts'

/** A job to be interrupted, and what happened before it. `{name}` in a command stands for the path of that list. */
export interface Scenario {
  name: string
  lists: Record<string, List>
  /** Commands that run first, without trouble. Each makes one job. */
  before: string[][]
  /** Makes or takes up job `job`. */
  command: string[]
  /** The job's number. */
  job: number
  /** Rows per transaction, unless a run says otherwise. */
  chunkRows: number
}

const match = ['--object', 'contacts', '--match', 'email', '--json']
const all = ['--result-formats', 'csv,json,ndjson']
const create = ['--missing-reference', 'create']

/** The jobs that crash proofs interrupt. `size` is the number of rows of the list that is at stake. */
export function scenarios(size: number): Scenario[] {
  const chunkRows = Math.max(10, Math.round(size / 15))
  const known = { rows: Math.round(size * 0.6), from: Math.round(size * 0.2), edition: 'known' }
  const lists = { main: { rows: size, edition: 'main' }, known, later: { rows: Math.round(size / 4), from: Math.round(size * 0.1), edition: 'later' } }
  const others: Record<string, List> = {
    known, agedKnown: { ...known, kind: 'aged-contacts' }, agedMain: { rows: size, edition: 'main', kind: 'aged-contacts' },
    companies: { rows: size, kind: 'companies' }, notes: { rows: size, edition: 'main', kind: 'notes' }, formerNotes: { rows: Math.round(size / 2), from: 30, edition: 'known', kind: 'notes' }, links: { rows: size, kind: 'links' },
  }
  const aged = ['--map', 'Account City=account.billing_city', '--map', 'Account Note=account.description']
  const notes = ['--object', 'notes', '--match', 'external_id', '--operation', 'upsert', '--missing-reference', 'blank', '--json']
  const base = ['import', '{known}', ...match, ...create]
  const upsert = ['import', '{main}', ...match, '--operation', 'upsert', ...create]
  const edit = ['import', '{later}', ...match, '--operation', 'upsert', ...create]
  return [
    { name: 'upsert', lists, before: [base], command: [...upsert, ...all], job: 2, chunkRows },
    { name: 'insert', lists, before: [], command: ['import', '{main}', ...match, ...create], job: 1, chunkRows },
    { name: 'insert-update', lists, before: [base], command: ['import', '{main}', ...match, '--on-duplicate', 'update', '--missing-reference', 'blank', '--merge', 'description=if-empty'], job: 2, chunkRows },
    { name: 'dry-run', lists, before: [base], command: [...upsert, '--dry-run'], job: 2, chunkRows },
    { name: 'apply-after-drift', lists, before: [base, [...upsert, '--dry-run'], edit], command: ['apply', '2', '--json'], job: 2, chunkRows },
    { name: 'cancel', lists, before: [base, [...upsert, '--dry-run']], command: ['cancel', '2', '--json'], job: 2, chunkRows },
    { name: 'undo', lists, before: [base, upsert, edit], command: ['undo', '2', '--json'], job: 4, chunkRows },
    { name: 'undo-everything', lists, before: [base, upsert, edit], command: ['undo', '2', '--everything', '--json'], job: 4, chunkRows },
    // enough records for the indexes to be dropped and built again
    { name: 'bulk', lists: { main: { rows: 23_000, edition: 'bulk' } }, before: [], command: ['import', '{main}', ...match, ...create], job: 1, chunkRows: 1_500 },
    { name: 'merge-rules', lists: others, before: [['import', '{agedKnown}', ...match, ...create, ...aged]], command: ['import', '{agedMain}', ...match, '--operation', 'upsert', ...create, ...aged, '--backup', '--existing-reference', 'update',
      '--merge', 'title=if-newer', '--merge', 'description=append', '--merge', 'account.description=append', '--merge', 'account.billing_city=if-newer'], job: 2, chunkRows },
    { name: 'companies', lists: others, before: [], command: ['import', '{companies}', '--object', 'accounts', '--match', 'name', '--operation', 'upsert', ...create, '--map', 'Parent=parent_account.name', '--json'], job: 1, chunkRows },
    { name: 'notes', lists: others, before: [base, ['import', '{formerNotes}', ...notes]], command: ['import', '{notes}', ...notes], job: 3, chunkRows },
    { name: 'links', lists: others, before: [base], command: ['import', '{links}', '--object', 'associations', '--json'], job: 2, chunkRows },
    { name: 'undo-of-undo', lists, before: [base, upsert, ['undo', '2', '--json']], command: ['undo', '3', '--json'], job: 4, chunkRows },
  ]
}

export function scenarioNamed(name: string, size: number): Scenario {
  const found = scenarios(size).find((one) => one.name === name)
  if (!found) throw new Error(`there is no scenario "${name}"`)
  return found
}

/** Writes the lists into the place and puts their paths into a command. */
export function commandIn(place: Place, { lists }: Scenario, command: readonly string[]): string[] {
  return command.map((word) => word.replace(/^\{(\w+)\}$/, (_, name: string) => {
    const path = join(place.folder, `${name}.csv`)
    const options = lists[name]
    if (!options) throw new Error(`there is no list "${name}"`)
    writeFileSync(path, listText(options))
    return path
  }))
}
