import { describe, expect, test } from 'vitest'
import { readAll } from '../read-all.testing.ts'
import { workbookOf } from './zip.testing.ts'

const header = '<row r="1"><c t="s"><v>0</v></c><c t="inlineStr"><is><t>Value</t></is></c></row>'
const second = (cell: string) => `${header}<row r="2"><c r="A2" t="inlineStr"><is><t>x</t></is></c>${cell}</row>`

describe('a cell of a workbook', () => {
  test.each<[string, string, string | null]>([
    ['a shared text of several runs without its reading aid', '<c r="B2" t="s"><v>1</v></c>', 'Mara'],
    ['an inline text with blanks and line ends', '<c t="inlineStr"><is><r><t xml:space="preserve"> a\r\n</t></r><r><t>b</t></r></is></c>', ' a\nb'],
    ['an inline text that stands as a value', '<c t="inlineStr"><v>a</v></c>', 'a'],
    ['an escaped character and an escaped underscore', '<c t="str"><v>a_x0041__x005F_x0041_</v></c>', 'aA_x0041_'],
    ['entities and CDATA', '<c t="str"><v>&amp;&#233;<![CDATA[<b>]]></v></c>', '&é<b>'],
    ['the result of a formula', '<c><f>1+1</f><v>2</v></c>', '2'],
    ['an empty result of a formula', '<c t="str"><f>""</f><v></v></c>', null],
    ['a date', '<c s="1"><v>45443</v></c>', '2024-05-31'],
    ['a postal code with its zeros', '<c s="2"><v>123</v></c>', '00123'],
    ['a percentage', '<c s="3"><v>0.125</v></c>', '12.5%'],
    ['a number with all digits of the file', '<c><v>123456789012345678</v></c>', '123456789012345678'],
    ['truth', '<c t="b"><v>1</v></c>', 'true'],
    ['an ISO date', '<c t="d"><v>2024-05-31T10:30:15Z</v></c>', '2024-05-31T10:30:15'],
    ['an empty value', '<c t="s"><v></v></c>', null],
    ['a cell without anything', '<c r="B2" s="1"/>', null],
    ['a cell in a namespace with a prefix', '<x:c r="B2" t="str"><x:v>a</x:v></x:c>', 'a'],
  ])('is read: %s', async (_, cell, text) => {
    const { rows, layout } = await readAll(workbookOf(second(cell)), {}, 'people.xlsx', 50)
    expect(layout).toMatchObject({ format: 'xlsx', sheet: 'Sheet1', headerRow: 1, columns: ['Name', 'Value'] })
    expect(rows).toEqual([{ row: 2, cells: ['x', text] }])
  })

  test.each([
    ['<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', 'read.error-value', '#DIV/0!'],
    ['<c r="B2"><f>A1</f></c>', 'read.no-result', null],
    ['<c r="B2"><f>A1</f><v></v></c>', 'read.no-result', null],
  ])('without a value is an issue of its row: %s', async (cell, code, text) => {
    const { rows } = await readAll(workbookOf(second(cell)))
    expect(rows).toMatchObject([{ row: 2, cells: ['x', text], faults: [{ code, position: 1, found: 'B2' }] }])
  })
})

