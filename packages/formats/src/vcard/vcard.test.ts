import type { LayoutWarning, RawRow } from '@longshore/core'
import { describe, expect, test } from 'vitest'
import { detectLayout, readRows } from '../formats.ts'
import { memorySource } from '../memory-source.ts'
import { readAll } from '../read-all.testing.ts'
import { cardColumns } from './card-row.ts'

async function read(text: string | Buffer): Promise<{ rows: RawRow[]; cards: Record<string, string>[]; warnings: LayoutWarning[] }> {
  const source = memorySource(typeof text === 'string' ? Buffer.from(text) : text, 5)
  const layout = await detectLayout(source, { fileName: 'people.vcf' })
  expect(layout).toMatchObject({ format: 'vcard', headerRow: 0, columns: cardColumns })
  const rows: RawRow[] = []
  const warnings: LayoutWarning[] = []
  for await (const batch of readRows(source, layout, { warn: (warning) => warnings.push(warning) })) rows.push(...batch)
  const cards = rows.map(({ cells }) => Object.fromEntries(cells.flatMap((cell, i) => cell === null || ['Has Photo', 'vCard Version'].includes(cardColumns[i] ?? '') ? [] : [[cardColumns[i] ?? '', cell]])))
  return { rows, cards, warnings }
}

const card = (...lines: string[]) => ['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD', ''].join('\r\n')

