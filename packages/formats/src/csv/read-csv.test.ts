import { readAll } from '../read-all.testing.ts'
import { describe, expect, test } from 'vitest'
import type { RawRow, CsvLayout } from '@longshore/core'
import { memorySource } from '../memory-source.ts'
import { detectCsv } from './detect-csv.ts'
import { maxCellCharacters } from '../limits.ts'
import { readBytes } from './read-bytes.testing.ts'
import { readCsv } from './read-csv.ts'

const sizes = [1, 7, Infinity]

function layoutOf(columns: string[], more: Partial<CsvLayout> = {}): CsvLayout {
  return { format: 'csv', encoding: 'utf-8', delimiter: ',', quote: '"', headerRow: 1, columns, warnings: [], ...more }
}

function coordinates(rows: readonly RawRow[]): [number, number | null, string][] {
  return rows.flatMap((row) => (row.faults ?? []).map((fault): [number, number | null, string] => [row.row, fault.position, fault.code]))
}

/** name, text after the header `a,b,c`, rows as [row number, ...cells], faults as [row, position, code]. */
const cases: [string, string, (number | string)[][], [number, number | null, string][]][] = [
  ['plain cells', '1,2,3\n4,5,6\n', [[2, '1', '2', '3'], [3, '4', '5', '6']], []],
  ['cells that are not trimmed', ' 1,2 ,\t3\n', [[2, ' 1', '2 ', '\t3']], []],
  ['lines that end in CR', '1,2,3\r4,5,6\r', [[2, '1', '2', '3'], [3, '4', '5', '6']], []],
  ['lines that end in every way', '1,2,3\r\n4,5,6\r7,8,9\n', [[2, '1', '2', '3'], [3, '4', '5', '6'], [4, '7', '8', '9']], []],
  ['a last line without line end', '1,2,3\n4,5,', [[2, '1', '2', '3'], [3, '4', '5', '']], []],
  ['empty records, which have a number and give no row', '\n1,2,3\n,,\n \r\n\n4,5,6\n', [[3, '1', '2', '3'], [7, '4', '5', '6']], []],
  ['the character by which DOS ended a text', '1,2,3\r\n\x1A', [[2, '1', '2', '3']], []],
  ['doubled quotes', '"a ""b""","""",""\n', [[2, 'a "b"', '"', '']], []],
  ['quotes inside unquoted cells', 'TV 40" stand,5\',x"y"z\n', [[2, 'TV 40" stand', '5\'', 'x"y"z']], []],
  ['line ends inside quoted cells', '"a\r\nb","c\rd","e\n\nf"\r\n1,2,3', [[2, 'a\r\nb', 'c\rd', 'e\n\nf'], [3, '1', '2', '3']], []],
  ['blanks after a closing quote, dropped', '"a" ,"b"\t,"c"  \n', [[2, 'a', 'b', 'c']], []],
  ['too few cells, filled', '1\n1,2\n', [[2, '1', '', ''], [3, '1', '2', '']], [[2, null, 'read.too-few-cells'], [3, null, 'read.too-few-cells']]],
  ['extra empty cells, dropped without a word', '1,2,3,, ,\n', [[2, '1', '2', '3']], []],
  ['extra filled cells', '1,2,3,,5\n4,5,6\n', [[2, '1', '2', '3'], [3, '4', '5', '6']], [[2, null, 'read.too-many-cells']]],
  ['NUL characters, taken out', '1,\0x\0y,3\n', [[2, '1', 'xy', '3']], [[2, 1, 'read.nul-byte']]],
  ['quotes within quotes that nobody doubled, when the meaning is clear', '"He said "hi" to me",2,3\n', [[2, 'He said "hi" to me', '2', '3']], []],
  ['a quote that closes too early, as a fault of its line alone', '"Acme" Inc,"Berlin",3\n1,2,3\n',
    [[2, '"Acme" Inc', '"Berlin"', '3'], [3, '1', '2', '3']], [[2, 0, 'read.unclosed-quote']]],
  ['an unclosed quote at the end', '1,2,3\n4,"5,6', [[2, '1', '2', '3'], [3, '4', '"5', '6']], [[3, 1, 'read.unclosed-quote']]],
  ['an unclosed quote and the lines after it', '1,"2,3\n4,5,6\n7,8,9\n', [[2, '1', '"2', '3'], [3, '4', '5', '6'], [4, '7', '8', '9']], [[2, 1, 'read.unclosed-quote']]],
  ['an unclosed quote before quoted cells', '1,"2,3\n4,"5, five",6\n"7",8,9\n', [[2, '1', '"2', '3'], [3, '4', '5, five', '6'], [4, '7', '8', '9']], [[2, 1, 'read.unclosed-quote']]],
  ['unclosed quotes in every line', 'x,""1\nx,""2\nx,""3\n', [[2, 'x', '""1', ''], [3, 'x', '""2', ''], [4, 'x', '""3', '']],
    [[2, 1, 'read.unclosed-quote'], [3, 1, 'read.unclosed-quote'], [4, 1, 'read.unclosed-quote']]],
  ['an unclosed quote and lines that end in CRLF', '1,"2,3\r\n4,5,6\r\n', [[2, '1', '"2', '3'], [3, '4', '5', '6']], [[2, 1, 'read.unclosed-quote']]],
  ['an unclosed quote and lines that end in CR', '1,"2" x,3\r4,5,6\r', [[2, '1', '"2" x', '3'], [3, '4', '5', '6']], [[2, 1, 'read.unclosed-quote']]],
]

