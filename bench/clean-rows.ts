import { createReadStream, createWriteStream } from 'node:fs'
import type { WriteStream } from 'node:fs'
import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import type { CountryCode } from 'libphonenumber-js/max'
import Papa from 'papaparse'
import type { ContactColumn } from './contact-columns.ts'

const sources = new Set(['Web', 'Referral', 'Trade Show', 'Partner', 'Cold Call', 'Advertisement'])

type Cell = (column: ContactColumn) => string

/**
 * Writes the rows that an import of the list would keep as files for COPY: no bad rows, the first of those with the same
 * e-mail, phones as E.164, accounts numbered. By code of its own that knows this list only, so that the comparison does
 * not lean on the product.
 */
export async function cleanRows(file: string, to: { accounts: string; contacts: string }): Promise<{ accounts: number; contacts: number }> {
  const accounts = new Map<string, number>(), emails = new Set<string>()
  const accountsOut = createWriteStream(to.accounts), contactsOut = createWriteStream(to.contacts)
  let positions: Map<string, number> | null = null
  let contacts = 0
  const takeRow = (cells: string[]): void => {
    if (!positions) { positions = new Map(cells.map((header, position) => [header, position])); return }
    const known = positions
    const cell: Cell = (column) => (cells[known.get(column) ?? -1] ?? '').trim()
    if (isBad(cell)) return
    const email = cell('Email').toLowerCase()
    if (email !== '' && emails.has(email)) return
    if (email !== '') emails.add(email)
    const company = cell('Company'), companyKey = company.toLowerCase()
    let account = accounts.get(companyKey)
    if (account === undefined && company !== '') {
      account = accounts.size + 1
      accounts.set(companyKey, account)
      accountsOut.write(copyLine([String(account), company]))
    }
    contactsOut.write(copyLine(contactCells(++contacts, account, email, cell)))
  }
  await parseRows(file, takeRow, [accountsOut, contactsOut])
  for (const out of [accountsOut, contactsOut]) { out.end(); await finished(out) }
  return { accounts: accounts.size, contacts }
}

/** Reads the list piece by piece, and waits where what is written cannot keep up. */
async function parseRows(file: string, takeRow: (cells: string[]) => void, outs: WriteStream[]): Promise<void> {
  const rows = Papa.parse(Papa.NODE_STREAM_INPUT, { skipEmptyLines: true })
  createReadStream(file).setEncoding('utf8').pipe(rows)
  for await (const cells of rows) {
    takeRow(cells as string[])
    for (const out of outs) if (out.writableNeedDrain) await once(out, 'drain')
  }
}

function isBad(cell: Cell): boolean {
  const email = cell('Email'), birthdate = cell('Birthdate')
  return cell('Last Name') === '' || (email !== '' && !/^\S+@\S+\.\S+$/.test(email)) || Number.isNaN(Number(cell('Lead Score')))
    || !sources.has(cell('Lead Source')) || new Date(`${birthdate}T00:00:00Z`).toJSON()?.slice(0, 10) !== birthdate
}

/** In the column order of baseline.sql. */
function contactCells(id: number, account: number | undefined, email: string, cell: Cell): string[] {
  const country = cell('Country')
  return [
    String(id), cell('External ID'), cell('First Name'), cell('Last Name'), email, e164(cell('Phone Number'), country), e164(cell('Mobile'), country),
    account === undefined ? '' : String(account), cell('Job Title'), cell('Street'), cell('City'), cell('State'), cell('Postal Code'), country,
    cell('Lead Source'), cell('Birthdate'), cell('Lead Score'), cell('Email Opt Out'), cell('Description'), cell('Created Date'),
  ]
}

function e164(text: string, country: string): string {
  return text === '' ? '' : parsePhoneNumberFromString(text, country as CountryCode)?.number ?? text
}

const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/** One line of COPY's text format; an empty cell is null. */
function copyLine(cells: string[]): string {
  return `${cells.map((cell) => (cell === '' ? '\\N' : cell.replace(/[\\\t\n\r]/g, (c) => escapes[c] ?? c))).join('\t')}\n`
}
