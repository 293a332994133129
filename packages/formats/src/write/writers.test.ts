import { describe, expect, test } from 'vitest'
import type { TextWriter } from './row-writer.ts'
import { csvWriter } from './csv-writer.ts'
import { jsonWriter } from './json-writer.ts'
import { salesforceCsvWriter } from './salesforce-csv-writer.ts'
import { ndjsonWriter } from './ndjson-writer.ts'

type Row = (string | null)[]

/** Everything at once, and the rows in two batches: both must be the same text. */
function write(make: () => TextWriter, columns: string[], rows: Row[]): string {
  const once = make()
  const text = once.start(columns) + once.rows(rows) + once.end()
  const twice = make()
  expect(twice.start(columns) + twice.rows(rows.slice(0, 1)) + twice.rows([]) + twice.rows(rows.slice(1)) + twice.end()).toBe(text)
  return text
}

describe('writing CSV', () => {
  test.each<[string, Row[], string]>([
    ['plain cells as they are', [['a', '1', 'x y']], 'a,1,x y\n'],
    ['no value as an empty cell', [[null, '', 'x']], ',,x\n'],
    ['delimiters, quotes and line ends in quotes', [['a,b', 'say "hi"', 'one\ntwo'], ['\r', ';', '\'']], '"a,b","say ""hi""","one\ntwo"\n"\r",;,\'\n'],
    ['blanks at the ends in quotes', [[' a', 'b ', '\u00A0']], '" a","b ","\u00A0"\n'],
  ])('writes %s', (_, rows, expected) => {
    expect(write(() => csvWriter({ guard: false }), ['x', 'y', 'z'], rows)).toBe(`x,y,z\n${expected}`)
  })

  test('quotes every value and guards formulas by default, headers too', () => {
    expect(write(() => csvWriter(), ['Name', '=x'], [['=1+1', null], ['+46 8 123', '']])).toBe('"Name","\'=x"\n"\'=1+1",\n"+46 8 123",""\n')
  })

  test('keeps the empty row of a single column a row', () => {
    for (const guard of [true, false]) {
      expect(write(() => csvWriter({ guard }), ['x'], [[null], ['']]).split('\n').slice(1)).toEqual(['""', '""', ''])
    }
  })

  test('writes delimiter, line end and byte order mark as told', () => {
    expect(write(() => csvWriter({ guard: false, delimiter: '|', lineEnd: '\r\n', bom: true }), ['a', 'b'], [['x|y', ',']])).toBe('\uFEFFa|b\r\n"x|y"|,\r\n')
  })

  test.each([';', '\t', '|', '^', '`'])('quotes a cell with the delimiter %j in it', (delimiter) => {
    expect(write(() => csvWriter({ guard: false, delimiter }), ['a', 'b'], [[`x${delimiter}y`, '\\]-']]).split('\n')[1]).toBe(`"x${delimiter}y"${delimiter}\\]-`)
  })
})

test('writes CSV for Salesforce with every value in quotes and one kind of line end', () => {
  const rows: Row[] = [['a "b"', null, 'one\r\ntwo'], ['', '=1+1', ' x']]
  expect(write(() => salesforceCsvWriter(), ['Name', 'Email', 'Note__c'], rows)).toBe('"Name","Email","Note__c"\n"a ""b""",,"one\ntwo"\n,"=1+1"," x"\n')
  expect(write(() => salesforceCsvWriter({ nulls: 'clear', delimiter: '|', lineEnd: '\r\n' }), ['Name', 'Email', 'Note__c'], rows)).toBe('"Name"|"Email"|"Note__c"\r\n"a ""b"""|#N/A|"one\r\ntwo"\r\n|"=1+1"|" x"\r\n')
})

describe('writing JSON', () => {
  test('writes an array with an object per line', () => {
    const text = write(jsonWriter, ['name', 'city'], [['Mara "M"', null], ['Olle', 'Umeå\n']])
    expect(text).toBe('[\n{"name":"Mara \\"M\\"","city":null},\n{"name":"Olle","city":"Umeå\\n"}\n]\n')
  })

  test('writes valid JSON when there are no rows', () => {
    expect(JSON.parse(write(jsonWriter, ['name'], []))).toEqual([])
  })

  test('keeps columns that no object would keep', () => {
    const columns = ['__proto__', 'constructor', 'Email', 'Email', 'Email (2)', '', '']
    const rows: Row[] = [['a', 'b', 'c', 'd', 'e', 'f', 'g']]
    const found = JSON.parse(write(jsonWriter, columns, rows)) as object[]
    expect(Object.entries(found[0] ?? {})).toEqual([
      ['__proto__', 'a'], ['constructor', 'b'], ['Email', 'c'], ['Email (3)', 'd'], ['Email (2)', 'e'], ['', 'f'], [' (2)', 'g'],
    ])
    expect(write(ndjsonWriter, columns, rows)).toBe(`${JSON.stringify(found[0])}\n`)
  })

  test('writes lines that stand alone', () => {
    expect(write(ndjsonWriter, ['a'], [['1'], [null], ['\uD800']]).split('\n')).toEqual(['{"a":"1"}', '{"a":null}', '{"a":"\\ud800"}', ''])
  })
})
