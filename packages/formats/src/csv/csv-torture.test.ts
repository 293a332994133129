import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { detectLayout } from '../formats.ts'
import { memorySource } from '../memory-source.ts'
import { encodingCalled } from '../text/encodings.ts'
import { detectCsv } from './detect-csv.ts'
import { readBytes } from './read-bytes.testing.ts'

const folder = join(import.meta.dirname, '../../../../../shared/corpora/csv-torture')
const present = existsSync(folder)
const absent = present ? '' : ' (skipped: the files are not on this machine)'

interface Expected { encoding: string; headers: string[] | null; rows: string[][]; delimiter: string | null; quote: string; eol: string }

/** Refused, with the fault that says why. */
const refusals: Record<string, string> = { 'bom-only': 'file.empty', 'empty-file': 'file.empty' }

/** Where the rows are to be others than the corpus gives: it describes a reader that swallows, we give the lines back. */
const ourRows: Record<string, string[][]> = {
  'nul-byte': [['Mara', 'York'], ['Olle', 'Umeå']],
  'unclosed-quote-at-end': [['Mara', 'ok'], ['Olle', '"never closed'], ['Zoë', 'lost']],
}

/** Faults by row number. */
const faults: Record<string, [number, string][]> = {
  'nul-byte': [[2, 'read.nul-byte']],
  'invalid-utf8': [[3, 'read.bad-encoding']],
  'unclosed-quote-at-end': [[3, 'read.unclosed-quote']],
  'ragged-short-and-long': [[2, 'read.too-few-cells'], [3, 'read.too-many-cells']],
  'footer-totals': [[6, 'read.too-few-cells']],
}

describe.skipIf(!present)(`other people's odd files${absent}`, () => {
  const own = present ? readdirSync(join(folder, 'own')).filter((name) => name.endsWith('.csv')).map((name) => name.slice(0, -4)) : []
  test.each(own)('reads %s', async (name) => {
    const bytes = readFileSync(join(folder, 'own', `${name}.csv`))
    const expected = JSON.parse(readFileSync(join(folder, 'own', `${name}.json`), 'utf8')) as Expected
    const refusal = refusals[name]
    if (refusal !== undefined) {
      await expect(detectLayout(memorySource(bytes))).rejects.toThrow(expect.objectContaining({ code: refusal }))
      return
    }
    const layout = await detectCsv(memorySource(bytes), { fileName: `${name}.csv` })
    expect(await detectLayout(memorySource(bytes), { fileName: `${name}.csv` })).toEqual(layout)
    expect(layout.encoding).toBe(encodingCalled(expected.encoding))
    expect(await detectCsv(memorySource(bytes), { settings: { encoding: expected.encoding } })).toMatchObject({ encoding: layout.encoding, columns: layout.columns })
    expect({ delimiter: layout.delimiter, quote: layout.quote }).toEqual({ delimiter: expected.delimiter, quote: expected.quote })
    // That file counts the line ends inside its cells, too.
    if (name !== 'quoted-newlines') expect(layout.lineEnd).toBe(expected.eol)
    if (expected.headers === null) expect(layout.headerRow).toBe(0)
    else expect(layout.columns).toEqual(expected.headers)
    for (const size of [1, 7, Infinity]) {
      const rows = await readBytes(bytes, layout, { size })
      expect(rows.map((row) => row.cells)).toEqual(ourRows[name] ?? expected.rows)
      expect(rows.flatMap((row) => (row.faults ?? []).map((fault) => [row.row, fault.code]))).toEqual(faults[name] ?? [])
    }
  })

  const spectrum = present ? readdirSync(join(folder, 'csv-spectrum/csvs')).map((name) => name.slice(0, -4)) : []
  test.each(spectrum)('reads %s of csv-spectrum', async (name) => {
    // The stored files have lost their CRLF on the way through a version control system: it is put back.
    const stored = readFileSync(join(folder, 'csv-spectrum/csvs', `${name}.csv`), 'utf8')
    const bytes = Buffer.from(name.endsWith('_crlf') ? stored.replaceAll(/\r?\n/g, '\r\n') : stored)
    const parsed = JSON.parse(readFileSync(join(folder, 'csv-spectrum/json', `${name}.json`), 'utf8')) as Record<string, string> | Record<string, string>[]
    const layout = await detectCsv(memorySource(bytes), {})
    const rows = await readBytes(bytes, layout, { size: 5 })
    const objects = rows.map((row) => Object.fromEntries(layout.columns.map((column, i) => [column, row.cells[i]])))
    const wanted = Array.isArray(parsed) ? parsed : [parsed]
    // One stored answer has its phone number made unrecognizable, its file has not.
    if (name === 'location_coordinates') for (const object of [...objects, ...wanted]) delete object['Contact Phone Number']
    expect(objects).toEqual(wanted)
    expect(rows.some((row) => row.faults)).toBe(false)
  })
})
