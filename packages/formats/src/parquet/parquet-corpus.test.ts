import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RawRow } from '@longshore/core'
import { Fault, splitList } from '@longshore/core'
import { describe, expect, test } from 'vitest'
import { detectLayout, readRows } from '../formats.ts'
import { memorySource } from '../memory-source.ts'

const folder = join(import.meta.dirname, '../../../../../shared/corpora/parquet')
const present = existsSync(folder)
const absent = present ? '' : ' (skipped: the files are not on this machine)'

interface Expected { error?: string; num_rows: number; columns: { name: string }[]; rows: Record<string, unknown>[]; last_row?: Record<string, unknown> }

/** Whether our text says what the value is. */
function same(text: string | null, value: unknown): boolean {
  if (value === null || value === undefined || (Array.isArray(value) && value.every((item) => item === null))) return text === null || text === '[]' || text === '{}' || (Array.isArray(value) && sameJson(JSON.parse(text), value))
  if (text === null) return false
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item !== 'object' || item === null)) {
      const items = value.filter((item) => item !== null)
      const found = items.length === 1 ? [text] : splitList(text, new Map()) ?? []
      return items.length === found.length && items.every((item, i) => same(found[i] ?? null, item))
    }
    return sameJson(JSON.parse(text), value)
  }
  if (typeof value === 'object') return 'base64' in value ? text === value.base64 || Buffer.from(String(value.base64), 'base64').toString('utf8') === text : sameJson(JSON.parse(text), value)
  if (typeof value === 'number') return Number(text) === value || Math.fround(Number(text)) === value
  return text === String(value) || text === String(value).replace(/(\.\d*?)0+(Z?)$/, '$1$2').replace(/\.(Z?)$/, '$1')
}

/** Maps come as lists of pairs there, as objects from us; a struct that is absent cannot be told from one whose fields all are. */
function sameJson(found: unknown, value: unknown): boolean {
  if (typeof found !== 'object' || found === null) return found === value || (found === null && value === null)
  if (value === null) return Object.values(found).every((field) => field === null)
  if (Array.isArray(found)) return Array.isArray(value) && found.length === value.length && found.every((item, i) => sameJson(item, value[i]))
  const pairs = Array.isArray(value) ? (value as [unknown, unknown][]) : Object.entries(value as object)
  return pairs.length === Object.keys(found).length && pairs.every(([key, item]) => sameJson((found as Record<string, unknown>)[String(key)], item))
}

describe.skipIf(!present)(`Parquet files of other programs${absent}`, () => {
  const files = present ? (JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as { file: string }[]).map(({ file }) => file) : []
  test.each(files)('reads or refuses %s', async (name) => {
    const expected = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Expected
    const source = memorySource(readFileSync(join(folder, name)))
    const rows: RawRow[] = []
    let columns: string[] = []
    const read = async () => {
      const layout = await detectLayout(source, { fileName: name })
      columns = layout.columns
      for await (const batch of readRows(source, layout, { batchRows: 7 })) rows.push(...batch)
      return layout.format
    }
    if (expected.error !== undefined) {
      if (name.endsWith('csv-named.parquet')) expect(await read()).toBe('csv')
      else {
        await expect(read()).rejects.toBeInstanceOf(Fault)
        expect(rows).toEqual([])
      }
      return
    }
    expect(await read()).toBe('parquet')
    expect(rows.map(({ row }) => row)).toEqual(Array.from({ length: expected.num_rows }, (_, i) => i + 1))
    const different: string[] = []
    const compare = (row: RawRow | undefined, wanted: Record<string, unknown>) => columns.forEach((column, position) => {
      const value = Object.hasOwn(wanted, column) ? wanted[column] : column.split('.').reduce<unknown>((at, key) => typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : null, wanted)
      const text = row?.cells[position] ?? null
      if (!same(text, value)) different.push(`row ${row?.row} ${column}: ${JSON.stringify(text)} for ${JSON.stringify(value)}`)
    })
    expected.rows.forEach((wanted, i) => compare(rows[i], wanted))
    if (expected.last_row) compare(rows.at(-1), expected.last_row)
    expect(different).toEqual([])
    expect(rows.flatMap(({ faults }) => faults ?? []).map(({ code }) => code).filter((code) => code !== 'read.nul-byte')).toEqual([])
  })
})
