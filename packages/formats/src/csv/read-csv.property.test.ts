import fc from 'fast-check'
import Papa from 'papaparse'
import { expect, test } from 'vitest'
import type { CsvLayout } from '@longshore/core'
import { csvWriter } from '../write/csv-writer.ts'
import { decodeFormula } from '../write/formula-guard.ts'
import { encode } from '../text/testing/encode.ts'
import { salesforceCsvWriter } from '../write/salesforce-csv-writer.ts'
import { readBytes } from './read-bytes.testing.ts'

const runs = 400

function layoutOf(columns: string[], more: Partial<CsvLayout> = {}): CsvLayout {
  return { format: 'csv', encoding: 'utf-8', delimiter: ',', quote: '"', headerRow: 1, columns, warnings: [], ...more }
}

/** Cells rich in what gives trouble: quotes, delimiters, line ends, blanks, characters of two to four bytes. */
const cell = fc.array(fc.constantFrom('a', 'b', '7', '"', '\'', ',', ';', '\t', '|', '^', '`', '\n', '\r', '\r\n', ' ', '\\', '=', 'ö', '€', '🙂', '\uFEFF'), { maxLength: 8 })
  .map((parts) => parts.join(''))

const delimiter = fc.constantFrom(',', ';', '\t', '|', '^', '`')

/** Records that are all blank are no rows; they are left out here and looked at in the cases by hand. */
const table = fc.integer({ min: 1, max: 4 }).chain((width) => fc.array(
  fc.array(cell, { minLength: width, maxLength: width }).filter((cells) => width === 1 || cells.some((text) => text.trim() !== '')), { maxLength: 12 },
))

/** A table written with every cell quoted or, where it is possible, at random not. */
function print(rows: readonly (readonly string[])[], dialect: { delimiter: string; quote: string; escape?: '\\' }, lineEnd: string, bare: (i: number) => boolean): string {
  const { delimiter: d, quote: q, escape } = dialect
  let i = 0
  return rows.map((row) => `${row.map((text) => {
    i += 1
    const plain = text.trim() !== '' && !text.startsWith(q) && !text.includes(d) && !/[\r\n]/.test(text)
    if (plain && bare(i)) return text
    if (escape !== undefined) return q + text.replaceAll('\\', '\\\\').replaceAll(q, `\\${q}`) + q
    return q + text.replaceAll(q, q + q) + q
  }).join(d)}${lineEnd}`).join('')
}

test('gives back the cells of any file, for any dialect and any chunks', async () => {
  await fc.assert(fc.asyncProperty(
    table, delimiter, fc.constantFrom('"', '\''), fc.constantFrom('\n', '\r\n', '\r'), fc.boolean(), fc.boolean(), fc.constantFrom(1, 7, Infinity), fc.infiniteStream(fc.boolean()),
    async (rows, d, quote, lineEnd, escaped, bom, size, coins) => {
      const dialect = { delimiter: d, quote, ...(escaped ? { escape: '\\' as const } : {}) }
      const header = Array.from({ length: rows[0]?.length ?? 1 }, (_, i) => `c${i}`)
      const text = (bom ? '\uFEFF' : '') + print([header, ...rows], dialect, lineEnd, () => coins.next().value === true)
      const read = await readBytes(Buffer.from(text), layoutOf(header, dialect), { size })
      expect(read).toEqual(rows.map((cells, i) => ({ row: i + 2, cells })))
    }), { numRuns: runs })
})

test('gives back what the CSV writer wrote, guarded or not', async () => {
  await fc.assert(fc.asyncProperty(table, delimiter, fc.constantFrom('\n' as const, '\r\n' as const, '\r' as const), fc.constantFrom('"', '\''), fc.constantFrom('doubled' as const, 'backslash' as const), fc.boolean(), fc.boolean(), fc.constantFrom(1, 7, Infinity), async (rows, d, lineEnd, quote, escape, guard, bom, size) => {
    const header = Array.from({ length: rows[0]?.length ?? 1 }, (_, i) => `c${i}`)
    const writer = csvWriter({ delimiter: d, lineEnd, quote, escape, guard, bom })
    const text = writer.start(header) + writer.rows(rows.map((row) => row.map((text) => text === '' ? null : text))) + writer.end()
    const read = await readBytes(Buffer.from(text), layoutOf(header, { delimiter: d, quote, ...(escape === 'backslash' ? { escape: '\\' as const } : {}) }), { size })
    expect(read.map((row) => guard ? row.cells.map((text) => text === null ? null : decodeFormula(text)) : row.cells)).toEqual(rows)
    expect(read.some((row) => row.faults)).toBe(false)
  }), { numRuns: runs })
})

