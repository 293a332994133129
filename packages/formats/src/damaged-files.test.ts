import { utils, write as writeWorkbook } from '@e965/xlsx'
import { Fault } from '@longshore/core'
import { beforeAll, describe, expect, test } from 'vitest'
import { readAll } from './read-all.testing.ts'
import { parquetWriter } from './write/parquet-writer.ts'
import type { RowWriter } from './write/row-writer.ts'
import { xlsxWriter } from './write/xlsx-writer.ts'

/** Damaged files of each format; `npm run test:fuzz` asks for more. */
const cases = Number(process.env['LONGSHORE_CASES'] ?? 250)

/** Damage that once made a reader work without end, beyond what a short run comes to. */
const knownSeeds: Readonly<Record<string, readonly number[]>> = { parquet: [423, 424, 558, 851, 1_120, 1_208], xls: [677] }

const columns = ['Name', 'Email', 'Amount']
const rows = Array.from({ length: 40 }, (_, i) => [`Mara Lind ${i}`, `mara${i}@example.com`, String(i * 7)])

async function written(writer: RowWriter): Promise<Buffer> {
  const pieces = [await writer.start(columns), await writer.rows(rows), await writer.end()]
  return Buffer.concat(pieces.map((piece) => Buffer.from(piece as Uint8Array)))
}

const samples: Record<string, () => Buffer | Promise<Buffer>> = {
  xlsx: () => written(xlsxWriter()),
  parquet: () => written(parquetWriter({ rowGroupRows: 15 })),
  xls: () => Buffer.from(writeWorkbook({ SheetNames: ['S'], Sheets: { S: utils.aoa_to_sheet([columns, ...rows]) } }, { type: 'buffer', bookType: 'biff8' }) as Uint8Array),
  json: () => Buffer.from(JSON.stringify(rows.map(([name, email, amount]) => ({ name, email, deal: { amount: Number(amount), tags: ['a', 'b'] } })))),
  ndjson: () => Buffer.from(rows.map(([name, email]) => `${JSON.stringify({ name, email })}\n`).join('')),
  vcf: () => Buffer.from(rows.map(([name, email]) => `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:${name}\r\nEMAIL;TYPE=work:${email}\r\nNOTE;ENCODING=QUOTED-PRINTABLE:a=C3=A9=\r\nb\r\nEND:VCARD\r\n`).join('')),
}

const printed = (delimiter: string): string => [columns, ...rows].map((cells) => cells.map((cell) => `"${cell}"`).join(delimiter)).join('\r\n')
Object.assign(samples, {
  csv: () => Buffer.from(printed(',')),
  tsv: () => Buffer.from(`\uFEFF${printed('\t')}`, 'utf16le'),
  txt: () => Buffer.concat([Buffer.from(printed(';')), Buffer.from([0xf6, 0xfc])]),
  html: () => Buffer.from(`<html><table>${[columns, ...rows].map((cells) => `<tr>${cells.map((cell) => `<td>${cell}&amp;</td>`).join('')}</tr>`).join('')}</table></html>`),
  xml: () => Buffer.from(`<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="S"><Table>${
    [columns, ...rows].map((cells) => `<Row>${cells.map((cell) => `<Cell><Data ss:Type="String">${cell}</Data></Cell>`).join('')}</Row>`).join('')}</Table></Worksheet></Workbook>`),
} satisfies typeof samples)

/** Numbers that look random and are the same in each run. */
function numbers(seed: number): (below: number) => number {
  let state = seed >>> 0 || 1
  return (below) => {
    state ^= state << 13; state >>>= 0
    state ^= state >>> 17
    state ^= state << 5; state >>>= 0
    return state % below
  }
}

/** Flips bits, cuts the end off, overwrites a run, or doubles or drops a piece. */
function damage(file: Buffer, next: (below: number) => number): Buffer {
  const bytes = Buffer.from(file)
  const at = next(bytes.length)
  switch (next(5)) {
    case 0: for (let i = 0; i <= next(8); i += 1) { const place = next(bytes.length); bytes[place] = (bytes[place] ?? 0) ^ (1 << next(8)) } return bytes
    case 1: return bytes.subarray(0, at)
    case 2: return bytes.fill(next(256), at, Math.min(bytes.length, at + next(64)))
    case 3: return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + next(200))])
    default: return Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.max(0, at - next(200)))])
  }
}

describe.each(Object.keys(samples))('a damaged %s file', (ending) => {
  let sample = Buffer.alloc(0)
  beforeAll(async () => { sample = Buffer.from(await samples[ending]?.() ?? '') })

  test('whole, gives all its rows', async () => {
    expect((await readAll(sample, {}, `people.${ending}`)).rows).toHaveLength(rows.length)
  })

  test('is read or refused in words, and nothing else happens', async () => {
    const seeds = Array.from({ length: cases }, (_, i) => i + 1)
    for (const seed of [...seeds, ...knownSeeds[ending] ?? []]) {
      const broken = damage(sample, numbers(seed * 7_919))
      try {
        const found = await readAll(broken, {}, `people.${ending}`)
        expect(found.rows.every(({ cells }) => cells.length === found.layout.columns.length)).toBe(true)
      } catch (error) {
        if (!(error instanceof Fault)) throw new Error(`seed ${seed}: ${error instanceof Error ? error.stack : String(error)}`, { cause: error })
      }
    }
  }, 60_000 + cases * 60)
})
