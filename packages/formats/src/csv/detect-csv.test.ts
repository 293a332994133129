import { describe, expect, test } from 'vitest'
import { settingsOfLayout } from '@longshore/core'
import type { CsvLayout, ReadSettings } from '@longshore/core'
import { gzipSync } from 'node:zlib'
import { csvWriter } from '../write/csv-writer.ts'
import { memorySource } from '../memory-source.ts'
import { detectCsv } from './detect-csv.ts'

function detect(text: string | Uint8Array, settings: ReadSettings = {}, fileName?: string): Promise<CsvLayout> {
  return detectCsv(memorySource(typeof text === 'string' ? Buffer.from(text) : text), { settings, ...(fileName === undefined ? {} : { fileName }) })
}

/** The beginning of a file that goes on. */
function detectHead(head: Uint8Array): Promise<CsvLayout> {
  return detectCsv({ ...memorySource(head), sizeBytes: head.length + 1 }, {})
}

async function codes(text: string | Uint8Array): Promise<string[]> {
  return (await detect(text)).warnings.map((warning) => warning.code)
}

/** name, text, what the layout must hold */
const layouts: [string, string, Partial<CsvLayout>][] = [
  ['commas', 'a,b,c\n1,2,3\n', { delimiter: ',', quote: '"', headerRow: 1, columns: ['a', 'b', 'c'], lineEnd: 'LF', encoding: 'utf-8' }],
  ['a byte order mark before a quoted header', '\uFEFF"Name","E-mail"\n"Mara","m@example.com"\n', { delimiter: ',', columns: ['Name', 'E-mail'] }],
  ['quotes that stand after a blank', 'Name, Place, Amount\nMara, "York, PA", 5\nOlle, "Bergen ""NO""", 7\nAnn, Oslo, 8\n', { delimiter: ',', quoteAfterBlank: true, columns: ['Name', ' Place', ' Amount'] }],
  ['quotes after a blank that are text', 'Name, Note\nMara, "so" she said\nOlle, x\n', { delimiter: ',', columns: ['Name', ' Note'], warnings: [] }],
  ['lines that end in CR', 'Name;City\rMara;York\rOlle;Bergen\r', { delimiter: ';', lineEnd: 'CR', columns: ['Name', 'City'] }],
  ['lines that end in every way', 'Name;City\rMara;York\r\nOlle;Bergen\n', { delimiter: ';', lineEnd: 'mixed' }],
  ['line ends inside cells, which tell nothing', 'Name,Note\r\nMara,"one\ntwo"\r\n"O ""x""\n",z\r\n', { lineEnd: 'CRLF', warnings: [] }],
  ['semicolons among decimal commas', 'Name;Amount;Rate\nMara;1,50;2,5\nOlle;3,25;4,0\nZoë;9,99;1,0\n', { delimiter: ';' }],
  ['commas beside tags split by semicolons', 'Name,Tags,City\nMara,a;b;c;d;e,York\nOlle,a;b;c;d;f,Bergen\nZoë,b;b;c;d;e,Paris\n', { delimiter: ',' }],
  ['tabs', 'Name\tNotes\nMara\tyes, gladly; soon\nOlle\tno, thanks; later\n', { delimiter: '\t' }],
  ['a delimiter named in the first line', 'sep=|\nName|City\nMara|York\n', { delimiter: '|', headerRow: 2, columns: ['Name', 'City'], warnings: [] }],
  ['a delimiter named in the first line and no other row', 'sep=,\nName,City\n', { delimiter: ',', headerRow: 2, columns: ['Name', 'City'] }],
  ['single quotes', 'Name,Note\n\'Lind, Mara\',\'x\'\n\'Berg, Olle\',\'it\'\'s\'\n', { delimiter: ',', quote: '\'' }],
  ['names with apostrophes as no quotes', 'Name,Note\n\'t Hooft,x\nO\'Neill,y\n', { quote: '"' }],
  ['titles above the header', 'Customers 2026\nprinted by the shop\n\nName,Email,City\nMara,m@example.com,York\nOlle,o@example.com,Bergen\n', { headerRow: 4, columns: ['Name', 'Email', 'City'] }],
  ['titles filled up with delimiters', 'Customers,,,\n,,,\nName,Email,City,Notes\nMara,m@example.com,York,\n', { headerRow: 3 }],
  ['comments above the header', '# made by a shop, on Monday\nName,Email\nMara,m@example.com\n', { headerRow: 2 }],
  ['no header: an e-mail address in the first row', 'm@example.com,Mara\no@example.com,Olle\n', { headerRow: 0, columns: ['Column 1', 'Column 2'] }],
  ['no header: numbers and dates in every row', '17,2026-01-02,Mara\n18,2026-01-03,Olle\n', { headerRow: 0, columns: ['Column 1', 'Column 2', 'Column 3'] }],
  ['no header: a short first row with an address where the others have one', '+46 8 123456,mara@example.com,Pier 7\nunknown,none,Harbour,Oslo\n+46 8 123457,zoe@example.com,Wharf,York\n+46 8 123458,ann@example.com,Quay,Rome\n', { headerRow: 0, columns: ['Column 1', 'Column 2', 'Column 3', 'Column 4'] }],
  ['no header: a short first row of values above words of no header', '17,Pier 7,x\nunknown,none,Harbour Street,Oslo\n18,2026-01-02,Wharf,York\n19,2026-01-03,Quay,Rome\n', { headerRow: 0 }],
  ['a phone number with blanks in a short first row', '+46 8 123456,Pier 7,x\nHarbour Street,State Company,Oslo,y\n+46 8 123457,Wharf,York,y\n+46 8 123458,Quay,Rome,y\n', { headerRow: 0 }],
  ['a header below a line of another width about the file', '10;700;20240301;x;y\nNumber;Name;City\n17;Mara;York\n18;Olle;Bergen\n', { headerRow: 2 }],
  ['a header of years over numbers', 'Region,2024,2025\nNorth,17,18\nSouth,19,20\n', { headerRow: 1 }],
  ['a header and nothing else', 'Name,Email\n', { headerRow: 1, columns: ['Name', 'Email'] }],
  ['a header without line end', 'Name,Email', { headerRow: 1, columns: ['Name', 'Email'] }],
  ['one column', 'email\nm@example.com\no@example.com\n', { delimiter: null, headerRow: 1, columns: ['email'] }],
  ['one column without header', 'm@example.com\no@example.com\n', { delimiter: null, headerRow: 0, columns: ['Column 1'] }],
  ['headers of every kind, kept as they are', ' Name ,__proto__,constructor,,Name\n1,2,3,4,5\n', { columns: [' Name ', '__proto__', 'constructor', '', 'Name'] }],
  ['quoted headers with line ends', '"First\nName","Größe, cm"\nMara,180\n', { columns: ['First\nName', 'Größe, cm'] }],
  ['an unclosed quote in the second row', 'Name,City,Note\nMara,"York,x\nOlle,Bergen,y\nZoë,Paris,z\nJo,Oslo,w\n', { delimiter: ',', columns: ['Name', 'City', 'Note'] }],
  ['backslash escapes', 'Name,Quote\n"Mara","say \\"hi\\", ok"\n"Olle","x"\n', { escape: '\\' }],
]