describe('a contact card', () => {
  test.each<[string, string[], Record<string, string>]>([
    ['joins folded lines', ['FN:Mara', '  Lind', 'NOTE:one', '\ttwo'], { 'Full Name': 'Mara Lind', Notes: 'onetwo' }],
    ['resolves escapes', ['N:Li\\;nd;Ma\\,ra;;;', 'NOTE:a\\nb\\\\c\\:d'], { 'Last Name': 'Li;nd', 'First Name': 'Ma,ra', Notes: 'a\nb\\c:d' }],
    ['sorts phones by type, the preferred first', ['TEL;TYPE=WORK:1', 'TEL;TYPE=work,pref:2', 'TEL;TYPE=CELL:3', 'TEL;TYPE=HOME;TYPE=FAX:4', 'TEL:5', 'TEL;TYPE=work:6', 'item1.TEL:7', 'item1.X-ABLabel:_$!<Assistant>!$_'],
      { Phone: '5', 'Work Phone': '2', 'Work Phone 2': '1', 'Mobile Phone': '3', 'Home Fax': '4', 'More Phones': 'Assistant: 7; work: 6' }],
    ['puts the preferred e-mail first', ['EMAIL;TYPE=HOME:h@example.com', 'EMAIL;TYPE=WORK:w@example.com', 'EMAIL;TYPE=HOME,PREF:p@example.com', 'EMAIL:n@example.com'],
      { Email: 'p@example.com', 'Email Type': 'home', 'Email 2': 'w@example.com', 'Email 2 Type': 'work', 'Email 3': 'n@example.com', 'More Emails': 'h@example.com' }],
    ['takes addresses apart, that for work first', ['ADR;TYPE=HOME:;;1 Lane;York;;YO1;UK', 'ADR;TYPE=WORK:12;B;2 Road, left;Leeds;WY;LS1;UK'],
      { 'PO Box': '12', 'Extended Address': 'B', Street: '2 Road, left', City: 'Leeds', State: 'WY', 'Postal Code': 'LS1', Country: 'UK', 'Address Type': 'work',
        'Address 2 Street': '1 Lane', 'Address 2 City': 'York', 'Address 2 Postal Code': 'YO1', 'Address 2 Country': 'UK', 'Address 2 Type': 'home' }],
    ['reads dates', ['BDAY:19850315', 'ANNIVERSARY:--0203'], { Birthday: '1985-03-15', Anniversary: '--02-03' }],
    ['keeps what has no column', ['ORG:Berg AB;Sales;North', 'ORG:Other AB', 'X-SKYPE:mara.lind', 'IMPP:xmpp:mara@example.com'],
      { Company: 'Berg AB', Department: 'Sales; North', 'Other Properties': 'ORG: Other AB\nX-SKYPE: mara.lind\nIMPP: xmpp:mara@example.com' }],
    ['keeps a colon inside a quoted parameter', ['ADR;LABEL="a:b;c":;;1 Lane;;;;'], { Street: '1 Lane' }],
    ['takes the types that Android lets people name', ['TEL;CELL:1', 'TEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=C3=84=70=70):2', 'EMAIL;X-CUSTOM(club):c@example.com'], { 'Mobile Phone': '1', Phone: '2', Email: 'c@example.com', 'Email Type': 'club' }],
    ['gives text that belongs to no property to the one before', ['NOTE:one', 'two words', 'FN:X'], { Notes: 'one\ntwo words', 'Full Name': 'X' }],
  ])('%s', async (_, lines, expected) => {
    const { cards, rows } = await read(card(...lines))
    expect(cards).toEqual([expected])
    expect(rows[0]?.faults).toBeUndefined()
  })

  test('decodes quoted-printable in the charset that the property names', async () => {
    const lines = ['N;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:M=FCller;J=FCr=', 'gen=3B;;;', 'ORG;CHARSET=SHIFT_JIS;ENCODING=QUOTED-PRINTABLE:=8A=94=8E=AE']
    expect((await read(card(...lines))).cards).toEqual([{ 'Last Name': 'Müller', 'First Name': 'Jürgen;', Company: '株式' }])
  })

  test('skips photos, and says so', async () => {
    const { cards, warnings } = await read(`${card('PHOTO;ENCODING=b:AAAA', ' BBBB', 'FN:A')}${card('FN:B').replace('FN', 'PHOTO;PNG;BASE64:\r\nAAAA\r\nBBBB==\r\n\r\nFN')}`)
    expect(cards).toEqual([{ 'Full Name': 'A' }, { 'Full Name': 'B' }])
    expect(warnings.map(({ code }) => code)).toEqual(['layout.photos'])
  })

  test('loses no card whose end is missing, and none to a card inside of it', async () => {
    const { cards, warnings, rows } = await read(`BEGIN:VCARD\nFN:A\n${card('FN:B', 'AGENT:', 'BEGIN:VCARD', 'FN:Inner', 'END:VCARD')}BEGIN:VCARD\nFN:C`)
    expect(cards.map((found) => found['Full Name'])).toEqual(['A', 'B', 'C'])
    expect(rows.map(({ row }) => row)).toEqual([1, 2, 3])
    expect(warnings.map(({ code }) => code)).toEqual(['layout.unclosed-cards'])
  })

  test('loses no card whose beginning is missing, and tells of lines that belong to none', async () => {
    const { cards, warnings } = await read(`${card('FN:A')}VERSION:3.0\nFN:B\nEND:VCARD\n${card('FN:C')}PRODID:x`)
    expect(cards.map((found) => found['Full Name'])).toEqual(['A', 'B', 'C'])
    expect(warnings.map(({ code }) => code)).toEqual(['layout.unopened-cards', 'layout.outside-cards'])
    expect(warnings[1]?.message).toMatch(/^2 lines stand outside of every card, the first one line 5;/)
  })

  test('is not held up by a picture in one line of any length, and cuts another value there', async () => {
    const long = 'A'.repeat(24 * 1_048_576)
    const { layout, rows } = await readAll(card('FN:A', `PHOTO:${long}`) + card('FN:B', `NOTE:${long}`) + card('FN:C'), {}, undefined, 64 * 1024)
    expect(rows.map(({ cells, faults }) => [cells[0], cells[layout.columns.indexOf('Has Photo')], faults?.map(({ code }) => code)])).toEqual([
      ['A', 'true', undefined], ['B', 'false', ['read.cell-too-large']], ['C', 'false', undefined],
    ])
  })

  test('names bytes that are no text', async () => {
    const { rows } = await read(card('FN:M=FCller').replace('FN', 'FN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8'))
    expect(rows[0]?.faults).toMatchObject([{ code: 'read.bad-encoding', line: 3 }])
  })
})
