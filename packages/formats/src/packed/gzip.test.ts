import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { readAll } from '../read-all.testing.ts'
import { workbookOf } from '../xlsx/zip.testing.ts'

/** ending, content, format, columns, cells of the only row */
const contents: [string, string | Buffer, string, string[], string[]][] = [
  ['csv', 'Name;City\r\nMara;Malmö\r\n', 'csv', ['Name', 'City'], ['Mara', 'Malmö']],
  ['csv', Buffer.from('Name,City\nMara,Malm\xf6\n', 'latin1'), 'csv', ['Name', 'City'], ['Mara', 'Malmö']],
  ['tsv', Buffer.from('\uFEFFName\tCity\nMara\tYork\n', 'utf16le'), 'csv', ['Name', 'City'], ['Mara', 'York']],
  ['json', '[{"name":"Mara","city":"York"}]', 'json', ['name', 'city'], ['Mara', 'York']],
  ['ndjson', '{"name":"Mara","city":"York"}\n', 'ndjson', ['name', 'city'], ['Mara', 'York']],
  ['html', '<table><tr><th>Name<th>City<tr><td>Mara<td>York</table>', 'html', ['Name', 'City'], ['Mara', 'York']],
]

describe('a gzip archive', () => {
  test.each(contents)('of %s is read as what it holds: %s', async (ending, content, format, columns, cells) => {
    const { layout, rows } = await readAll(gzipSync(content), {}, `people.${ending}.gz`, 7)
    expect(layout).toMatchObject({ format, columns, packed: 'gzip' })
    expect(rows.map((row) => row.cells)).toEqual([cells])
  })

  test('of vCards gives each card', async () => {
    const { layout, rows } = await readAll(gzipSync('BEGIN:VCARD\nVERSION:3.0\nFN:Mara\nEND:VCARD\n'.repeat(3)), {}, 'people.vcf.gz')
    expect(layout).toMatchObject({ format: 'vcard', packed: 'gzip' })
    expect(rows).toHaveLength(3)
  })

  test('of several members is read to the end of the last', async () => {
    const { rows } = await readAll(Buffer.concat([gzipSync('Name,City\nMara,York\n'), gzipSync('Olle,Bergen\n')]))
    expect(rows.map((row) => row.cells)).toEqual([['Mara', 'York'], ['Olle', 'Bergen']])
  })

  test('of more than is kept of its beginning gives all rows, and a quote that is never closed costs one of them', async () => {
    const line = (i: number) => `Mara ${i},${i === 50_000 ? '"' : ''}York ${i}\n`
    const text = `Name,City\n${Array.from({ length: 100_000 }, (_, i) => line(i)).join('')}`
    const { rows } = await readAll(gzipSync(text))
    expect(rows).toHaveLength(100_000)
    expect(rows.filter(({ faults }) => faults !== undefined).map(({ row }) => row)).toEqual([50_002])
    expect(rows.at(-1)?.cells).toEqual(['Mara 99999', 'York 99999'])
  })

  test.each<[string, Buffer, string, RegExp]>([
    ['a workbook', gzipSync(workbookOf('<row><c t="str"><v>a</v></c></row>')), 'file.packed', /an Excel workbook \(XLSX\) in a gzip archive/],
    ['another archive', gzipSync(gzipSync('a,b\n')), 'file.not-csv', /an archive inside another one/],
    ['nothing', gzipSync(''), 'file.empty', /holds nothing/],
    ['half of itself', gzipSync(`Name,City\n${'Mara,York\n'.repeat(9)}`).subarray(0, 20), 'file.damaged', /cut short or damaged/],
    ['what would fill the disk', gzipSync(`Name,City\n${'Mara,York\n'.repeat(7_000_000)}`), 'file.too-large', /made to do harm/],
  ])('of %s is refused', async (_, bytes, code, words) => {
    await expect(readAll(bytes, {}, 'people.csv.gz')).rejects.toMatchObject({ code, message: expect.stringMatching(words) })
  })
})