describe('detecting how a file is written', () => {
  test('is found again by the settings that the layout gives', async () => {
    for (const [, text] of layouts) {
      const layout = await detect(text)
      expect(await detect(text, settingsOfLayout(layout))).toEqual({ ...layout, warnings: expect.anything() as unknown })
    }
  })

  test.each(layouts)('finds %s', async (_, text, expected) => {
    expect(await detect(text)).toMatchObject(expected)
  })

  test('takes a backslash before a closing quote for text', async () => {
    expect((await detect('Name,Path\n"Mara","C:\\files\\"\n"Olle","D:\\"\n')).escape).toBeUndefined()
  })

  test.each([
    ['a clean file', 'Name,Email\nMara,m@example.com\n', []],
    ['duplicate headers', 'Name,Email,Email\nMara,m@example.com,x\n', ['layout.duplicate-header']],
    ['empty headers', 'Name,Email,\nMara,m@example.com,x\n', ['layout.empty-header']],
    ['a missing header', 'm@example.com,Mara\n', ['layout.no-header']],
    ['rows above the header', 'List\nName,Email\nMara,m@example.com\n', ['layout.preamble']],
    ['a header that nothing proves', 'aa,bb\ncc,dd\n', ['layout.header-doubt']],
    ['two delimiters that fit alike', 'name,city;code\n1,b;c\n2,e;f\n', ['layout.delimiter-doubt']],
    ['columns of fixed width', 'Name      City      Zip\nMara      York      12345\nOlle      Oslo      0123 \n', ['layout.fixed-width']],
    ['one column of words with blanks between', 'Full  name\nMara Lind\nOlle Berg\n', []],
    ['letters that were spoilt before', 'Name,City\nZoÃ«,KÃ¶ln\nJosÃ©,\u00c3\u2026mÃ¥l\n', ['layout.twice-encoded']],
    ['letters that look spoilt and are not', 'Name,City\nÃ‰ric,SÃO PAULO\nIRMÃ,Åre\n', []],
    ['capitals before closing marks', 'Name,Note\n„Å\u201c,«Ä»\n\u201cso Ä\u201d,\u201cMINHA IRM\u00c3\u201d\n\u201csuch Å\u201d,so Ä…\n', []],
    ['letters of the Baltic, Hungary and Poland that were spoilt', 'Name,Note\nLiepā,upē\nidő,są\n'.replaceAll(/[^\x00-\x7f]+/g, (letters) => new TextDecoder('windows-1252').decode(Buffer.from(letters))), ['layout.twice-encoded']],
    ['mixed line ends', 'Name,Email\r\nMara,m@example.com\n', ['layout.mixed-line-ends']],
  ])('warns of %s', async (_, text, expected) => {
    expect(await codes(text)).toEqual(expected)
  })

  test('warns of single damaged bytes and reads on', async () => {
    const bytes = Buffer.concat([Buffer.from('Name,City\nMara,Mölle\nOlle,G'), Buffer.from([0xf6]), Buffer.from('teborg\n')])
    expect(await codes(bytes)).toEqual(['layout.bad-encoding'])
  })

  test('takes half a surrogate pair for one damaged character, not for another encoding', async () => {
    const bytes = Buffer.concat([Buffer.from('Name,City\nMara,'), Buffer.from([0xed, 0xa0, 0xbd]), Buffer.from('York\nOlle,Bergen\n')])
    expect(await codes(bytes)).toEqual(['layout.bad-encoding'])
  })

  test('lets the person decide', async () => {
    const text = 'x,y;z\na,b;c\n'
    expect(await detect(text, { delimiter: ';' })).toMatchObject({ delimiter: ';', columns: ['x,y', 'z'] })
    expect(await detect(text, { headerRow: 2 })).toMatchObject({ headerRow: 2, columns: ['a', 'b;c'] })
    expect(await detect(text, { headerRow: 0 })).toMatchObject({ headerRow: 0, columns: ['Column 1', 'Column 2'], warnings: [{ code: 'layout.delimiter-doubt' }] })
    expect((await detect('a,b\n\'1,2\',3\n', { quote: '\'' })).quote).toBe('\'')
    expect((await detect(Buffer.from([0x4e, 0x0a, 0xe4, 0xf6, 0xfc, 0xdf, 0x0a]), { encoding: 'utf-8' })).columns).toEqual(['N'])
  })

  test('leaves out a record that the end of the head cuts', async () => {
    const head = Buffer.from('Name,Email\nMara,m@example.com\nOlle,"half of a ce')
    expect(await detectHead(head)).toMatchObject({ columns: ['Name', 'Email'], warnings: [] })
  })

  test('does not mind a character cut by the end of the head', async () => {
    const head = Buffer.from('Name,City\nMara,Malmö')
    expect((await detectHead(head.subarray(0, head.length - 1))).warnings).toEqual([])
  })

  test('finds the layout of what the CSV writer writes, whatever the delimiter', async () => {
    for (const delimiter of [',', ';', '\t', '|', '^', '`']) {
      for (const guard of [true, false]) {
        const writer = csvWriter({ delimiter, guard, lineEnd: '\r\n', bom: true })
        const text = writer.start(['Name', 'Phone', 'Notes']) + writer.rows([['Mara', '+46 8 123', 'a, b; c|d'], ['Olle', null, '=1+1'], ['Zoë', '017', null]])
        expect(await detect(text)).toMatchObject({ delimiter, quote: '"', headerRow: 1, columns: ['Name', 'Phone', 'Notes'], lineEnd: 'CRLF' })
      }
    }
  })
})

