import { bytes, fixture, openApp } from './browser.ts'
import type { OpenedApp } from './browser.ts'

/** An app with something on every page: a finished import, a checked one, a draft, pairs to review, a deleted record, people. */
export interface FilledApp extends OpenedApp {
  jobs: { done: number; planned: number; draft: number; undone: number }
  contact: string
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms) })
const quiet = (): void => undefined

/** Invented people of example.com, with honest faults. */
export const messyList = [
  'First Name,Last Name,E-mail,Phone,Lead Source,Birthdate,Company,Mood',
  'Ada,Winter,ada.winter@example.com,+1 415 555 0132,Referral,31.12.1980,Acme,calm',
  'Bo,Lindqvist,bo@@example.com,+46 8 123 456 78,Trade Shwo,14.02.1975,Acme,',
  'Cem,Aydın,cem.aydin@example.com,,Trade Shwo,15.03.1990,Bolt,busy',
  'Dora,,dora@example.com,,Referral,,Bolt,',
  'Eli,Moreau,eli.moreau@example.com,12,Web,30.02.1990,,',
  'Ada,Winter,ADA.WINTER@example.com,+1 415 555 0132,Referral,31.12.1980,Acme,again',
  ...Array.from({ length: 60 }, (_, i) => `Person ${i + 1},Sample,person.${i + 1}@example.com,,${i % 3 === 0 ? 'Adverts' : 'Referral'},${String(1 + (i % 28)).padStart(2, '0')}.05.1985,Acme,`),
].join('\r\n')

export async function openFilledApp(name: string): Promise<FilledApp> {
  const app = await openApp(name)
  const { longshore } = app
  const sample = (definition: object, dryRun: boolean) => longshore.import({ file: fixture('sample-contacts.csv'), definition: { object: 'contacts', missingReference: 'create', ...definition }, dryRun }, quiet)
  const done = await sample({ match: [['email']] }, false)
  const flagged = await sample({ match: [['email']], onDuplicate: 'flag' }, false)
  await longshore.undo(flagged.job, { everything: false }, quiet)
  const pairs = await longshore.uploads.take('late-entries.csv', bytes('First Name,Last Name,E-mail,Phone\nAnn,Keller,ann.keller@example.com,\nAnna,Keller,ann.keller@example.com,+41 44 668 18 00\n'))
  const { job: later } = await longshore.begin({ file: { upload: pairs.id, name: 'late-entries.csv' }, definition: { object: 'contacts', match: [['email']], onDuplicate: 'flag' }, dryRun: false })
  while ((await longshore.findJob(later)).state !== 'done') await sleep(100)
  const upload = await longshore.uploads.take('spring-fair.csv', bytes(messyList))
  const file = { upload: upload.id, name: 'spring-fair.csv' }
  const planned = await longshore.drafts.create({ file, definition: { object: 'contacts', match: [['email']], missingReference: 'create' } })
  await longshore.drafts.check(planned.job, quiet)
  const draft = await longshore.drafts.create({ file, definition: { object: 'contacts' } })
  await longshore.saveMapping({ name: 'Spring fair', job: planned.job })
  const [first] = await app.rows<{ id: string }>('SELECT id::text FROM org.contacts WHERE deleted_at IS NULL ORDER BY id')
  const [last] = await app.rows<{ id: string }>('SELECT id::text FROM org.contacts WHERE deleted_at IS NULL ORDER BY id DESC LIMIT 1')
  await longshore.editRecord({ object: 'contacts', record: first?.id ?? '', values: { title: 'Head of purchasing' } })
  await longshore.binRecords({ object: 'contacts', records: [last?.id ?? ''] })
  await longshore.changeSchema({ objects: [{ name: 'deals', rules: [{ name: 'source-when-won', when: { field: 'stage', equals: ['Closed Won'] }, check: { kind: 'required', field: 'lead_source' } }] }] })
  return { ...app, jobs: { done: done.job, planned: planned.job, draft: draft.job, undone: flagged.job }, contact: first?.id ?? '' }
}

/** Every page, by name. */
export function pagesOf({ jobs, contact }: Pick<FilledApp, 'jobs' | 'contact'>): Record<string, string> {
  return {
    overview: '/', jobs: '/jobs', 'job-summary': `/jobs/${jobs.done}`, 'job-issues': `/jobs/${jobs.done}?tab=issues`, 'job-rows': `/jobs/${jobs.done}?tab=rows`, 'job-columns': `/jobs/${jobs.done}?tab=columns`, 'job-changes': `/jobs/${jobs.planned}?tab=changes`, health: '/jobs/health', 'job-files': `/jobs/${jobs.done}?tab=files`, 'job-definition': `/jobs/${jobs.done}?tab=definition`, 'job-undone': `/jobs/${jobs.undone}`,
    'import-new': '/imports/new', 'import-upload': `/imports/${jobs.draft}/upload`, 'import-map': `/imports/${jobs.draft}/map`, 'import-match': `/imports/${jobs.draft}/match`, 'import-check': `/imports/${jobs.planned}/check`, 'import-run': `/imports/${jobs.planned}/run`, 'import-done': `/imports/${jobs.done}/run`,
    records: '/records/contacts', 'records-empty': '/records/deals', 'records-none': '/records/contacts?where=%5B%22last_name+%3D+Nobody%22%5D', record: `/records/contacts/${contact}`, 'record-missing': '/records/contacts/1', bin: '/bin', review: '/review',
    'settings-organization': '/settings/organization', 'settings-objects': '/settings/objects', 'settings-fields': '/settings/objects/contacts', 'settings-rules': '/settings/objects/deals?tab=rules', 'settings-mappings': '/settings/mappings', 'settings-templates': '/settings/templates', 'settings-people': '/settings/people', 'settings-roles': '/settings/roles', 'settings-notifications': '/settings/notifications', 'settings-keys': '/settings/keys', 'settings-audit': '/settings/audit-log',
    'settings-account': '/settings/account', 'sign-in': '/sign-in', 'password-reset': '/password-reset', invitation: '/invitation', 'not-found': '/nowhere', kit: '/_kit',
  }
}
