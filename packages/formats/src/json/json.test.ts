import fc from 'fast-check'
import type { RawRow, SourceLayout } from '@longshore/core'
import { Fault } from '@longshore/core'
import { describe, expect, test } from 'vitest'
import { detectLayout, readRows } from '../formats.ts'
import { memorySource } from '../memory-source.ts'
import { readAll } from '../read-all.testing.ts'
import type { ReadSettings } from '@longshore/core'

interface Read { layout: SourceLayout; rows: RawRow[]; cells: (string | null)[][] }

async function read(text: string | Buffer, settings: ReadSettings = {}, fileName = 'people.json', piece = Infinity): Promise<Read> {
  const source = memorySource(typeof text === 'string' ? Buffer.from(text) : text, piece)
  const layout = await detectLayout(source, { fileName, settings })
  const rows: RawRow[] = []
  for await (const batch of readRows(source, layout)) rows.push(...batch)
  return { layout, rows, cells: rows.map(({ cells }) => cells) }
}

function faults(rows: RawRow[]): [number, number | null, string][] {
  return rows.flatMap((row) => (row.faults ?? []).map((fault): [number, number | null, string] => [row.row, fault.position, fault.code]))
}

describe('JSON', () => {
  test.each<[string, string, string[], (string | null)[][]]>([
    ['a list of objects', '[{"a":"x","b":1},{"b":2,"a":null}]', ['a', 'b'], [['x', '1'], [null, '2']]],
    ['nested objects by the path of their keys', '[{"name":"Mara","address":{"city":"Umeå","geo":{"lat":63.8}}},{"address":{"city":"York"}}]', ['name', 'address.city', 'address.geo.lat'], [['Mara', 'Umeå', '63.8'], [null, 'York', null]]],
    ['lists of single values as multi-values', '[{"tags":["a","b"]},{"tags":[]},{"tags":["x;y","z"]},{"tags":[1,true,null]}]', ['tags'], [['a; b'], [null], ['["x;y","z"]'], ['1; true']]],
    ['other lists as JSON', '[{"phones":[ {"type": "work", "n": 12345678901234567890} ]}]', ['phones'], [['[{"type":"work","n":12345678901234567890}]']]],
    ['all digits of numbers', '[{"n":12345678901234567890},{"n":0.1000000000000000055511},{"n":-1.50},{"n":1.5e3},{"n":12e-3},{"n":1E400}]', ['n'], [['12345678901234567890'], ['0.1000000000000000055511'], ['-1.50'], ['1500'], ['0.012'], ['1E400']]],
    ['escapes', '[{"a":"say \\"hi\\" \\u00e9\\n\\ud83d\\ude00"}]', ['a'], [['say "hi" é\n😀']]],
    ['keys that no object would keep', '[{"__proto__":"a","constructor":"b"}]', ['__proto__', 'constructor'], [['a', 'b']]],
    ['a key with a dot beside a nested one', '[{"a.b":1,"a":{"b":2}}]', ['a.b', 'a.b'], [['1', '2']]],
    ['one object as the only record', '{"a":1,"b":{"c":"x"}}', ['a', 'b.c'], [['1', 'x']]],
    ['the list inside an object', '{"total":2,"links":[],"records":[{"a":1},{"a":2}],"done":true}', ['a'], [['1'], ['2']]],
    ['a list further inside', '{"data":{"contacts":[{"a":1}]}}', ['a'], [['1']]],
    ['brackets and commas inside texts', '[{"a":"}],[{"},{"a":"\\\\"}]', ['a'], [['}],[{'], ['\\']]],
  ])('reads %s', async (_, text, columns, cells) => {
    for (const piece of [1, 3, Infinity]) {
      const found = await read(text, {}, 'people.json', piece)
      expect(found.layout).toMatchObject({ format: 'json', headerRow: 0, columns })
      expect(found.cells).toEqual(cells)
      expect(faults(found.rows)).toEqual([])
    }
  })

  test.each<[string, string, string, number, string[], (string | null)[][]]>([
    ['a document', '[["Name","Zip","Tags"],["Mara",123,["a","b"]],["Olle",null],[],["",""],["Zoë","",{"k":[1]}]]', 'json', 1, ['Name', 'Zip', 'Tags'], [['Mara', '123', 'a; b'], ['Olle', null, null], ['Zoë', '', '{"k":[1]}']]],
    ['a list further inside', '{"range":"A1:B2","values":[["Name","City"],["Mara","York"]]}', 'json', 1, ['Name', 'City'], [['Mara', 'York']]],
    ['a list without a header', '[["mara@example.com",1],["olle@example.com",2]]', 'json', 0, ['Column 1', 'Column 2'], [['mara@example.com', '1'], ['olle@example.com', '2']]],
    ['a list below a title', '[["Customers"],["Name","City"],["Mara","York"]]', 'json', 2, ['Name', 'City'], [['Mara', 'York']]],
    ['lines', '["Name","City"]\n["Mara","York"]\n\n["Olle",12345678901234567890]\n', 'ndjson', 1, ['Name', 'City'], [['Mara', 'York'], ['Olle', '12345678901234567890']]],
  ])('reads lists of lists below their header: %s', async (_, text, format, headerRow, columns, cells) => {
    for (const piece of [1, Infinity]) {
      const found = await read(text, {}, 'people.json', piece)
      expect(found.layout).toMatchObject({ format, headerRow, columns, lists: true })
      expect(found.cells).toEqual(cells)
      expect(faults(found.rows)).toEqual([])
    }
  })

  test('names a list that is too long, and what is no list among lists', async () => {
    const { rows } = await read('[["Name","City"],["Mara","York","x"],{"Name":"Olle"},["Zoë","a\\q"],["Ann","Oslo"]]')
    expect(faults(rows)).toEqual([[2, null, 'read.too-many-cells'], [3, null, 'read.not-an-object'], [4, null, 'read.bad-json']])
    expect(rows[0]).toMatchObject({ cells: ['Mara', 'York'], surplus: ['x'] })
    expect(rows.at(-1)).toEqual({ row: 5, cells: ['Ann', 'Oslo'] })
  })

  test('takes the row of the header from the person', async () => {
    expect((await read('[["Name","City"],["Mara","York"]]', { headerRow: 0 })).layout).toMatchObject({ headerRow: 0, columns: ['Column 1', 'Column 2'] })
    await expect(read('[["Name","City"],["Mara","York"]]', { headerRow: 9 })).rejects.toMatchObject({ code: 'file.no-header' })
  })

  test('reads the list that has the most objects, and says which others there are', async () => {
    const text = '{"a":[{"x":1}],"b":{"c":[{"y":1},{"y":2}]}}'
    const { layout } = await read(text)
    expect(layout).toMatchObject({ path: 'b.c', columns: ['y'] })
    expect(layout.warnings.map(({ code }) => code)).toEqual(['layout.several-lists'])
    expect((await read(text, { jsonPath: 'a' })).cells).toEqual([['1']])
    await expect(read(text, { jsonPath: 'z' })).rejects.toMatchObject({ code: 'file.no-list' })
  })

  test('keeps going behind a record that is no JSON or no object, and names it', async () => {
    const { rows, cells } = await read('[{"a":1},\n{"a":tru},\n7,\n[1],\n{"a":1,"a":2},\n{"a":2,}, {"a":"\\ud800"}, {"a":3}]')
    expect(cells).toEqual([['1'], [null], [null], [null], ['2'], [null], ['\uFFFD'], ['3']])
    expect(faults(rows)).toEqual([[2, null, 'read.bad-json'], [3, null, 'read.not-an-object'], [4, null, 'read.not-an-object'], [5, 0, 'read.duplicate-key'], [6, null, 'read.bad-json'], [7, 0, 'read.lone-surrogate']])
    expect(rows[1]?.faults?.[0]).toMatchObject({ line: 2, character: 6 })
  })

  test('warns of a key that comes after the searched part, and keeps its value to be shown', async () => {
    const many = Array.from({ length: 60_000 }, (_, i) => `{"a":"${String(i).padStart(80, 'x')}"}`)
    const { layout, rows } = await read(`[${[...many, '{"a":"last","late":"x","nothing":null}'].join(',')}]`)
    expect(layout.columns).toEqual(['a'])
    expect(rows).toHaveLength(60_001)
    expect(rows.at(-1)).toMatchObject({ cells: ['last'], surplus: ['x'], faults: [{ code: 'read.late-key', found: '"late"' }] })
  })

  test.each<[string, string, string]>([
    ['that is cut short', '[{"a":1},{"a":', 'file.damaged'],
    ['with text behind its end', '[{"a":1}] x', 'file.damaged'],
    ['whose brackets do not fit', '[{"a":1}}', 'file.damaged'],
    ['without records', '[]', 'file.empty'],
    ['of single values', '[1,2]', 'file.no-records'],
    ['of empty lists', '[[],[""]]', 'file.empty'],
  ])('refuses a document %s', async (_, text, code) => {
    await expect(read(text, { format: 'json' })).rejects.toMatchObject({ code })
  })

  test('reads UTF-16 and a byte order mark', async () => {
    const text = '[{"a":"é"}]'
    for (const bytes of [Buffer.from(`\uFEFF${text}`), Buffer.from(text, 'utf16le'), Buffer.from(`\uFEFF${text}`, 'utf16le')]) {
      expect((await read(bytes)).cells).toEqual([['é']])
    }
  })

  test('names bytes that are no text', async () => {
    const { rows, cells } = await read(Buffer.concat([Buffer.from('[{"a":"é","b":"'), Buffer.from([0xff]), Buffer.from('"}]')]))
    expect(cells).toEqual([['é', '\uFFFD']])
    expect(faults(rows)).toEqual([[1, 1, 'read.bad-encoding']])
  })

  test('is not hurt by a value that is a million deep', async () => {
    const deep = '['.repeat(1_000_000) + ']'.repeat(1_000_000)
    const { cells, rows } = await read(`[{"a":1,"b":${deep}},{"a":2}]`)
    expect(cells.map(([a]) => a)).toEqual(['1', '2'])
    expect(faults(rows)).toEqual([[1, 1, 'read.cell-too-large']])
    await expect(read('['.repeat(1_000_000))).rejects.toBeInstanceOf(Fault)
    await expect(read('{"a":'.repeat(1_000_000))).rejects.toBeInstanceOf(Fault)
  })

  test('says of records that are all larger than a row may be that they are', async () => {
    await expect(readAll(`[{"a":"${'x'.repeat(17 * 1_048_576)}"}]`, {}, undefined, 256 * 1024)).rejects.toThrow(/each of its first records has more than 16,777,216 characters/)
  })

  test('reads back what JSON.stringify writes', async () => {
    const value = fc.oneof(fc.string({ unit: 'grapheme' }), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null))
    const key = fc.string({ minLength: 1, maxLength: 6 }).filter((text) => !text.includes('\x1F'))
    await fc.assert(fc.asyncProperty(fc.array(fc.dictionary(key, value, { minKeys: 1 }), { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 40 }), fc.boolean(), async (records, piece, spaced) => {
      const { layout, rows } = await read(JSON.stringify(records, null, spaced ? 1 : undefined), { format: 'json' }, 'people.json', piece)
      expect(rows).toHaveLength(records.length)
      records.forEach((record, i) => layout.columns.forEach((column, position) => {
        const cell = rows[i]?.cells[position] ?? null
        const wanted = Object.hasOwn(record, column) ? record[column] ?? null : null
        if (typeof wanted === 'number') expect(Number(cell)).toBe(wanted === 0 ? Number(cell) : wanted)
        else expect(cell).toBe(typeof wanted === 'string' ? wanted.replaceAll('\0', '') : wanted === null ? null : String(wanted))
      }))
    }), { numRuns: 500 })
  })
})

