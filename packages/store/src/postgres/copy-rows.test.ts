import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CopyRows } from './copy-rows.ts'

test('reads what COPY writes, wherever its bytes are cut', () => {
  const cell = fc.option(fc.string({ unit: fc.constantFrom('a', 'é', '😀', '\\', '\t', '\n', '\r', '\b', '\f', '\v', 'N', 'n', '.', ' ') }))
  const rows = fc.integer({ min: 1, max: 4 }).chain((columns) => fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { maxLength: 8 }))
  fc.assert(fc.property(rows, fc.integer({ min: 1, max: 9 }), (expected, size) => {
    const bytes = Buffer.from(expected.map((row) => `${row.map(asCopyPrints).join('\t')}\n`).join(''))
    const reader = new CopyRows()
    const read: (string | null)[][] = []
    for (let at = 0; at < bytes.length; at += size) read.push(...reader.push(bytes.subarray(at, at + size)))
    expect(read).toEqual(expected)
  }))
})

test('keeps a byte order mark that begins a value', () => {
  expect(new CopyRows().push(Buffer.from('\uFEFFx\ty\n'))).toEqual([['\uFEFFx', 'y']])
})

const names: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r', '\b': '\\b', '\f': '\\f', '\v': '\\v' }

function asCopyPrints(cell: string | null): string {
  return cell === null ? '\\N' : cell.replace(/[\\\t\n\r\b\f\v]/g, (character) => names[character] ?? character)
}