describe('reading rows', () => {
  test.each(cases)('reads %s', async (_, text, rows, faults) => {
    for (const size of sizes) {
      for (const reopen of [true, false]) {
        const found = await readBytes(Buffer.from(`a,b,c\n${text}`), layoutOf(['a', 'b', 'c']), { size, reopen })
        expect(found.map((row) => [row.row, ...row.cells])).toEqual(rows)
        expect(coordinates(found)).toEqual(faults)
      }
    }
  })

  test('says where an unclosed quote was opened', async () => {
    const text = 'a,b\n"one\ntwo",2\nÄrger,"open\n3,4\n'
    const [, broken, after] = await readBytes(Buffer.from(text), layoutOf(['a', 'b']))
    expect(broken?.faults).toEqual([{ code: 'read.unclosed-quote', position: 1, line: 4, character: 7, found: '"open', expected: '"' }])
    expect(after).toEqual({ row: 4, cells: ['3', '4'] })
  })

  test('counts found and expected cells and keeps the surplus', async () => {
    const [row] = await readBytes(Buffer.from('a,b\n1,2,3,4\n'), layoutOf(['a', 'b']))
    expect(row).toEqual({
      row: 2, cells: ['1', '2'], surplus: ['3', '4'],
      faults: [{ code: 'read.too-many-cells', position: null, line: 2, character: null, found: '4', expected: '2' }],
    })
  })

  test('gives the physical line of a fault below cells with line ends', async () => {
    const rows = await readBytes(Buffer.from('a,b\n"1\n2\r\n3",x\n\n4\n'), layoutOf(['a', 'b']))
    expect(rows.map((row) => [row.row, row.faults?.[0]?.line])).toEqual([[2, undefined], [4, 6]])
  })

  test('counts CR and LF with a quote between them as two lines, in chunks of every size', async () => {
    for (const size of sizes) {
      const rows = await readBytes(Buffer.from('a,b\n"\r""\n",x\n1\n'), layoutOf(['a', 'b']), { size })
      expect(rows.map((row) => [row.row, row.faults?.[0]?.line])).toEqual([[2, undefined], [3, 5]])
    }
  })

  test.each([
    ['a Latin-1 byte', [0x47, 0xf6, 0x74], 'G\uFFFDt'],
    ['a character cut short', [0x41, 0xe2, 0x82], 'A\uFFFD\uFFFD'],
    ['an overlong form', [0xc0, 0xaf], '\uFFFD\uFFFD'],
    ['half of a surrogate pair', [0xed, 0xa0, 0x80], '\uFFFD\uFFFD\uFFFD'],
  ])('reports %s and reads on', async (_, damage, shown) => {
    const bytes = Buffer.concat([Buffer.from('a,b\n🙂,'), Buffer.from(damage), Buffer.from('\nx,🙂\n')])
    for (const size of sizes) {
      const rows = await readBytes(bytes, layoutOf(['a', 'b']), { size })
      expect(rows.map((row) => row.cells)).toEqual([['🙂', shown], ['x', '🙂']])
      expect(coordinates(rows)).toEqual([[2, 1, 'read.bad-encoding']])
    }
  })

  test('takes a U+FFFD that the file holds for what it is', async () => {
    expect(coordinates(await readBytes(Buffer.from('a,b\n\uFFFD,2\n'), layoutOf(['a', 'b'])))).toEqual([])
  })

  test('reads a single column of quoted empty cells as rows', async () => {
    const rows = await readBytes(Buffer.from('a\n""\n\nx\n'), layoutOf(['a'], { delimiter: null }))
    expect(rows.map((row) => [row.row, ...row.cells])).toEqual([[2, ''], [4, 'x']])
  })

  test('reads backslash escapes', async () => {
    const rows = await readBytes(Buffer.from('a,b\n"say \\"hi\\", ok","back\\\\slash \\n"\n'), layoutOf(['a', 'b'], { escape: '\\' }), { size: 1 })
    expect(rows.map((row) => row.cells)).toEqual([['say "hi", ok', 'back\\slash \\n']])
  })

  test('hands rows over in batches of the wanted size', async () => {
    const bytes = Buffer.from(`a,b\n${'1,2\n'.repeat(2_500)}`)
    const sizesFound: number[] = []
    for await (const batch of readCsv((async function* () { yield bytes })(), layoutOf(['a', 'b']))) sizesFound.push(batch.length)
    expect(sizesFound).toEqual([1_000, 1_000, 500])
  })

  test('reads every row of a file without header', async () => {
    const bytes = Buffer.from('mara@example.com,Mara\nolle@example.org,Olle\n')
    expect((await readBytes(bytes, await detectCsv(memorySource(bytes), {}))).map((row) => row.row)).toEqual([1, 2])
  })

  test('refuses more than 2,000 columns', async () => {
    await expect(readBytes(Buffer.from(''), layoutOf(Array.from({ length: 2_001 }, (_, i) => `c${i}`)))).rejects.toThrow(expect.objectContaining({ code: 'file.too-many-columns' }))
  })

  test('bounds a row with a million cells', async () => {
    const [row, next] = await readBytes(Buffer.from(`a,b\n${'1,'.repeat(1_000_000)}1\nx,y\n`), layoutOf(['a', 'b']))
    expect(row?.faults).toMatchObject([{ code: 'read.too-many-cells', found: '1000001', expected: '2' }])
    expect(row?.surplus?.length).toBeLessThan(2_000)
    expect(next?.cells).toEqual(['x', 'y'])
  })
})

