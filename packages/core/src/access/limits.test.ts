import { describe, expect, it } from 'vitest'
import { limitNames, limitPresets, mostBytesOf, mostBytesOfAny, tierRates } from './limits.ts'

describe('limits', () => {
  it('have two presets that speak of each', () => {
    for (const preset of Object.values(limitPresets)) expect(Object.keys(preset)).toEqual([...limitNames])
  })

  it('of a file go by its format', () => {
    const standard = { maxCsvMb: 50, maxExcelMb: 50, maxJsonMb: 25, maxVcardMb: 10, maxParquetMb: 50 }
    expect([mostBytesOf(standard, 'csv'), mostBytesOf(standard, 'ndjson'), mostBytesOf(standard, 'vcard')]).toEqual([52_428_800, 26_214_400, 10_485_760])
    expect(mostBytesOf({ maxCsvMb: 1 }, 'xlsx')).toBe(null)
  })

  it('of a file that nobody has looked at are those of the format that may be largest', () => {
    expect(mostBytesOfAny({ maxCsvMb: 50, maxExcelMb: 80, maxJsonMb: 25, maxVcardMb: 10, maxParquetMb: 50 })).toBe(83_886_080)
    expect(mostBytesOfAny({ maxCsvMb: 50 })).toBe(null)
  })

  it('of bulk imports grow with the tier', () => {
    expect(Object.values(tierRates)).toEqual([{ records: 1_000, requests: 10 }, { records: 5_000, requests: 30 }, { records: 10_000, requests: 60 }])
  })
})
