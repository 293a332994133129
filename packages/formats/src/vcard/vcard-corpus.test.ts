import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { detectLayout, readRows } from '../formats.ts'
import { memorySource } from '../memory-source.ts'

const folder = join(import.meta.dirname, '../../../../../shared/corpora/vcard')
const present = existsSync(folder)
const absent = present ? '' : ' (skipped: the files are not on this machine)'

interface Value { value: string; types: string[]; label?: string; number?: string; extension?: string }
type Address = Record<'po_box' | 'extended' | 'street' | 'city' | 'region' | 'postal_code' | 'country', string>
interface Card {
  version: string | null
  kind: string | null
  fn: string | null
  n: Record<'family' | 'given' | 'additional' | 'prefix' | 'suffix', string[]> | null
  org: string[][]
  title: string[]
  role: string[]
  nickname: string[]
  emails: Value[]
  phones: Value[]
  addresses: Address[]
  urls: Value[]
  birthday: { raw: string; date: string | null }[]
  notes: string[]
  categories: string[]
  uid: string | null
  has_photo: boolean
}

/** One file holds a byte that is no UTF-8 (`=80`); it is named, not only replaced. */
const faults: Record<string, string[]> = { 'ez-vcard/John_Doe_ANDROID.vcf': ['read.bad-encoding'] }

describe.skipIf(!present)(`contact cards of other programs${absent}`, () => {
  const files = present ? ['ez-vcard', 'ical-js', 'own'].flatMap((part) => readdirSync(join(folder, part)).filter((name) => name.endsWith('.vcf')).map((name) => `${part}/${name}`)) : []
  test.each(files)('reads every value of %s', async (name) => {
    const cards = JSON.parse(readFileSync(join(folder, name.replace(/vcf$/, 'json')), 'utf8')) as Card[]
    for (const piece of [1, 7, Infinity]) {
      const source = memorySource(readFileSync(join(folder, name)), piece)
      if (cards.length === 0) {
        await expect(detectLayout(source, { fileName: name })).rejects.toMatchObject({ code: 'file.empty' })
        continue
      }
      const layout = await detectLayout(source, { fileName: name })
      expect(layout.format).toBe('vcard')
      const found: string[] = []
      const rows: Record<string, string | null>[] = []
      for await (const batch of readRows(source, layout)) {
        for (const row of batch) {
          found.push(...(row.faults ?? []).map(({ code }) => code))
          rows.push(Object.fromEntries(layout.columns.map((column, i) => [column, row.cells[i] ?? null])))
        }
      }
      expect(found).toEqual(faults[name] ?? [])
      expect(rows).toHaveLength(cards.length)
      cards.forEach((card, i) => expectCard(rows[i] ?? {}, card))
    }
  })
})

function expectCard(row: Record<string, string | null>, card: Card): void {
  const text = (value: string | null | undefined) => value === undefined || value === null || value.trim() === '' ? null : value
  const gathered = (prefixes: string[]) => Object.entries(row).filter(([column]) => prefixes.some((prefix) => column.startsWith(prefix) || column.includes(prefix))).map(([, cell]) => cell ?? '').join('\n')
  expect({ version: row['vCard Version'], kind: row['Kind'], fn: row['Full Name'], uid: row['UID'], photo: row['Has Photo'] })
    .toEqual({ version: card.version, kind: text(card.kind), fn: text(card.fn?.trim()), uid: text(card.uid), photo: String(card.has_photo) })
  const parts = card.n
  expect([row['Last Name'], row['First Name'], row['Middle Name'], row['Salutation'], row['Suffix']])
    .toEqual([parts?.family, parts?.given, parts?.additional, parts?.prefix, parts?.suffix].map((values) => text(values?.map((value) => value.trim()).join(' '))))
  expect([row['Company'], row['Department']]).toEqual([text(card.org[0]?.[0]), text(card.org[0]?.slice(1).filter((part) => part !== '').join('; '))])
  for (const [column, values] of [['Job Title', card.title], ['Role', card.role], ['Nickname', card.nickname], ['Categories', card.categories]] as const) {
    for (const value of values) if (value.trim() !== '') expect(row[column] ?? '').toContain(value.trim())
    if (values.every((value) => value.trim() === '')) expect(row[column]).toBeNull()
  }
  for (const note of card.notes) if (note.trim() !== '') expect(row['Notes'] ?? '').toContain(note)
  for (const { value } of card.emails) expect(gathered(['Email'])).toContain(value.trim())
  for (const { value, number, extension, label } of card.phones) {
    expect(gathered(['Phone', 'Fax', 'Pager'])).toContain((number ?? value).trim())
    if (extension !== undefined) expect(gathered(['Phone'])).toContain(`ext. ${extension}`)
    if (label !== undefined) expect(row['More Phones'] ?? '').toContain(label)
  }
  for (const { value } of card.urls) expect(gathered(['Website'])).toContain(value.trim())
  for (const { po_box, extended, street, city, region, postal_code, country } of card.addresses) {
    const all = gathered(['PO Box', 'Extended', 'Street', 'City', 'State', 'Postal', 'Country', 'Address'])
    for (const part of [po_box, extended, street, city, region, postal_code, country]) if (part.trim() !== '') expect(all).toContain(part.trim())
  }
  const [birthday] = card.birthday
  expect(row['Birthday']).toBe(birthday === undefined ? null : birthday.date ?? birthday.raw)
}
