import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Papa from 'papaparse'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { printedJson, runLongshore } from './testing/binary.ts'

/** Other people's lists, which lie beside this repository where it is developed and are not part of it. */
const lists = join(import.meta.dirname, '../../../../shared/corpora/dedupe')
const sites = join(lists, 'chicago-sites.csv')
const people = join(lists, 'febrl2.csv')

const siteFields = {
  'Id': 'external_id', 'Source': 'source_file', 'Site name': 'name', 'Address': 'billing_street', 'Zip': 'billing_postal_code', 'Phone': 'phone', 'Fax': 'fax',
  'Program Name': 'program', 'Agency': 'agency', 'Website': 'website_text',
}
const peopleFields = {
  'rec_id': 'external_id', 'given_name': 'first_name', 'surname': 'last_name', 'street_number': 'street_number', 'address_1': 'mailing_street', 'address_2': 'mailing_street2',
  'suburb': 'mailing_city', 'postcode': 'mailing_postal_code', 'state': 'mailing_state', 'date_of_birth': 'born', 'soc_sec_id': 'social_security',
}
const text = (name: string) => ({ name, kind: 'text' })
const schema = {
  objects: [
    { name: 'accounts', fields: ['source_file', 'program', 'agency', 'website_text'].map(text) },
    { name: 'contacts', fields: [...['street_number', 'born', 'social_security'].map(text), { name: 'last_name', required: null }] },
  ],
}

let folder = ''

/** The same as `real-input` of the server, typed on a command line. */
describe.skipIf(!existsSync(sites))('lists from other people on the command line (skipped where ../shared is absent)', { concurrent: false }, () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'longshore-lists-'))
    writeFileSync(join(folder, 'schema.json'), JSON.stringify(schema))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('schema --apply makes fields for columns that no field fits', async () => {
    const { changes } = printedJson(await runLongshore(folder, 'schema', '--apply', 'schema.json', '--json'))
    expect(changes).toHaveLength(8)
  })

  it.each([
    ['accounts', sites, siteFields, 3337, ['phone', 'fax']],
    ['contacts', people, peopleFields, 5000, []],
  ] as const)('%s go in by --map, every column of them, and come out cell by cell', async (object, file, fields, count, phones) => {
    const maps = Object.entries(fields).flatMap(([header, field]) => ['--map', `${header}=${field}`])
    const job = printedJson(await runLongshore(folder, 'import', file, '--object', object, '--match', 'external_id', ...maps, '--json'))
    expect(job).toMatchObject({ state: 'done', rows: count, created: count, failed: 0, skipped: 0 })
    const wanted = [...Object.values(fields), ...phones.map((phone) => `${phone}_source`)]
    printedJson(await runLongshore(folder, 'export', '--object', object, '--fields', wanted.join(','), '--format', 'csv', '--no-formula-guard', '--out', `${object}.csv`, '--json'))
    const source = recordsOf(file, (header) => (fields as Record<string, string>)[header] ?? header)
    const out = recordsOf(join(folder, `${object}.csv`), (header) => header)
    expect(out.size).toBe(count)
    const other = [...source].flatMap(([id, record]) => Object.entries(record).filter(([path, value]) => {
      const stored = out.get(id)?.[path] ?? ''
      return stored !== value && !((phones as readonly string[]).includes(path) && out.get(id)?.[`${path}_source`] === value)
    }).map(([path, value]) => ({ id, path, value, stored: out.get(id)?.[path] })))
    expect(other).toEqual([])
  }, 120_000)
})

/** A CSV file's records by external id, cells without the blanks around them. */
function recordsOf(path: string, name: (header: string) => string): Map<string, Record<string, string>> {
  const [header = [], ...rows] = Papa.parse<string[]>(readFileSync(path, 'utf8').trimEnd()).data
  return new Map(rows.map((cells) => {
    const record = Object.fromEntries(header.map((title, i) => [name(title.trim()), (cells[i] ?? '').trim()]))
    return [record['external_id'] ?? '', record]
  }))
}