test('gives back what was written for Salesforce, line ends made one kind', async () => {
  await fc.assert(fc.asyncProperty(table, fc.constantFrom(',', ';', '\t', '|', '^', '`'), fc.constantFrom('\n' as const, '\r\n' as const), fc.constantFrom(1, 7, Infinity), async (rows, d, lineEnd, size) => {
    const header = Array.from({ length: rows[0]?.length ?? 1 }, (_, i) => `c${i}`)
    const writer = salesforceCsvWriter({ delimiter: d, lineEnd, nulls: 'clear' })
    const filled = rows.filter((row) => row.some((text) => text.trim() !== '')).map((row, i) => i % 2 === 0 ? row : [...row.slice(0, -1), null])
    const text = writer.start(header) + writer.rows(filled) + writer.end()
    const read = await readBytes(Buffer.from(text), layoutOf(header, { delimiter: d, dialect: 'salesforce' }), { size })
    expect(read).toEqual(filled.map((cells, i) => ({ row: i + 2, cells: cells.map((cell) => cell?.replaceAll(/\r\n|\r|\n/g, lineEnd) ?? null) })))
  }), { numRuns: runs })
})

test('gives back the cells of any file in any encoding that can hold them', async () => {
  await fc.assert(fc.asyncProperty(table, fc.constantFrom('utf-16le' as const, 'utf-16be' as const, 'utf-32le' as const), fc.constantFrom(1, 2, 7, Infinity), fc.boolean(), async (rows, encoding, size, bom) => {
    const header = Array.from({ length: rows[0]?.length ?? 1 }, (_, i) => `c${i}`)
    const text = (bom ? '\uFEFF' : '') + print([header, ...rows], { delimiter: ',', quote: '"' }, '\n', () => false)
    expect(await readBytes(encode(text, encoding), layoutOf(header, { encoding }), { size })).toEqual(rows.map((cells, i) => ({ row: i + 2, cells })))
  }), { numRuns: runs })
})

const garbage = fc.array(fc.constantFrom('a', 'bc', '"', '""', ',', ',"', '",', '\n', '\r', '\r\n', ' ', '\\', 'ö', '\0'), { maxLength: 40 }).map((parts) => parts.join(''))

test('reads the worst text the same in chunks of every size, with and without reading again', async () => {
  await fc.assert(fc.asyncProperty(garbage, fc.constantFrom(undefined, '\\' as const, 'salesforce' as const), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 2, max: 9 }), async (text, escape, width, size) => {
    const layout = layoutOf(Array.from({ length: width }, (_, i) => `c${i}`), { headerRow: 0, ...(escape === undefined ? {} : escape === 'salesforce' ? { dialect: escape } : { escape }) })
    const bytes = Buffer.from(text)
    const whole = await readBytes(bytes, layout)
    expect(await readBytes(bytes, layout, { size: 1 })).toEqual(whole)
    expect(await readBytes(bytes, layout, { size, reopen: false })).toEqual(whole)
    for (const row of whole) {
      expect(row.cells).toHaveLength(width)
      for (const fault of row.faults ?? []) expect(fault.line).toBeGreaterThanOrEqual(1)
    }
  }), { numRuns: 2_000 })
})

test('reads any bytes at all the same in chunks of every size', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.constantFrom(0x0a, 0x2c, 0x22, 0x41, 0x80, 0x9f, 0xa0, 0xbf, 0xc2, 0xe0, 0xe2, 0xed, 0xf0, 0xf4, 0xff, 0), { maxLength: 30 }), fc.integer({ min: 1, max: 5 }), async (values, size) => {
    const bytes = Buffer.from(values)
    const layout = layoutOf(['a', 'b'], { headerRow: 0 })
    const whole = await readBytes(bytes, layout)
    expect(await readBytes(bytes, layout, { size })).toEqual(whole)
    const shown = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
    if (shown.isWellFormed() && !shown.includes('\uFFFD')) expect(whole.flatMap((row) => row.faults ?? []).some((fault) => fault.code === 'read.bad-encoding')).toBe(false)
    else expect(whole.some((row) => row.faults?.some((fault) => fault.code === 'read.bad-encoding' || fault.code === 'read.unclosed-quote'))).toBe(true)
  }), { numRuns: 2_000 })
})

test('agrees with papaparse on every file after RFC 4180', async () => {
  await fc.assert(fc.asyncProperty(table, fc.constantFrom('\n', '\r\n'), fc.infiniteStream(fc.boolean()), async (rows, lineEnd, coins) => {
    const header = Array.from({ length: rows[0]?.length ?? 1 }, (_, i) => `c${i}`)
    // After the RFC a cell with a quote in it is quoted itself.
    const text = print([header, ...rows], { delimiter: ',', quote: '"' }, lineEnd, () => coins.next().value === true && !rows.flat().some((t) => t.includes('"')))
    const theirs = Papa.parse<string[]>(text.slice(0, -lineEnd.length), { delimiter: ',', newline: lineEnd }).data.slice(1)
    const ours = await readBytes(Buffer.from(text), layoutOf(header))
    expect(ours.map((row) => row.cells)).toEqual(rows.length === 0 ? [] : theirs)
  }), { numRuns: runs })
})
