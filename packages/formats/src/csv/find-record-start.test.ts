import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { CsvLayout, RawRow } from '@longshore/core'
import type { FilePart } from '../file-format.ts'
import { memorySource } from '../memory-source.ts'
import { csvFormat } from './csv-format.ts'
import { findRecordStart } from './find-record-start.ts'

function layoutOf(columns: number, more: Partial<CsvLayout> = {}): CsvLayout {
  return { format: 'csv', encoding: 'utf-8', delimiter: ',', quote: '"', headerRow: 1, columns: Array.from({ length: columns }, (_, i) => `c${i}`), warnings: [], ...more }
}

async function rowsOf(text: string, layout: CsvLayout, part?: FilePart): Promise<RawRow[]> {
  const rows: RawRow[] = []
  for await (const batch of csvFormat.read(memorySource(Buffer.from(text)), layout, part === undefined ? {} : { part })) rows.push(...batch)
  return rows
}

const found: [name: string, text: string, from: number, place: object | null][] = [
  ['the next line', 'a,b\n1,2\n3,4\n5,6\n', 9, { byte: 12, rows: 3, lines: 3 }],
  ['the byte itself where a record begins there', 'a,b\n1,2\n3,4\n', 8, { byte: 8, rows: 2, lines: 2 }],
  ['no line inside a quoted cell', 'a,b\n1,"x\ny"\n3,4\n', 9, { byte: 12, rows: 2, lines: 3 }],
  ['CR LF as one line end', 'a,b\r\n1,2\r\n3,4\r\n5,6', 10, { byte: 10, rows: 2, lines: 2 }],
  ['after the LF of a CR LF', 'a,b\r\n1,2\r\n3,4\r\n5,6', 9, { byte: 10, rows: 2, lines: 2 }],
  ['CR alone', 'a,b\r1,2\r3,4\r', 7, { byte: 8, rows: 2, lines: 2 }],
  ['empty lines as records', 'a,b\n\n\n3,4\n5,6\n', 7, { byte: 10, rows: 4, lines: 4 }],
  ['quotes inside a bare cell as text', 'a,b\n5" pipe,2\n3,4\n', 14, { byte: 14, rows: 2, lines: 2 }],
  ['the lines after a byte order mark', '\uFEFF"a",b\n1,2\n3,4\n', 10, { byte: 13, rows: 2, lines: 2 }],
  ['nothing after text behind a closing quote', 'a,b\n"x" y,2\n3,4\n', 12, null],
  ['nothing after the last line', 'a,b\n1,2\n3,4\n', 12, null],
  ['nothing within the header', 'a,b\n1,2', 0, null],
]

describe('findRecordStart', () => {
  it.each(found)('finds %s', async (_, text, from, place) => {
    expect(await findRecordStart(memorySource(Buffer.from(text)), layoutOf(2), from)).toEqual(place)
  })

  it.each<[string, Partial<CsvLayout>]>([['another encoding', { encoding: 'utf-16le' }], ['escapes', { escape: '\\' }], ['a dialect of rules of its own', { dialect: 'salesforce' }]])('leaves a file with %s whole', async (_, more) => {
    expect(await findRecordStart(memorySource(Buffer.from('a,b\n1,2\n3,4\n')), layoutOf(2, more), 5)).toBeNull()
  })
})

const piece = fc.constantFrom('a', 'bc', '"', '""', ',', ',"', '",', '"\n', ',"x\ny",', '\n', '\r', '\r\n', ' ', 'ö', '\0', '\uFEFF')

test('two parts of a file give the rows of the whole, faults and their lines too', async () => {
  let parted = 0
  await fc.assert(fc.asyncProperty(fc.array(piece, { maxLength: 40 }), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 2 }), async (pieces, width, from, headerRow) => {
    const text = pieces.join('')
    const layout = layoutOf(width, { headerRow })
    const start = await findRecordStart(memorySource(Buffer.from(text)), layout, from)
    if (start === null) return
    parted++
    const whole = await rowsOf(text, layout)
    expect([...await rowsOf(text, layout, { end: start.byte }), ...await rowsOf(text, layout, { start })]).toEqual(whole)
  }), { numRuns: 6_000 })
  expect(parted).toBeGreaterThan(300)
})