describe('NDJSON', () => {
  test.each(['{"a":1}\n{"a":2,"b":{"c":"x"}}\n', '{"a":1}\r\n{"a":2,"b":{"c":"x"}}', '\uFEFF{"a":1}\n{"a":2,"b":{"c":"x"}}'])('reads an object from each line of %j', async (text) => {
    for (const piece of [1, 5, Infinity]) {
      const { layout, cells } = await read(text, {}, 'people.txt', piece)
      expect(layout).toMatchObject({ format: 'ndjson', columns: ['a', 'b.c'] })
      expect(cells).toEqual([['1', null], ['2', 'x']])
    }
  })

  test('counts empty lines and names bad ones', async () => {
    const { rows } = await read('{"a":1}\n\n{"a":\n[1]\n{"a":2}', {}, 'people.ndjson')
    expect(rows.map(({ row, cells }) => [row, ...cells])).toEqual([[1, '1'], [3, null], [4, null], [5, '2']])
    expect(faults(rows)).toEqual([[3, null, 'read.bad-json'], [4, null, 'read.not-an-object']])
  })

  test('takes a document of several lines for JSON', async () => {
    expect((await read('{\n"a": 1\n}', {}, 'people.txt')).layout.format).toBe('json')
    expect((await read('{"list":[{"a":1}]}\n', {}, 'people.txt')).layout).toMatchObject({ format: 'json', path: 'list' })
    expect((await read('{"a":[{"b":1}]}\n', {}, 'people.jsonl')).layout).toMatchObject({ format: 'ndjson', columns: ['a'] })
  })

  test('refuses a file without any object', async () => {
    await expect(read('1\n2\n', { format: 'ndjson' })).rejects.toMatchObject({ code: 'file.damaged' })
    await expect(read('', { format: 'ndjson' })).rejects.toMatchObject({ code: 'file.empty' })
  })
})
