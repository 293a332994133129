import { describe, expect, test } from 'vitest'
import type { MergeRule } from '../definition/import.ts'
import { encodeList } from '../fields/list-literal.ts'
import type { Target } from '../map/mapping.ts'
import { findField, findObject } from '../schema/catalog.ts'
import { standardCatalog } from '../schema/standard/standard-catalog.ts'
import { append, takeOut } from './append.ts'
import { isLater } from './later.ts'
import { merge } from './merge.ts'

const contacts = findObject(standardCatalog(), 'contacts')
if (!contacts) throw new Error('the standard catalog has contacts')

function target(name: string, rule: MergeRule, blankClears = false): Target {
  const field = contacts && findField(contacts, name)
  if (!contacts || !field) throw new Error(`contacts have no ${name}`)
  return { path: name, field, object: contacts, reference: null, column: 0, header: name, nameFrom: null, transforms: [], reading: {}, default: null, blankClears, merge: rule, companionOf: null }
}
const list = (...values: string[]): string => encodeList(values)
const [january, february, march] = ['2025-01-01T00:00:00Z', '2025-02-01T00:00:00Z', '2025-03-01T00:00:00Z']

describe('merge', () => {
  // [fact, field, rule, blank clears, old, incoming, age of the row, age of the field, afterwards]
  const cases: [string, string, MergeRule, boolean, string | null, string | null, string | null, string | null, string | null][] = [
    ['always overwrites', 'title', 'always', false, 'CEO', 'CFO', null, null, 'CFO'],
    ['an empty cell changes nothing', 'title', 'always', false, 'CEO', null, null, null, 'CEO'],
    ['an empty cell clears where the column says so', 'title', 'always', true, 'CEO', null, null, null, null],
    ['a field that a record must have is never cleared', 'last_name', 'always', true, 'Lovelace', null, null, null, 'Lovelace'],
    ['never preserves what is there', 'title', 'never', true, 'CEO', 'CFO', null, null, 'CEO'],
    ['never fills no blank', 'title', 'never', false, null, 'CFO', null, null, null],
    ['if-empty fills a blank', 'title', 'if-empty', false, null, 'CFO', null, null, 'CFO'],
    ['if-empty leaves a value', 'title', 'if-empty', true, 'CEO', 'CFO', null, null, 'CEO'],
    ['if-newer takes newer data', 'title', 'if-newer', false, 'CEO', 'CFO', february, january, 'CFO'],
    ['if-newer leaves newer data', 'title', 'if-newer', false, 'CEO', 'CFO', january, february, 'CEO'],
    ['equal is not newer', 'title', 'if-newer', false, 'CEO', 'CFO', january, '2025-01-01T00:00:00.000Z', 'CEO'],
    ['data whose age nobody knows is older', 'title', 'if-newer', false, 'CEO', 'CFO', january, null, 'CFO'],
    ['a row without its modified time is not newer', 'title', 'if-newer', false, 'CEO', 'CFO', null, null, 'CEO'],
    ['if-newer clears by a newer blank', 'title', 'if-newer', true, 'CEO', null, march, february, null],
    ['append unites tags', 'tags', 'append', false, list('a', 'b'), list('B', 'c'), null, null, list('a', 'b', 'c')],
    ['append of what is there changes nothing', 'tags', 'append', false, list('a', 'b'), list('b'), null, null, list('a', 'b')],
    ['append to nothing is the value', 'tags', 'append', false, null, list('a'), null, null, list('a')],
    ['append adds a line to a long text', 'description', 'append', false, 'Met in May.', 'Called.', null, null, 'Met in May.\nCalled.'],
    ['append of the same last line says nothing twice', 'description', 'append', false, 'Met in May.\nCalled.', 'Called.', null, null, 'Met in May.\nCalled.'],
  ]
  test.each(cases)('%s', (_, name, rule, blankClears, old, incoming, row, field, after) => {
    expect(merge([target(name, rule, blankClears)], [old], [incoming], null, { row, field: () => field }).values).toEqual([after])
  })

  test('says that it held a value back because the record is newer', () => {
    const rules = [target('title', 'if-newer'), target('department', 'if-newer')]
    expect(merge(rules, ['CEO', 'x'], ['CFO', 'x'], null, { row: january, field: () => february })).toMatchObject({ values: ['CEO', 'x'], older: true })
    expect(merge(rules, ['CEO', 'x'], ['CEO', 'x'], null, { row: january, field: () => february })).toMatchObject({ older: false })
  })

  test('asks each field for its own age', () => {
    const ages = { row: february, field: (name: string) => (name === 'title' ? march : january) }
    expect(merge([target('title', 'if-newer'), target('department', 'if-newer')], ['CEO', 'x'], ['CFO', 'y'], null, ages).values).toEqual(['CEO', 'y'])
  })

  test('tells a text that would grow beyond its field', () => {
    const { tooLong } = merge([target('description', 'append')], ['x'.repeat(131_072)], ['y'], null, { row: null, field: () => null })
    expect(tooLong).toBe(0)
  })

  test('a default is for new records only', () => {
    expect(merge([target('title', 'always', true)], ['CEO'], ['Unknown'], new Set([0]), { row: null, field: () => null }).values).toEqual(['CEO'])
  })
})

describe('takeOut', () => {
  const cases: [string, 'tags' | 'long-text' | 'text', string | null, string | null, string | null, string | null][] = [
    ['takes added tags out and leaves those of others', 'tags', list('a', 'new', 'theirs'), list('a'), list('a', 'new'), list('a', 'theirs')],
    ['cannot tell where the change replaced tags', 'tags', list('new', 'theirs'), list('a'), list('new'), null],
    ['takes an added line out and leaves later ones', 'long-text', 'a\nnew\ntheirs', 'a', 'a\nnew', 'a\ntheirs'],
    ['cannot tell where the text was rewritten', 'long-text', 'A\nnew', 'a', 'a\nnew', null],
    ['does not take a part of a line', 'long-text', 'a\nnewer', 'a', 'a\nnew', null],
    ['is not for other fields', 'text', 'b c', 'a', 'b', null],
  ]
  test.each(cases)('%s', (_, kind, current, before, after, left) => {
    expect(takeOut(kind, current, before, after)).toBe(left)
  })

  test('what append added is what it takes out', () => {
    for (const [kind, old, added] of [['tags', list('a'), list('b', 'A')], ['long-text', 'one\ntwo', 'three']] as const) {
      const after = append(kind, old, added)
      expect(takeOut(kind, after, old, after)).toBe(old)
    }
  })
})

test.each([
  ['2025-01-02T00:00:00Z', '2025-01-01T00:00:00Z', true], ['2025-01-01T00:00:00Z', '2025-01-01T00:00:00.0Z', false],
  ['2025-01-01T00:00:00.5Z', '2025-01-01T00:00:00Z', true], ['2025-01-01T00:00:00.25Z', '2025-01-01T00:00:00.250Z', false],
  ['2025-01-01T00:00:00Z', '2025-01-01T00:00:00.1Z', false], [null, null, false], ['2025-01-01T00:00:00Z', null, true],
] as const)('%s is later than %s: %s', (a, b, later) => {
  expect(isLater(a, b)).toBe(later)
})
