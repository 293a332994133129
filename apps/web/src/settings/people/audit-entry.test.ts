import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { ObjectAnswer } from '@longshore/contract'
import { settingsWords } from '../../words/settings.ts'
import { auditLine } from './audit-entry.ts'

const contacts = { name: 'contacts', label: 'Contact', pluralLabel: 'Contacts', fields: [{ name: 'title', label: 'Job title' }] } as unknown as ObjectAnswer // what the words need of it
const names = { objects: [contacts], member: (id: number) => `Member ${id}`, role: (name: string) => ({ admin: 'Admin', member: 'Member' })[name] ?? name }
const line = (act: string, target: string | null, details: Record<string, unknown> = {}) => auditLine({ id: '1', at: '2030-01-31T06:00:00Z', member: null, apiKey: null, act, target, details }, names)

describe('the audit log in words', () => {
  it('has words for every act that the server and the store write', () => {
    const sources = ['apps/server/src', 'packages/store/src'].flatMap((folder) => {
      const root = fileURLToPath(new URL(`../../../../../${folder}`, import.meta.url))
      return readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts')).map((file) => readFileSync(`${root}/${file}`, 'utf8'))
    })
    const acts = new Set(sources.flatMap((source) => [...source.matchAll(/\bact: (?:[\w.]+ \? )?'([a-z.-]+)'(?: : '([a-z.-]+)')?/g)].flatMap(([, one, other]) => [one, other]).filter((act) => act !== undefined)))
    expect(acts.size).toBeGreaterThan(25)
    expect([...acts, 'job.import', 'job.undo', 'job.edit'].filter((act) => settingsWords.audit.acts[act] === undefined)).toEqual([])
  })

  it('names records, fields and roles as people know them', () => {
    expect(line('record.edit', 'contacts/35', { fields: ['title'] })).toMatchObject({ act: 'Record edited', about: 'Contact', record: { object: 'contacts', record: '35' }, details: ['Job title'] })
    expect(line('record.delete', 'contacts', { records: ['1', '2'] })).toMatchObject({ about: 'Contacts', details: ['2 contacts'] })
    expect(line('record.purge', 'contacts', { records: 7 }).details).toEqual(['7 contacts'])
    expect(line('member.role', 'member/4', { from: 'member', to: 'admin' })).toMatchObject({ about: 'Member 4', details: ['from Member to Admin'] })
    expect(line('job.import', 'job/7', { object: 'contacts', operation: 'upsert', undoes: null })).toMatchObject({ act: 'Import begun', about: 'Job 7', job: 7, details: ['contacts', 'add or update'] })
  })

  it('shows an act that it does not know as it is', () => {
    expect(line('thing.new', 'thing/3')).toMatchObject({ act: 'thing.new', about: 'number 3', details: [] })
  })
})