describe('rows below the table', () => {
  const body = `Name,Amount,City\n${'Mara,10,York\n'.repeat(20)}`
  test.each<[string, string, number]>([
    ['a line of totals', `${body}Total,200,\n`, 1],
    ['totals and a note', `${body}Total,200,\nGenerated 2026-01-02 by the shop\n`, 2],
    ['a German total', `${body}Summe,200,\n`, 1],
    ['a lone note', `${body}all of them are friends\n`, 1],
    ['totals far below', `${body}${'Olle,20,Bergen\n'.repeat(40_000)}"Grand total",999,\n`, 1],
    ['nothing but people', body, 0],
    ['somebody called Total', `${body}Total,20,Bergen\n`, 0],
    ['a column that is mostly empty', `Name,Note,City\n${'Mara,,\nOlle,,\n'.repeat(10)}`, 0],
    ['a list of totals', 'Item,Sum\nTotal A,1\nTotal B,2\nTotal C,3\nTotal D,4\n', 0],
  ])('tells %s apart', async (_, text, rows) => {
    const { warnings } = await detect(text)
    expect(warnings.filter(({ code }) => code === 'layout.totals').map(({ message }) => /^The last (\d+ rows|row)/.exec(message)?.[1]))
      .toEqual(rows === 0 ? [] : [rows === 1 ? 'row' : `${rows} rows`])
  })
})

