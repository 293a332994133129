import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CsvLayout } from '@longshore/core'
import { readAll } from '../read-all.testing.ts'
import { readBytes } from '../csv/read-bytes.testing.ts'
import { encode } from '../text/testing/encode.ts'
import { csvWriter } from '../write/csv-writer.ts'
import { jsonWriter } from '../write/json-writer.ts'
import { ndjsonWriter } from '../write/ndjson-writer.ts'
import { salesforceCsvWriter } from '../write/salesforce-csv-writer.ts'
import { cases, openDuckDb, timeout } from './testing/duckdb.ts'
import type { OtherReader } from './testing/duckdb.ts'
import { oddTable, printCsv, realHeader, realList } from './testing/lists.ts'

let other: OtherReader
beforeAll(async () => { other = await openDuckDb() })
afterAll(() => { other?.close() })

const delimiter = fc.constantFrom(',', ';', '\t', '|', '^', '`')
const dialect = fc.record({ delimiter, quote: fc.constantFrom('"', '\''), escape: fc.constantFrom('doubled', '\\'), lineEnd: fc.constantFrom('\n' as const, '\r\n' as const) })
  .map(({ escape, ...rest }) => ({ ...rest, escape: escape === 'doubled' ? rest.quote : escape }))
const numbered = (count: number): string[] => Array.from({ length: count }, (_, i) => `c${i}`)
/** No value and an empty text are the same to a reader of CSV. */
const plain = (rows: readonly (readonly (string | null)[])[]): string[][] => rows.map((row) => row.map((cell) => cell ?? ''))

test('reads files of any dialect as an independent reader does', async () => {
  await fc.assert(fc.asyncProperty(oddTable, dialect, fc.boolean(), fc.infiniteStream(fc.boolean()), async (rows, { delimiter: d, quote, escape, lineEnd }, bom, coins) => {
    const columns = numbered(rows[0]?.length ?? 2)
    const text = (bom ? '\uFEFF' : '') + printCsv([columns, ...rows], { delimiter: d, quote, escape, lineEnd }, () => coins.next().value === true)
    const layout: CsvLayout = { format: 'csv', encoding: 'utf-8', delimiter: d, quote, ...(escape === '\\' ? { escape } : {}), headerRow: 1, columns, warnings: [] }
    const ours = plain((await readBytes(Buffer.from(text), layout)).map((row) => row.cells))
    expect(ours).toEqual(rows)
    expect(ours).toEqual(plain(await other.csv(text, columns.length, { delimiter: d, quote, escape, lineEnd })))
  }), { numRuns: cases })
}, timeout)

test('finds out by itself how a real list is written, in any dialect and encoding', async () => {
  await fc.assert(fc.asyncProperty(realList, dialect, fc.constantFrom('utf-8' as const, 'utf-16le' as const, 'utf-16be' as const), fc.boolean(), fc.infiniteStream(fc.boolean()), async (list, written, encoding, quoteAll, coins) => {
    // Where a backslash escapes, and no quote shows it, two backslashes could be one or two.
    const rows = written.escape === '\\' ? list.map((row) => row.map((cell) => cell.replaceAll('\\', '/'))) : list
    // Single quotes around some cells alone are apostrophes to everybody who does not know better.
    const always = written.quote === '\'' || quoteAll
    const text = `${encoding === 'utf-8' ? '' : '\uFEFF'}${printCsv([realHeader, ...rows], written, () => always || coins.next().value === true)}`
    const { layout, rows: ours } = await readAll(encode(text, encoding))
    expect(layout).toMatchObject({ format: 'csv', encoding, delimiter: written.delimiter, quote: written.quote, columns: realHeader, headerRow: 1 })
    expect(plain(ours.map((row) => row.cells))).toEqual(rows)
    expect(ours.some((row) => row.faults)).toBe(false)
  }), { numRuns: cases })
}, timeout)

test('writes CSV that an independent reader reads back', async () => {
  await fc.assert(fc.asyncProperty(oddTable, dialect, async (rows, { delimiter: d, quote, escape, lineEnd }) => {
    const columns = numbered(rows[0]?.length ?? 2)
    for (const writer of [csvWriter({ delimiter: d, quote, escape: escape === '\\' ? 'backslash' : 'doubled', lineEnd, guard: false })]) {
      const text = writer.start(columns) + writer.rows(rows) + writer.end()
      expect(plain(await other.csv(text, columns.length, { delimiter: d, quote, escape, lineEnd }))).toEqual(rows)
    }
    const sent = salesforceCsvWriter({ delimiter: d as ',', lineEnd })
    const text = sent.start(columns) + sent.rows(rows) + sent.end()
    expect(plain(await other.csv(text, columns.length, { delimiter: d, quote: '"', escape: '"', lineEnd }))).toEqual(rows.map((row) => row.map((cell) => cell.replaceAll(/\r\n|\n/g, lineEnd))))
  }), { numRuns: cases })
}, timeout)

test('writes JSON that an independent reader reads back, no value apart from an empty text', async () => {
  await fc.assert(fc.asyncProperty(oddTable, fc.infiniteStream(fc.boolean()), async (rows, coins) => {
    const columns = numbered(rows[0]?.length ?? 2)
    const cells = rows.map((row) => row.map((cell) => cell === '' && coins.next().value === true ? null : cell))
    for (const [writer, lines] of [[jsonWriter(), false], [ndjsonWriter(), true]] as const) {
      const text = writer.start(columns) + writer.rows(cells) + writer.end()
      expect(await other.json(text, columns, lines)).toEqual(cells)
      if (rows.length > 0) expect((await readAll(text, { format: lines ? 'ndjson' : 'json' })).rows.map((row) => row.cells)).toEqual(cells)
    }
  }), { numRuns: Math.ceil(cases / 2) })
}, timeout)
