// Writes fixtures/sample-contacts.csv: the list that the first start imports. Every person and company is invented, and the
// same list comes out each time. The faults are put at fixed rows, so that what an import must say about them is known.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const columns = [
  'External ID', 'First Name', 'Last Name', 'Email', 'Phone', 'Company', 'Job Title', 'Street', 'City', 'State', 'Postal Code',
  'Country', 'Lead Source', 'Birthdate', 'Lead Score', 'Email Opt Out', 'Description', 'Created Date',
]
const column = (header: string): number => columns.indexOf(header)

/** What is wrong at which row of the list; the row number is the one a spreadsheet shows. */
export const sampleFaults: { row: number; what: string; put: (cells: string[]) => void }[] = [
  { row: 18, what: 'an e-mail without an @', put: (cells) => { cells[column('Email')] = 'marisol.quay at harbour.example' } },
  { row: 37, what: 'a date that no calendar has', put: (cells) => { cells[column('Birthdate')] = '1987-02-31' } },
  { row: 52, what: 'a picklist value that is nearly one', put: (cells) => { cells[column('Lead Source')] = 'Trade Shwo' } },
  { row: 71, what: 'no last name', put: (cells) => { cells[column('Last Name')] = '' } },
  { row: 96, what: 'words in a number', put: (cells) => { cells[column('Lead Score')] = 'about 40' } },
  { row: 120, what: 'two cells more than the header', put: (cells) => { cells.push('moved', 'see note') } },
  { row: 143, what: 'two faults in one row', put: (cells) => { cells[column('Email')] = 'nobody@'; cells[column('Birthdate')] = '31/11/1990' } },
]

/** Rows that bring an e-mail again, in other letters: [row, row of the first]. */
export const sampleDuplicates: [number, number][] = [[88, 12], [164, 59]]

const givenNames = ['Aurélie', 'Bogdan', 'Cosima', 'Dagný', 'Ezra', 'Fíona', 'Gaspard', 'Hana', 'Ilse', 'Joaquín', 'Kaito', 'Ludmila', 'Marisol', 'Nils', 'Oona', 'Paloma', 'Quirin', 'Rosalind', 'Søren', 'Tamsin', 'Ulla', 'Vašek', 'Winifred', 'Ximena', 'Yara', 'Zbyněk']
const familyNames = ['Ankerly', 'Bollard', 'Cleat', 'Dockery', 'Estuary', 'Fairlead', 'Gangway', 'Hawser', 'Inletson', 'Jettyman', 'Keelhaven', 'Lighterson', 'Mooring', 'Núñez-Pier', 'O’Quayle', 'Pontoon', 'Quayside', 'Roadstead', 'Slipway', 'Tidewell', 'Undertow', 'Vløtsam', 'Wharfinger', 'Yardarm']
const companies = ['Harbour & Sons Ltd', 'Lantern Buoys Inc.', 'Gröne Fähre GmbH', 'Saltmarsh Holdings, Inc.', 'Pier Nine LLC', 'Compagnie du Môle S.A.', 'Barnacle Software Co', 'Two Tides Group', 'Ebb and Flow Ltd', 'Northern Sluice AB', 'Lock Keepers Cooperative', 'Driftwood Records LLC']
const titles = ['Buyer', 'Harbour Master', 'Head of "Growth"', 'VP, Operations', 'Office Manager', 'Data Engineer', 'Account Executive']
const sources = ['Web', 'Referral', 'Trade Show', 'Partner', 'Cold Call', 'Advertisement']
/** City, state, postal code, country, and a telephone number there with the last digits left open; the numbers are of ranges kept for fiction where there are such. */
const places: [string, string, string, string, (n: number) => string][] = [
  ['Portland', 'ME', '04101', 'US', (n) => `(207) 555-0${100 + (n % 100)}`],
  ['Seattle', 'WA', '98101', 'US', (n) => `206-555-0${100 + (n % 100)}`],
  ['Bristol', '', 'BS1 4ST', 'GB', (n) => `0117 496 0${100 + (n % 900)}`],
  ['Hamburg', 'HH', '20457', 'DE', (n) => `+49 40 66969 ${100 + (n % 900)}`],
  ['Saint-Malo', '', '35400', 'FR', (n) => `+33 2 61 91 ${10 + (n % 90)} ${10 + (n % 83)}`],
]

/** Cells of the person at `row`, without faults. */
function cellsAt(row: number): string[] {
  const n = row - 2
  const given = givenNames[(n * 7) % givenNames.length] ?? ''
  const family = familyNames[(n * 5 + Math.floor(n / 24)) % familyNames.length] ?? ''
  const company = companies[(n * n + n) % companies.length] ?? ''
  const [city = '', state = '', postalCode = '', country = '', phone = () => ''] = places[(n * 3) % places.length] ?? []
  const birthdate = n % 6 === 5 ? '' : `${1955 + ((n * 13) % 45)}-${twoDigits(1 + ((n * 5) % 12))}-${twoDigits(1 + ((n * 11) % 28))}`
  const description = n % 23 === 4 ? `Met at the "${city}" boat fair,\nasks for a call back` : n % 4 === 1 ? `Customer since ${2004 + (n % 20)}` : ''
  return [
    `SAMPLE-${String(row).padStart(4, '0')}`, given, family, emailAt(row), n % 9 === 8 ? '' : phone(n * 37), company,
    titles[(n * 3) % titles.length] ?? '', `${3 + ((n * 17) % 240)} Quay Street`, city, state, postalCode, country,
    sources[(n * 5) % sources.length] ?? '', birthdate, ((n * 37) % 1000 / 10).toFixed(1), n % 11 === 3 ? 'true' : 'false', description,
    `2025-${twoDigits(1 + (n % 12))}-${twoDigits(1 + ((n * 7) % 28))}T${twoDigits(8 + (n % 10))}:15:00Z`,
  ]
}

function emailAt(row: number): string {
  const n = row - 2
  const given = givenNames[(n * 7) % givenNames.length] ?? ''
  const family = familyNames[(n * 5 + Math.floor(n / 24)) % familyNames.length] ?? ''
  return `${letters(given)}.${letters(family)}.${row}@${letters((companies[(n * n + n) % companies.length] ?? '').split(' ')[0] ?? '')}.example`
}

function letters(text: string): string {
  return text.replaceAll('ø', 'o').normalize('NFD').replace(/[^A-Za-z]/g, '').toLowerCase()
}

function twoDigits(n: number): string {
  return String(n).padStart(2, '0')
}

function quoted(cell: string): string {
  return /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

/** The whole list as CSV. `lastRow` is the row number of its last person; the header is row 1. */
export function sampleContacts(lastRow = 201): string {
  const lines = [columns]
  for (let row = 2; row <= lastRow; row++) {
    const cells = cellsAt(row)
    sampleFaults.find((fault) => fault.row === row)?.put(cells)
    const duplicate = sampleDuplicates.find(([second]) => second === row)
    if (duplicate) cells[column('Email')] = emailAt(duplicate[1]).toUpperCase()
    lines.push(cells)
  }
  return lines.map((cells) => cells.map(quoted).join(',') + '\n').join('')
}

if (import.meta.main) writeFileSync(fileURLToPath(new URL('../fixtures/sample-contacts.csv', import.meta.url)), sampleContacts())