describe('a workbook', () => {
  test('numbers rows as the sheet does, and leaves empty ones out', async () => {
    const { rows } = await readAll(workbookOf(`${header}<row r="3"><c r="B3"><v>1</v></c></row><row><c t="str"><v> </v></c></row><row r="9"><c r="A9"><v>2</v></c></row>`))
    expect(rows).toEqual([{ row: 3, cells: [null, '1'] }, { row: 9, cells: ['2', null] }])
  })

  test('tells of hidden rows and reads them', async () => {
    const { rows, warnings } = await readAll(workbookOf(`${header}<row r="2" hidden="1"><c><v>1</v></c></row>`))
    expect(rows).toHaveLength(1)
    expect(warnings.map(({ code }) => code)).toContain('layout.hidden-rows')
  })

  test('fails a row with a filled cell beside the table, far or near', async () => {
    const many = Array.from({ length: 250 }, (_, i) => `<row r="${i + 2}"><c><v>${i}</v></c></row>`).join('')
    const { rows } = await readAll(workbookOf(`${header}${many}<row r="300"><c><v>1</v></c><c r="D300"><v>2</v></c></row><row r="301"><c r="XFD301"><v>3</v></c></row>`))
    expect(rows.slice(-2)).toMatchObject([{ row: 300, surplus: ['', '2'], faults: [{ code: 'read.too-many-cells' }] }, { row: 301, surplus: ['3'], faults: [{ code: 'read.too-many-cells' }] }])
  })

  test('joins a header of two rows below merged cells, which stand behind many rows', async () => {
    const text = (value: string) => `<c t="str"><v>${value}</v></c>`
    const many = Array.from({ length: 3_000 }, (_, i) => `<row>${text(`Mara ${i}`)}${text('Lund')}${text('22100')}</row>`).join('')
    const sheet = `<worksheet><sheetData><row>${text('Name')}${text('Address')}<c/></row><row><c/>${text('City')}${text('Zip')}</row>${many}</sheetData><x:mergeCells><x:mergeCell ref="B1:C1"/></x:mergeCells></worksheet>`
    const { layout, rows } = await readAll(workbookOf('', { 'xl/worksheets/sheet1.xml': sheet }))
    expect(layout).toMatchObject({ headerRow: 2, columns: ['Name', 'Address City', 'Address Zip'] })
    expect(rows).toHaveLength(3_000)
  })

  test('counts from 1904 where it says so', async () => {
    const main = '<workbook xmlns:r="r"><workbookPr date1904="1"/><sheets><sheet name="Sheet1" r:id="r1"/></sheets></workbook>'
    expect((await readAll(workbookOf(second('<c s="1"><v>43981</v></c>'), { 'xl/workbook.xml': main }))).rows[0]?.cells[1]).toBe('2024-05-31')
  })

  test('is read by the sheet that is named, by number, and else by the first that is shown and holds a table', async () => {
    const main = '<workbook xmlns:r="r"><sheets><sheet name="Secret" state="hidden" r:id="r1"/><sheet name="Notes" r:id="r4"/><sheet name="People" r:id="r5"/></sheets></workbook>'
    const relationship = (id: string, file: string) => `<Relationship Id="${id}" Type="x/worksheet" Target="/xl\\worksheets\\${file}"/>`
    const sheet = (name: string, rows: number) => `<worksheet><sheetData>${Array.from({ length: rows }, (_, i) => `<row><c t="str"><v>${name} ${i}</v></c></row>`).join('')}</sheetData></worksheet>`
    const book = workbookOf('', {
      'xl/workbook.xml': main, 'xl/_rels/workbook.xml.rels': `<Relationships>${relationship('r1', 'a.xml')}${relationship('r4', 'b.xml')}${relationship('r5', 'C.XML')}</Relationships>`,
      'xl/worksheets/a.xml': sheet('secret', 3), 'xl/worksheets/b.xml': sheet('note', 1), 'xl/worksheets/c.xml': sheet('person', 3),
    })
    const read = (sheetName?: string) => readAll(book, { headerRow: 1, ...(sheetName === undefined ? {} : { sheet: sheetName }) })
    const { layout } = await read()
    expect(layout).toMatchObject({ sheet: 'People', columns: ['person 0'], sheets: [{ name: 'Secret', hidden: true }, { name: 'Notes', hidden: false }, { name: 'People', hidden: false }] })
    expect(layout.warnings.map(({ code }) => code)).toEqual(['layout.several-sheets', 'layout.hidden-sheets'])
    expect((await read('secret')).layout.columns).toEqual(['secret 0'])
    expect((await read('2')).layout.columns).toEqual(['note 0'])
    await expect(read('Nobody')).rejects.toMatchObject({ code: 'file.no-sheet' })
  })

  test.each<[string, string, Record<string, string>]>([
    ['a document type', header, { 'xl/sharedStrings.xml': '<!DOCTYPE sst [<!ENTITY a "x">]><sst><si><t>&a;</t></si></sst>' }],
    ['rows out of order', `${header}<row r="5"><c><v>1</v></c></row><row r="4"><c><v>1</v></c></row>`, {}],
    ['a cell beyond the sheet', second('<c r="XFE2"><v>1</v></c>'), {}],
    ['a text that no table has', second('<c r="B2" t="s"><v>9</v></c>'), {}],
    ['tags that are not closed', '<row><c>', {}],
    ['bytes that are no text', second('<c r="B2" t="str"><v>\xFF</v></c>'), { 'xl/worksheets/sheet1.xml': 'latin1' }],
  ])('with %s is refused, with the place', async (_, rows, parts) => {
    const bytes = parts['xl/worksheets/sheet1.xml'] === 'latin1' ? workbookOf('', { 'xl/worksheets/sheet1.xml': Buffer.from(`<worksheet><sheetData>${rows}</sheetData></worksheet>`, 'latin1') }) : workbookOf(rows, parts)
    await expect(readAll(bytes, {}, 'people.xlsx')).rejects.toMatchObject({ code: 'file.damaged', message: expect.stringMatching(/^"people.xlsx" cannot be read: in (?:sheet "Sheet1"|the table of texts)/) })
  })

  test('that is binary (XLSB) is refused by its name', async () => {
    const roots = '<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="xl/workbook.bin"/></Relationships>'
    await expect(readAll(workbookOf('', { '_rels/.rels': roots, 'xl/workbook.bin': Buffer.from([0x83, 1, 0]) }), {}, 'people.xls')).rejects.toMatchObject({ code: 'file.damaged', message: expect.stringContaining('binary workbook (XLSB)') })
  })

  test('is refused before it fills the memory', async () => {
    const blanks = workbookOf(`${header}${' '.repeat(5_000_000)}`)
    await expect(readAll(blanks)).rejects.toMatchObject({ code: 'file.damaged' })
    const wide = workbookOf(`<row>${'<c><v>1</v></c>'.repeat(16_384)}</row>`)
    await expect(readAll(wide)).rejects.toMatchObject({ code: 'file.too-many-columns' })
  })
})