describe('the dialect of Salesforce', () => {
  test('settles everything but the delimiter', async () => {
    expect(await detect('Name;City\n"Mara";\'x\'\n', { dialect: 'salesforce' })).toMatchObject({ dialect: 'salesforce', delimiter: ';', quote: '"', encoding: 'utf-8', headerRow: 1 })
  })

  test.each<[ReadSettings, string]>([[{ encoding: 'latin1' }, 'source.encoding'], [{ quote: '\'' }, 'source.quote'], [{ headerRow: 2 }, 'source.headerRow'], [{ escape: 'backslash' }, 'source.escape']])('refuses %j beside it', async (settings, path) => {
    await expect(detect('a,b\n', { ...settings, dialect: 'salesforce' })).rejects.toThrow(expect.objectContaining({ code: 'file.settings', path }))
  })
})

describe('refusing what is no CSV', () => {
  test.each<[string, string | Uint8Array, string, RegExp]>([
    ['an empty file', '', 'file.empty', /empty/],
    ['a file of blanks', '\uFEFF \n\n', 'file.empty', /empty/],
    ['XLSX', Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.from('....[Content_Types].xml....xl/workbook.xml')]), 'file.not-csv', /XLSX/],
    ['ZIP', Buffer.from('PK\x03\x04 contacts.csv'), 'file.not-csv', /ZIP/],
    ['XLS', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]), 'file.not-csv', /XLS/],
    ['PDF', '%PDF-1.7\n', 'file.not-csv', /PDF/],
    ['Parquet', 'PAR1....', 'file.not-csv', /Parquet/],
    ['gzip', gzipSync('a,b\n1,2\n'), 'file.not-csv', /gzip/],
    ['TAR', Buffer.concat([Buffer.from('people.csv'), Buffer.alloc(247), Buffer.from('ustar\x0000')]), 'file.not-csv', /TAR/],
    ['SYLK', 'ID;PProgram;N;E\r\nP;PGeneral\r\nC;Y1;X1;K"Name"\r\nE\r\n', 'file.not-csv', /SYLK/],
    ['DIF', 'TABLE\r\n0,1\r\n"x"\r\nVECTORS\r\n', 'file.not-csv', /DIF/],
    ['DBF', Buffer.concat([Buffer.from([3, 124, 5, 31, 2, 0, 0, 0, 97, 0, 20, 0]), Buffer.alloc(20), Buffer.from('NAME\0\0\0\0\0\0\0C'), Buffer.alloc(52), Buffer.from([13]), Buffer.from(' Mara      ')]), 'file.not-csv', /dBASE/],
    ['PNG', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), 'file.not-csv', /picture/],
    ['JPEG', Buffer.from([0xff, 0xd8, 0xff, 0xe0]), 'file.not-csv', /picture/],
    ['HTML', '\n<!DOCTYPE html><html><table>', 'file.not-csv', /web page/],
    ['an HTML table', '<table border="1"><tr><td>', 'file.not-csv', /web page/],
    ['XML without a declaration', '<svg xmlns="http://www.w3.org/2000/svg" width="10"><title>a, b</title></svg>', 'file.not-csv', /XML/],
    ['a program', Buffer.from('\x7FELF\x02\x01'), 'file.not-csv', /program/],
    ['bytes without meaning', Buffer.from(Array.from({ length: 4_000 }, (_, i) => i * 7919 % 251)), 'file.not-csv', /no text/],
    ['XML', '<?xml version="1.0"?><a/>', 'file.not-csv', /XML/],
    ['JSON objects', '[\n  {"a": 1, "b": 2}\n]', 'file.not-csv', /JSON/],
    ['JSON arrays', '[["a","b"],["c","d"]]', 'file.not-csv', /JSON/],
    ['lines of JSON', '{"a":1}\n{"a":2}\n', 'file.not-csv', /JSON/],
    ['a vCard', '\uFEFFBEGIN:VCARD\r\nVERSION:3.0\r\n', 'file.not-csv', /vCard/],
    ['too many columns', `${'a,'.repeat(2_000)}a\n`, 'file.too-many-columns', /2001 columns/],
  ])('refuses %s and says so', async (_, content, code, words) => {
    await expect(detect(content, {}, 'contacts.csv')).rejects.toThrow(expect.objectContaining({ code, message: expect.stringMatching(words) as string }))
  })

  test('says of a document under the name of a list what it is and how to get the list; of a workbook that is to be CSV, that it is none', async () => {
    await expect(detect('%PDF-1.7\n', {}, 'list.xlsx')).rejects.toThrow('"list.xlsx" is a PDF document, whatever its name says, and no list can be read from it. Export the list as CSV or as an Excel workbook')
    await expect(detect('%PDF-1.7\n', {}, 'list.pdf')).rejects.toThrow('"list.pdf" is a PDF document, and no list can be read from it.')
    await expect(detect('PK\x03\x04 xl/workbook.xml', { format: 'csv' }, 'list.xlsx')).rejects.toThrow('"list.xlsx" is an Excel workbook (XLSX), not CSV.')
  })

  test('takes a column ID before one that begins with P for text', async () => {
    expect((await detect('ID;Price\n1;20\nC;5\n')).columns).toEqual(['ID', 'Price'])
  })

  test('takes brackets and braces in a header for text', async () => {
    expect((await detect('[Name],{City}\nMara,York\n')).columns).toEqual(['[Name]', '{City}'])
    expect((await detect('<Name>,<City>\nMara,York\n')).columns).toEqual(['<Name>', '<City>'])
  })

  test('refuses a head without any line end', async () => {
    await expect(detectHead(Buffer.alloc(1_000, 'x'))).rejects.toThrow(expect.objectContaining({ code: 'file.no-header' }))
  })

  test.each<[ReadSettings, string, string]>([
    [{ encoding: 'utf-61' }, 'file.encoding', 'source.encoding'],
    [{ delimiter: ';;' }, 'file.settings', 'delimiter'],
    [{ quote: '' }, 'file.settings', 'quote'],
    [{ headerRow: -1 }, 'file.settings', 'headerRow'],
  ])('refuses the settings %j', async (settings, code, path) => {
    await expect(detect('a,b\n', settings)).rejects.toThrow(expect.objectContaining({ code, path }))
  })

  test('names a header row that does not exist', async () => {
    await expect(detect('a,b\n1,2\n', { headerRow: 9 })).rejects.toThrow(/no header in row 9/)
  })
})
