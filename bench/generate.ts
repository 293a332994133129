// Writes a contact list as CSV, the same one for the same options, with known faults and duplicates:
//   node bench/generate.ts --rows 20000 [--seed 1] [--dirty 0.02] [--dup 0.03] [--blank 0.01] [--truth FILE] --out FILE
import { createWriteStream, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { contactColumns } from './contact-columns.ts'
import type { ContactColumn } from './contact-columns.ts'

export interface ContactListOptions {
  rows: number
  seed: number
  /** Share of rows with one bad value, 0 to 1. */
  dirty: number
  /** Share of rows that bring the e-mail of an earlier clean row again, in capitals. */
  dup: number
  /** Share of rows without an e-mail. */
  blank: number
}

export const badKinds = ['email', 'date', 'picklist', 'required', 'number'] as const
export interface ContactListTruth { rows: number; bad: Record<(typeof badKinds)[number], number>; duplicates: number }

const given = 'Amara Benoît Cai Daniela Emre Frida Goran Hyun Ines Jürgen Kofi Leïla Mateo Nadia Olu Priya Renée Sibel Tomáš Uma Viktor Wanjiru Yusuf Zuzana'.split(' ')
const family = 'Abara Brännström Castellanos Diallo Eriksen Ferreira Gruber Haddad Ivanova Jansen Kowalczyk Lefèvre Mbeki Nakamura O\'Hara Pereira Quispe Rossi Şahin Takahashi Ueda Varga Weiß Yılmaz'.split(' ')
const business = 'Anchor Beacon Cinder Delta Ember Fathom Girder Helix Isobar Juniper Keystone Lattice Meridian Nimbus Orbit Prism'.split(' ')
const legalForms = ['Inc.', 'LLC', 'Ltd', 'GmbH', 'S.A.', 'Partners, LP', 'Group', 'BV']
const syllables = 'ba che do fi gu ha ke lo mi nu pe ra si tu va wo xe yo za ri'.split(' ')
const titles = ['Buyer', 'VP, Finance', 'Account Manager', 'Lead "Fixer"', 'Office Manager', 'CTO', 'Data Analyst']
const sources = ['Web', 'Referral', 'Trade Show', 'Partner', 'Cold Call', 'Advertisement']
const areas = ['202', '206', '303', '313', '410', '504', '608', '614', '702', '804']
const places: [city: string, state: string, postalCode: string, country: string][] = [
  ['Denver', 'CO', '80202', 'US'], ['Columbus', 'OH', '43215', 'US'], ['Köln', 'NW', '50667', 'DE'], ['Lyon', '', '69001', 'FR'],
  ['Leeds', '', 'LS1 4DY', 'GB'], ['Montréal', 'QC', 'H2Y 1C6', 'CA'], ['Boston', 'MA', '02108', 'US'],
]

/** Numbers from 0 (inclusive) to 1 (exclusive), a stream of its own for each pair: any row can be made without those before it. */
function numbersFor(seed: number, row: number): () => number {
  let state = (Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(row + 1, 0x85ebca77)) >>> 0
  return () => {
    state = (state + 0x9e3779b9) >>> 0
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32
  }
}

type Kind = 'clean' | 'duplicate' | 'bad' | 'blank'

/** What row `index` (from 0) is: drawn apart from its values, so that a later row can repeat a clean one. */
function kindOf(options: ContactListOptions, index: number): Kind {
  const share = numbersFor(options.seed ^ 0x5bd1e995, index)()
  if (share < options.dup) return index === 0 ? 'clean' : 'duplicate'
  if (share < options.dup + options.dirty) return 'bad'
  return share < options.dup + options.dirty + options.blank ? 'blank' : 'clean'
}

/** A name from the list, or one made of syllables; low numbers come more often, as in life. */
function nameFrom(list: string[], share: number, variety: number): string {
  let n = Math.floor(share * share * variety)
  const known = list[n]
  if (known !== undefined) return known
  let made = ''
  for (n *= 7; made.length < 6 || n > 0; n = Math.floor(n / syllables.length)) made += syllables[n % syllables.length] ?? ''
  return made.charAt(0).toUpperCase() + made.slice(1)
}

function personOf(seed: number, index: number): { first: string; last: string; company: string; email: string } {
  const next = numbersFor(seed, index)
  const first = nameFrom(given, next(), 2_000), last = nameFrom(family, next(), 60_000), company = nameFrom(business, next(), 80_000)
  return { first, last, company, email: `${plainLetters(first)}.${plainLetters(last)}.${index}@${plainLetters(company)}.example` }
}

function plainLetters(text: string): string {
  return text.normalize('NFD').replace(/[^A-Za-z]/g, '').toLowerCase()
}

function twoDigits(n: number): string {
  return n < 10 ? `0${n}` : String(n)
}

function phoneIn(country: string, n: number): string {
  const digits = String(2_000_000 + (n % 7_999_999))
  if (country === 'DE') return `+49 221 ${digits}`
  if (country === 'FR') return `04 ${digits.slice(0, 2)} ${digits.slice(2, 4)} ${digits.slice(4, 6)} ${digits.slice(6)}${n % 10}`
  if (country === 'GB') return `0113 ${digits.slice(0, 3)} ${digits.slice(3)}`
  return `(${areas[n % areas.length] ?? ''}) ${digits.slice(0, 3)}-${digits.slice(3)}`
}

/** Cells of row `index` (from 0), in the order of the header; adds to `truth` what is wrong with it. */
function contactAt(options: ContactListOptions, index: number, truth: ContactListTruth): string[] {
  const next = numbersFor(options.seed ^ 0x1234567, index)
  const whole = (below: number): number => Math.floor(next() * below)
  const one = <Item>(list: readonly Item[], otherwise: Item): Item => list[whole(list.length)] ?? otherwise
  const person = personOf(options.seed, index)
  const [city, state, postalCode, country] = one(places, ['', '', '', ''])
  const date = `${1948 + whole(55)}-${twoDigits(1 + whole(12))}-${twoDigits(1 + whole(28))}`
  const talk = next()
  const cells: Record<ContactColumn, string> = {
    'External ID': `C-${index}`, 'First Name': person.first, 'Last Name': person.last, 'Email': person.email,
    'Phone Number': phoneIn(country, whole(1e9)), 'Mobile': next() < 0.4 ? `+1 ${one(areas, '')} ${String(2_000_000 + whole(7_999_999))}` : '',
    'Company': `${person.company} ${legalForms[index % legalForms.length] ?? ''}`, 'Job Title': one(titles, ''), 'Street': `${1 + whole(999)} Canal Road`,
    'City': city, 'State': state, 'Postal Code': postalCode, 'Country': country, 'Lead Source': one(sources, ''), 'Birthdate': date,
    'Lead Score': (next() * 100).toFixed(2), 'Email Opt Out': next() < 0.1 ? 'true' : 'false',
    'Description': talk < 0.1 ? `Said "call me", in ${city},\nnot before ${date}` : talk < 0.55 ? `Customer since ${1999 + whole(27)}` : '',
    'Created Date': `2025-${twoDigits(1 + whole(12))}-${twoDigits(1 + whole(28))}T${twoDigits(whole(24))}:${twoDigits(whole(60))}:00Z`,
    'Legacy Batch Ref': `B-${(index * 6151) % 99_991}`,
  }
  const kind = kindOf(options, index)
  if (kind === 'blank') cells['Email'] = ''
  if (kind === 'bad') spoil(cells, badKinds[index % badKinds.length] ?? 'email', truth)
  if (kind === 'duplicate') {
    const earlier = earlierClean(options, index, whole(index))
    if (earlier !== null) { cells['Email'] = personOf(options.seed, earlier).email.toUpperCase(); truth.duplicates++ }
  }
  return contactColumns.map((column) => cells[column])
}

/** The clean row at `from` or the next one behind it, before `index`; null when there is none. */
function earlierClean(options: ContactListOptions, index: number, from: number): number | null {
  for (let earlier = from; earlier < index; earlier++) if (kindOf(options, earlier) === 'clean') return earlier
  return null
}

function spoil(cells: Record<ContactColumn, string>, kind: (typeof badKinds)[number], truth: ContactListTruth): void {
  truth.bad[kind]++
  if (kind === 'email') cells['Email'] = 'no e-mail given'
  if (kind === 'date') cells['Birthdate'] = '2023-02-30'
  if (kind === 'picklist') cells['Lead Source'] = 'Smoke Signal'
  if (kind === 'required') cells['Last Name'] = ''
  if (kind === 'number') cells['Lead Score'] = 'plenty'
}

function quoted(cell: string): string {
  return /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

/** The list as CSV text in pieces, header first; returns what a correct import must find in it. */
export function* contactList(options: ContactListOptions): Generator<string, ContactListTruth> {
  const truth: ContactListTruth = { rows: options.rows, bad: { email: 0, date: 0, picklist: 0, required: 0, number: 0 }, duplicates: 0 }
  let text = `${contactColumns.join(',')}\n`
  for (let index = 0; index < options.rows; index++) {
    text += `${contactAt(options, index, truth).map(quoted).join(',')}\n`
    if (text.length > 1 << 18) { yield text; text = '' }
  }
  yield text
  return truth
}

/** Writes the list to `file`. */
export async function writeContactList(file: string, options: ContactListOptions): Promise<ContactListTruth> {
  const out = createWriteStream(file)
  const pieces = contactList(options)
  for (;;) {
    const piece = pieces.next()
    if (piece.done) { out.end(); await finished(out); return piece.value }
    if (!out.write(piece.value)) await once(out, 'drain')
  }
}

if (import.meta.main) {
  const { values } = parseArgs({ options: {
    rows: { type: 'string', default: '1000' }, seed: { type: 'string', default: '1' }, dirty: { type: 'string', default: '0.02' },
    dup: { type: 'string', default: '0.03' }, blank: { type: 'string', default: '0.01' }, truth: { type: 'string' }, out: { type: 'string' },
  } })
  if (values.out === undefined) { console.error('Where to? Name a file with --out.'); process.exit(2) }
  const truth = await writeContactList(values.out, {
    rows: Number(values.rows), seed: Number(values.seed), dirty: Number(values.dirty), dup: Number(values.dup), blank: Number(values.blank),
  })
  if (values.truth !== undefined) writeFileSync(values.truth, `${JSON.stringify(truth, null, 2)}\n`)
}
