import { utils, write } from '@e965/xlsx'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readAll } from '../read-all.testing.ts'

type Value = string | number | boolean | null

/** A workbook as another program writes it, in a version of the format. */
function workbook(rows: readonly Value[][], bookType: 'biff8' | 'biff5' | 'biff2', bookSST = false): Buffer {
  return Buffer.from(write({ SheetNames: ['List'], Sheets: { List: utils.aoa_to_sheet(rows.map((row) => [...row])) } }, { type: 'buffer', bookType, bookSST }) as Uint8Array)
}

const header = ['Name', 'Note', 'Amount']

/** What a row of values is to be read as. */
function texts(row: readonly Value[]): (string | null)[] {
  return row.map((value) => value === null || value === '' ? null : String(value))
}

async function cells(bytes: Buffer): Promise<(string | null)[][]> {
  return (await readAll(bytes, {}, 'list.xls')).rows.map((row) => row.cells)
}

describe('an older workbook', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'Z', '7', ' ', '-', '@'), minLength: 1, maxLength: 40 }).filter((text) => text.trim() !== '')
  const anyText = fc.oneof(letters, fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 })).filter((text) => text.trim() !== '' && text.isWellFormed() && !/[\p{Cc}\uFFFE\uFFFF]/u.test(text))
  const number = fc.oneof(fc.integer({ min: -2_147_483_648, max: 2_147_483_647 }), fc.integer({ min: -1_000_000, max: 1_000_000 }).map((n) => n / 100), fc.constantFrom(0, 1, -1, 0.1, 1e15, 123_456_789_012))
  const rowOf = (text: fc.Arbitrary<string>): fc.Arbitrary<Value[]> => fc.tuple(text, fc.oneof(text, fc.constant(null), fc.boolean()), fc.oneof(number, fc.constant(null)))

  test.each(['biff8', 'biff5', 'biff2'] as const)('of another program, as %s, gives every cell', async (bookType) => {
    await fc.assert(fc.asyncProperty(fc.array(rowOf(bookType === 'biff8' ? anyText : letters), { minLength: 2, maxLength: 30 }), async (rows) => {
      expect(await cells(workbook([header, ...rows], bookType))).toEqual(rows.map(texts))
    }), { seed: 1_904, numRuns: 25 })
  })

  test('keeps texts that go on over the ends of records, narrow and wide', async () => {
    const rows = Array.from({ length: 400 }, (_, i): Value[] => [`${'long '.repeat(i % 90)}${i}`, `${'ж'.repeat(i * 3 % 700)}${i}`, i])
    expect(await cells(workbook([header, ...rows], 'biff8', true))).toEqual(rows.map(texts))
  })

  test('says that it is cut short, wherever it was cut', async () => {
    const whole = workbook([header, ...Array.from({ length: 3_000 }, (_, i): Value[] => [`Mara ${i}`, 'x', i])], 'biff8')
    for (const part of [0.05, 0.1, 0.3, 0.5, 0.7, 0.9, 0.97]) {
      await expect(cells(whole.subarray(0, Math.floor(whole.length * part)))).rejects.toMatchObject({ code: 'file.damaged' })
    }
  })
})
