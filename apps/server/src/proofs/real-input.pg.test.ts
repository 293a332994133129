import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Papa from 'papaparse'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestLongshore, type TestLongshore } from '../testing/open-test-longshore.ts'
import { errorRows, readCsv, resultRows } from '../testing/result-rows.ts'

/** Other people's lists, which lie beside this repository where it is developed and are not part of it. */
const folder = join(import.meta.dirname, '../../../../../shared/corpora/dedupe')
const sites = join(folder, 'chicago-sites.csv')
const people = join(folder, 'febrl2.csv')

/** Header of the file to field path: every column is kept. */
const siteColumns = {
  'Id': 'external_id', 'Source': 'source_file', 'Site name': 'name', 'Address': 'billing_street', 'Zip': 'billing_postal_code', 'Phone': 'phone', 'Fax': 'fax',
  'Program Name': 'program', 'Agency': 'agency', 'Website': 'website_text',
}
const peopleColumns = {
  'rec_id': 'external_id', 'given_name': 'first_name', 'surname': 'last_name', 'street_number': 'street_number', 'address_1': 'mailing_street', 'address_2': 'mailing_street2',
  'suburb': 'mailing_city', 'postcode': 'mailing_postal_code', 'state': 'mailing_state', 'date_of_birth': 'born', 'soc_sec_id': 'social_security',
}

let longshore: TestLongshore

describe.skipIf(!existsSync(sites))('lists from other people (skipped where ../shared is absent)', () => {
  beforeAll(async () => {
    longshore = await openTestLongshore('real-input')
    const text = (name: string, label: string) => ({ name, label, kind: 'text' })
    await longshore.changeSchema({ objects: [
      { name: 'accounts', fields: [text('source_file', 'Source file'), text('program', 'Program'), text('agency', 'Agency'), text('website_text', 'Website (as typed)')] },
      // 64 people of this list have no surname
      { name: 'contacts', fields: [text('street_number', 'Street number'), text('born', 'Born'), text('social_security', 'Social security'), { name: 'last_name', required: null }] },
    ] })
  })
  afterAll(() => longshore?.close())

  it('3,337 sites go in as accounts and come out cell by cell', async () => {
    const job = await longshore.import({ file: sites, definition: { object: 'accounts', autoMap: false, columns: mapped(siteColumns), match: [['external_id']] }, dryRun: false }, () => undefined)
    expect([job.rows, job.counts.created, job.issues?.filter(({ severity }) => severity === 'error')]).toEqual([3337, 3337, []])
    const out = await exported('accounts', [...Object.values(siteColumns), 'phone_source', 'fax_source'])
    const source = recordsOf(sites, siteColumns, 'external_id')
    expect(differences(source, out, ['phone', 'fax'])).toEqual([])
    expect([source.size, out.size]).toEqual([3337, 3337])
  }, 120_000)

  it('the same list again has nothing to change', async () => {
    const job = await longshore.import({ file: sites, definition: { object: 'accounts', operation: 'upsert', autoMap: false, columns: mapped(siteColumns), match: [['external_id']] }, dryRun: false }, () => undefined)
    expect(job.counts).toMatchObject({ created: 0, updated: 0, skipped: 3337, failed: 0 })
  }, 120_000)

  it('5,000 people go in as contacts and come out cell by cell', async () => {
    const job = await longshore.import({ file: people, definition: { object: 'contacts', autoMap: false, columns: mapped(peopleColumns), match: [['external_id']] }, dryRun: false }, () => undefined)
    expect([job.rows, job.counts.created, job.issues?.filter(({ severity }) => severity === 'error')]).toEqual([5000, 5000, []])
    const out = await exported('contacts', Object.values(peopleColumns))
    const source = recordsOf(people, peopleColumns, 'external_id')
    expect(differences(source, out, [])).toEqual([])
    expect([source.size, out.size]).toEqual([5000, 5000])
  }, 120_000)

  it('their birthdays are days of the calendar where the list has such, and errors by row where it has not', async () => {
    const source = recordsOf(people, peopleColumns, 'external_id')
    const job = await longshore.importText(readFileSync(people), {
      object: 'contacts', operation: 'update', autoMap: false, match: [['external_id']],
      columns: [{ header: 'rec_id', field: 'external_id' }, { header: ' date_of_birth', field: 'birthdate' }],
    })
    const impossible = [...source.values()].filter(({ born = '' }) => born !== '' && !isDay(born)).map(({ born }) => born)
    const blank = [...source.values()].filter(({ born }) => born === '').length
    expect(impossible.length).toBeGreaterThan(0)
    expect(job.counts).toMatchObject({ updated: 5000 - blank - impossible.length, skipped: blank, failed: impossible.length })
    expect(errorRows(job).map(({ codes, values }) => [codes, values.map((value) => value.trim())])).toEqual(impossible.map((born) => [['type.date-impossible'], [born]]))
    expect(resultRows(job).length).toBe(5000)
    for (const [id, { birthdate }] of await exported('contacts', ['external_id', 'birthdate'])) {
      const born = source.get(id)?.born ?? ''
      expect(birthdate?.replaceAll('-', '') ?? '').toBe(isDay(born) ? born : '')
    }
  }, 120_000)
})

function mapped(columns: Record<string, string>): { header: string; field: string }[] {
  return Object.entries(columns).map(([header, field]) => ({ header, field }))
}

/** A file's records by field path, found by the field `id`; cells without the blanks around them, as Longshore stores them. */
function recordsOf(path: string, columns: Record<string, string>, id: string): Map<string, Record<string, string>> {
  const [header = [], ...rows] = Papa.parse<string[]>(readFileSync(path, 'utf8').trimEnd()).data
  const paths = header.map((name) => columns[name.trim()] ?? name)
  return byId(paths, rows, id)
}

async function exported(object: string, fields: string[]): Promise<Map<string, Record<string, string>>> {
  const out = join(longshore.folder, `${object}.csv`)
  await longshore.export({ object, fields, where: [], format: 'csv', out, replace: true, formulaGuard: false }, () => undefined)
  const [header = [], ...rows] = readCsv(out)
  expect(header).toEqual(fields)
  return byId(header, rows, 'external_id')
}

function byId(paths: readonly string[], rows: readonly string[][], id: string): Map<string, Record<string, string>> {
  return new Map(rows.map((cells) => {
    const record = Object.fromEntries(paths.map((path, i) => [path, (cells[i] ?? '').trim()]))
    return [record[id] ?? '', record]
  }))
}

/** Every cell that is not what it was. A phone may stand in its international form where the text as typed stands beside it. */
function differences(source: Map<string, Record<string, string>>, out: Map<string, Record<string, string>>, phones: readonly string[]): unknown[] {
  const found: unknown[] = []
  for (const [id, record] of source) {
    for (const [path, value] of Object.entries(record)) {
      const stored = out.get(id)?.[path] ?? ''
      if (stored === value || (phones.includes(path) && /^\+\d+$/.test(stored) && out.get(id)?.[`${path}_source`] === value)) continue
      found.push({ id, path, value, stored })
    }
  }
  return found
}

function isDay(digits: string): boolean {
  const text = digits.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3')
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}
