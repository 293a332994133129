import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { NestedColumns } from '../nested/columns.ts'
import { JsonError, parseRecord } from './parse-record.ts'
import { addRecordKeys } from './record-keys.ts'

function parsed(text: string): string[] {
  const columns = new NestedColumns()
  try { parseRecord(text, (path) => columns.add(path)) } catch (error) { if (!(error instanceof JsonError)) throw error }
  return columns.paths()
}

function added(text: string): string[] {
  const columns = new NestedColumns()
  addRecordKeys(text, columns)
  return columns.paths()
}

describe('keys of a record', () => {
  test('are those that reading it gives, in the same order', () => {
    fc.assert(fc.property(fc.object({ maxDepth: 4 }), (record) => {
      const text = JSON.stringify(record)
      expect(added(text)).toEqual(parsed(text))
    }), { seed: 20_262, numRuns: 500 })
  })

  test('are so where keys stand twice in one object, with other values', () => {
    const { record } = fc.letrec<{ record: string; value: string }>((tie) => ({
      record: fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c:"{', '\\', '7'), tie('value')), { maxLength: 4 }).map((entries) => `{${entries.map(([key, value]) => `${JSON.stringify(key)}: ${value}`).join(', ')}}`),
      value: fc.oneof({ maxDepth: 4 }, fc.constantFrom('1', 'null', '[]', '"b:{"', '[{"a": {"x": 1}, "a": 2}]'), tie('record')),
    }))
    fc.assert(fc.property(record, (text) => {
      expect(added(text)).toEqual(parsed(text))
    }), { seed: 20_262, numRuns: 1_000 })
  })

  test.each([
    ['{"a":1,"a":{"x":2}}'], ['{"a":{"x":2},"b":"a: {","a":1}'], ['{"a":{"x":1},"a":{"y":"\\""}}'], ['{"a":[{"x":1,"x":2}]}'],
    ['{"b":1,"2":1,"1":{"10":1,"9":2}}'], ['{"__proto__":{"x":1},"constructor":2}'], ['{"a":{},"b":[],"c":null}'], ['[1,2]'], ['"text"'],
    [`{"deep":${'{"x":'.repeat(20)}1${'}'.repeat(20)}}`],
  ])('are so of %s, too', (text) => { expect(added(text)).toEqual(parsed(text)) })

  test('of broken JSON are said to be none', () => { expect(addRecordKeys('{"a":', new NestedColumns())).toBe(false) })
})
