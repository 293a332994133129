import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readAll } from '../read-all.testing.ts'
import type { ColumnKind } from '../write/column-kind.ts'
import { parquetWriter } from '../write/parquet-writer.ts'
import { cases, openDuckDb, timeout } from './testing/duckdb.ts'
import type { OtherReader } from './testing/duckdb.ts'

let other: OtherReader
beforeAll(async () => { other = await openDuckDb() })
afterAll(() => other.close())

const kinds: ColumnKind[] = [{ kind: 'text' }, { kind: 'integer' }, { kind: 'decimal', scale: 3 }, { kind: 'boolean' }]
const row = fc.tuple(
  fc.option(fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.toWellFormed().replaceAll('\0', ''))), fc.option(fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }).map(String)),
  fc.option(fc.tuple(fc.bigInt({ min: -(10n ** 11n), max: 10n ** 11n }), fc.integer({ min: 0, max: 999 })).map(([whole, part]) => `${whole}.${String(part).padStart(3, '0')}`)), fc.option(fc.boolean().map(String)),
)

test('what we write as Parquet, another reader reads back equal', async () => {
  await fc.assert(fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 20 }), fc.integer({ min: 1, max: 9 }), async (rows, rowGroupRows) => {
    const writer = parquetWriter({ kinds, rowGroupRows })
    const bytes = Buffer.concat([await writer.start(['t', 'i', 'd', 'b']), await writer.rows(rows), await writer.end()].map((piece) => Buffer.from(piece as Uint8Array)))
    const { columns, rows: found } = await other.parquet(bytes)
    expect(columns).toEqual(['t', 'i', 'd', 'b'])
    // The other reader gives decimals as doubles, so they are kept to what a double holds here.
    expect(found.map(([t, i, d, b]) => [t ?? null, i === null ? null : String(i), d === null ? null : Number(d), b === null ? null : String(b)])).toEqual(rows.map(([t, i, d, b]) => [t, i, d === null ? null : Number(d), b]))
  }), { numRuns: cases })
}, timeout)

/** Packings and sizes in which DuckDB writes the same table; every type that a list could have. */
test.each(['UNCOMPRESSED', 'SNAPPY', 'GZIP', 'ZSTD', 'BROTLI', 'LZ4_RAW'])('reads every type that another program writes, packed with %s', async (codec) => {
  const folder = mkdtempSync(join(tmpdir(), 'longshore-parquet-'))
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect()
  try {
    const path = join(folder, 'types.parquet')
    await connection.run(`COPY (SELECT i::INTEGER AS int, (9007199254740993 + i)::BIGINT AS big, (i % 80 * 3)::UTINYINT AS small, (i * 1.25)::DECIMAL(12, 4) AS dec, (i::HUGEINT * 100000000000000000)::DECIMAL(38, 2) AS wide,
      (i / 8)::DOUBLE AS dbl, (i / 10)::FLOAT AS flt, i % 2 = 0 AS bool, CASE WHEN i % 5 = 0 THEN NULL ELSE 'Zoë ' || (i % 7) END AS txt, DATE '1969-12-30' + i::INTEGER AS day,
      TIMESTAMP '1969-12-31 23:59:59.123456' + INTERVAL (i) SECOND AS at, TIME '10:30:15.5' AS clock, [i, NULL, i + 1] AS list, [] ::INTEGER[] AS none, {'city': 'Umeå', 'geo': {'lat': i / 4}} AS address, [{'k': i}] AS objects,
      '7d444840-9dc0-11d1-b245-5ffdce74fad2'::UUID AS id, MAP {'a': i} AS attributes, sha256(i::VARCHAR) AS long
      FROM range(5000) t(i)) TO '${path}' (FORMAT PARQUET, COMPRESSION ${codec}, ROW_GROUP_SIZE 4096)`)
    const { layout, rows } = await readAll(readFileSync(path))
    expect(layout.columns).toEqual(['int', 'big', 'small', 'dec', 'wide', 'dbl', 'flt', 'bool', 'txt', 'day', 'at', 'clock', 'list', 'none', 'address.city', 'address.geo.lat', 'objects', 'id', 'attributes', 'long'])
    expect(rows).toHaveLength(5_000)
    for (const i of [0, 1, 2, 5, 80]) {
      const second = new Date(Date.UTC(1969, 11, 31, 23, 59, 59) + i * 1_000).toISOString().slice(0, 19)
      expect(rows[i]?.cells).toEqual([String(i), String(9007199254740993n + BigInt(i)), String(i % 80 * 3), (i * 1.25).toFixed(4), `${BigInt(i) * 100000000000000000n}.00`, String(i / 8), String(i / 10), String(i % 2 === 0),
        i % 5 === 0 ? null : `Zoë ${i % 7}`, new Date(Date.UTC(1969, 11, 30) + i * 86_400_000).toISOString().slice(0, 10), `${second}.123456`, '10:30:15.5', `${i}; ${i + 1}`, null, 'Umeå', String(i / 4), `[{"k":${i}}]`,
        '7d444840-9dc0-11d1-b245-5ffdce74fad2', `{"a":${i}}`, longText(i)])
    }
    // its pages are so large that their beginning is unpacked by itself
    expect(rows.findIndex(({ cells }, i) => cells.at(-1) !== longText(i))).toBe(-1)
    expect(rows.map(({ cells }) => cells[0])).toEqual(Array.from({ length: 5_000 }, (_, i) => String(i)))
  } finally {
    connection.closeSync()
    rmSync(folder, { recursive: true, force: true })
  }
})

function longText(i: number): string {
  return createHash('sha256').update(String(i)).digest('hex')
}