/** Yields a text, then one chunk again and again, then another text: a large file that takes no memory. */
async function* large(before: string, chunk: string, times: number, after: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(before)
  const bytes = Buffer.from(chunk)
  for (let i = 0; i < times; i += 1) yield bytes
  yield Buffer.from(after)
}

async function whole(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const chunk of chunks) parts.push(chunk)
  return Buffer.concat(parts)
}

async function collect(chunks: AsyncIterable<Uint8Array>, layout: CsvLayout, reopen?: (byteOffset: number) => AsyncIterable<Uint8Array>): Promise<RawRow[]> {
  const rows: RawRow[] = []
  for await (const batch of readCsv(chunks, layout, reopen === undefined ? {} : { reopen })) rows.push(...batch)
  return rows
}

describe('cells and rows beyond all bounds', () => {
  const ab = layoutOf(['a', 'b'])
  const chunk = 'x'.repeat(65_536)

  test.each([['unquoted', ''], ['quoted', '"']])('cuts an %s cell of 20 MB, reports it and reads on', async (_, quote) => {
    const rows = await collect(large(`a,b\n1,${quote}`, chunk, 320, `${quote}\n3,4\n`), ab)
    expect(rows.map((row) => row.row)).toEqual([2, 3])
    expect(rows[0]?.cells[1]?.length).toBe(maxCellCharacters)
    expect(rows[0]?.faults).toEqual([{ code: 'read.cell-too-large', position: 1, line: 2, character: null, found: `${320 * 65_536} characters`, expected: `${maxCellCharacters} characters` }])
    expect(rows[1]).toEqual({ row: 3, cells: ['3', '4'] })
  })

  test('keeps a cell of 20 MB with many lines together', async () => {
    const lines = `${'word '.repeat(15)}\n`.repeat(800)
    const rows = await collect(large('a,b\n1,"', lines, 350, '"\n3,4\n'), ab, () => { throw new Error('must not be read again') })
    expect(coordinates(rows)).toEqual([[2, 1, 'read.cell-too-large']])
    expect(rows[1]).toEqual({ row: 3, cells: ['3', '4'] })
  })

  test('bounds a row of many large cells', async () => {
    const rows = await collect(large('a,b\n', `${chunk},`, 400, '\n3,4\n'), ab)
    expect(coordinates(rows)).toEqual([[2, null, 'read.row-too-large']])
    expect(rows[1]).toEqual({ row: 3, cells: ['3', '4'] })
  })

  test('gives back the lines below an unclosed quote that nothing ever closes', async () => {
    const lines = 'some text that is no record and goes on\n'.repeat(2_000)
    const file = () => large('a,b\n1,"open\n', lines, 80, '')
    const offsets: number[] = []
    const bytes = await whole(file())
    const rows = await collect(file(), ab, (offset) => { offsets.push(offset); return (async function* () { yield bytes.subarray(offset) })() })
    expect(offsets).toHaveLength(1)
    expect(rows).toHaveLength(1 + 160_000)
    expect(rows[0]?.faults).toMatchObject([{ code: 'read.unclosed-quote', line: 2, character: 3 }])
    expect(rows[160_000]).toMatchObject({ row: 160_002, cells: ['some text that is no record and goes on', ''], faults: [{ code: 'read.too-few-cells', line: 160_002 }] })
  })

  test('gives back the records below an unclosed quote without reading the file again', async () => {
    const rows = await collect(large('a,b\n1,"open\n', '3,44\n'.repeat(10_000), 60, ''), ab)
    expect(rows).toHaveLength(1 + 600_000)
    expect(coordinates(rows)).toEqual([[2, 1, 'read.unclosed-quote']])
    expect(rows.at(-1)).toEqual({ row: 600_002, cells: ['3', '44'] })
  })

  test('says how many lines were lost when the source cannot be read again', async () => {
    const lines = 'some text that is no record and goes on\n'.repeat(2_000)
    const rows = await collect(large('a,b\n1,"open\n', lines, 80, 'x,"5"\n6,7\n'), ab)
    expect(rows.map((row) => [row.row, ...row.cells])).toEqual([[2, '1', '"open'], [3, '6', '7']])
    expect(rows[0]?.faults?.[0]?.found).toBe('"open (and 160001 lines after it)')
  })
})

