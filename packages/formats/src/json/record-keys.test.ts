import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { NestedColumns } from '../nested/columns.ts'
import { JsonError, parseRecord } from './parse-record.ts'
import { RecordKeys } from './record-keys.ts'

function parsed(text: string): string[] {
  const columns = new NestedColumns()
  try { parseRecord(text, (path) => columns.add(path)) } catch (error) { if (!(error instanceof JsonError)) throw error }
  return columns.paths()
}

function added(text: string): string[] {
  const columns = new NestedColumns()
  new RecordKeys(columns).add(text)
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

  test('of many records are those of each, whatever the ones before them taught', () => {
    const value = fc.constantFrom<unknown>(1, null, 'x"\\', [], [{ a: '}' }], {}, { a: 1 }, { b: { c: '{' } }, { '\\': 2 })
    const records = fc.array(fc.dictionary(fc.constantFrom('a', 'b', 'c d', '"', '\\', '7', 'é'), value, { maxKeys: 4 }), { minLength: 1, maxLength: 12 })
    fc.assert(fc.property(records, fc.constantFrom(undefined, 1), (list, space) => {
      const columns = new NestedColumns(), each = new NestedColumns()
      const keys = new RecordKeys(columns)
      for (const record of list) {
        const text = JSON.stringify(record, null, space)
        keys.add(text)
        for (const path of parsed(text)) each.add(path)
      }
      expect(columns.paths()).toEqual(each.paths())
    }), { seed: 20_262, numRuns: 500 })
  })

  test.each([
    ['{"a":1,"a":{"x":2}}'], ['{"a":{"x":2},"b":"a: {","a":1}'], ['{"a":{"x":1},"a":{"y":"\\""}}'], ['{"a":[{"x":1,"x":2}]}'],
    ['{"b":1,"2":1,"1":{"10":1,"9":2}}'], ['{"__proto__":{"x":1},"constructor":2}'], ['{"a":{},"b":[],"c":null}'], ['[1,2]'], ['"text"'],
    [`{"deep":${'{"x":'.repeat(20)}1${'}'.repeat(20)}}`],
  ])('are so of %s, too', (text) => { expect(added(text)).toEqual(parsed(text)) })

  test('of broken JSON are said to be none', () => { expect(new RecordKeys(new NestedColumns()).add('{"a":')).toBe(false) })
})