describe('by the rules of Salesforce', () => {
  test.each<[string, (number | string | null)[][], [number, number | null, string][]]>([
    ['#N/A,"#N/A",\n', [[2, null, null, '']], []],
    [' 1 ,"a ""b""",x\n', [[2, ' 1 ', 'a "b"', 'x']], []],
    ['John, "Smith",x\n', [[2, 'John', ' "Smith"', 'x']], [[2, 1, 'read.stray-quote']]],
    ['"John" ,y,x\n', [[2, 'John', 'y', 'x']], [[2, 0, 'read.stray-quote']]],
    ['TV 40",y,x\n"ok",2,3\n', [[2, 'TV 40"', 'y', 'x'], [3, 'ok', '2', '3']], [[2, 0, 'read.stray-quote']]],
    ['1,"a"b,3\n', [[2, '1', '"a"b', '3']], [[2, 1, 'read.unclosed-quote']]],
    [`${'x'.repeat(131_073)},2,3\n`, [[2, 'x'.repeat(131_073), '2', '3']], [[2, 0, 'read.cell-too-large']]],
  ])('reads %.20j', async (text, expected, faults) => {
    for (const size of sizes) {
      const rows = await readBytes(Buffer.from(`a,b,c\n${text}`), layoutOf(['a', 'b', 'c'], { dialect: 'salesforce' }), { size })
      expect(rows.map((row) => [row.row, ...row.cells])).toEqual(expected)
      expect(coordinates(rows)).toEqual(faults)
    }
  })
})

test('rows of nothing but delimiters are no rows, and are told of', async () => {
  const { rows, warnings } = await readAll('a,b\n1,2\n,\n\n"",\n3,4\n , \n')
  expect(rows.map(({ row }) => row)).toEqual([2, 6])
  expect(warnings.filter(({ code }) => code === 'layout.empty-rows').map(({ message }) => message)).toEqual(['3 rows hold nothing but delimiters, the first one row 3; they are not counted as rows of the list.'])
  expect((await readAll('a,b\n1,2\n\n\n')).warnings).toEqual([])
})

test('takes a quote after blanks for the beginning of a cell where the file is written so, in pieces of any size', async () => {
  const text = 'Name, Place, Amount\r\nMara, "York, PA", 5\r\n"Olle" ,\t "Bergen\n""NO""" , 7\r\nAnn,  ,  Oslo'
  for (const pieceBytes of [1, 2, 5, Infinity]) {
    const { rows } = await readAll(text, {}, 'list.csv', pieceBytes)
    expect(rows.map(({ cells, faults }) => [...cells, faults])).toEqual([['Mara', 'York, PA', ' 5', undefined], ['Olle', 'Bergen\n"NO"', ' 7', undefined], ['Ann', '  ', '  Oslo', undefined]])
  }
})
