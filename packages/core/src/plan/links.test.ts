import { describe, expect, test } from 'vitest'
import type { MergeRule } from '../definition/import.ts'
import { parseImportDefinition } from '../definition/parse.ts'
import { compileMapping } from '../map/compile-mapping.ts'
import { standardCatalog } from '../schema/standard/standard-catalog.ts'
import { link, linkRules, linkSlots, linkValues } from './links.ts'
import type { Ages } from './merge.ts'

function notes(columns: { header: string; field: string; blankClears?: boolean }[]) {
  const definition = parseImportDefinition({ object: 'notes', columns, autoMap: false, defaults: { title: 'x' } })
  const { targets } = compileMapping({ catalog: standardCatalog(), definition, columns: columns.map(({ header }) => header) })
  const slots = linkSlots(targets)
  return { targets, slots, rules: linkRules(slots, targets) }
}

const ages: Ages = { row: '2025-02-01T00:00:00Z', field: () => '2025-01-01T00:00:00Z' }
const blank = (cells: number): null[] => Array.from({ length: cells }, () => null)

describe('linkSlots', () => {
  test('has the ways that columns describe first, then the other objects of their references', () => {
    const { slots } = notes([{ header: 'A', field: 'related_to.accounts.name' }, { header: 'B', field: 'related_to.contacts.email' }])
    expect(slots.map(({ object, through }) => [object, through])).toEqual([
      ['accounts', 'related_to.accounts'], ['contacts', 'related_to.contacts'], ['leads', null], ['deals', null], ['tickets', null],
    ])
  })
})

describe('link', () => {
  const { targets, rules } = notes([{ header: 'A', field: 'related_to.accounts.name' }, { header: 'B', field: 'related_to.contacts.email' }])
  const cells = blank(targets.length)

  test('leads a reference to one record at most: another object takes the place of the former', () => {
    expect(link(rules, [7n, null, null, null, null], { refs: [null, 8n, null, null, null], cells }, ages).refs).toEqual([null, 8n, null, null, null])
    expect(link(rules, [null, null, null, 7n, null], { refs: [9n, null, null, null, null], cells }, ages).refs).toEqual([9n, null, null, null, null])
  })

  test('gives the very list back where nothing changes', () => {
    const old = [7n, null, null, null, null]
    expect(link(rules, old, { refs: [7n, null, null, null, null], cells }, ages).refs).toBe(old)
    expect(link(rules, old, { refs: blank(5), cells }, ages).refs).toBe(old)
  })

  test.each<[MergeRule, bigint, boolean]>([['always', 8n, false], ['never', 7n, false], ['if-empty', 7n, false], ['if-newer', 8n, false]])('%s', (merge, after, older) => {
    const one = notes([{ header: 'A', field: 'related_to.accounts.name' }])
    const linked = link(linkRules(one.slots, one.targets.map((target) => ({ ...target, merge }))), [7n, null, null, null, null], { refs: [8n, null, null, null, null], cells }, ages)
    expect([linked.refs[0], linked.older]).toEqual([after, older])
  })

  test('an empty cell takes a link away only where a column says so and no other cell of the reference is filled', () => {
    const one = notes([{ header: 'A', field: 'related_to.accounts.name', blankClears: true }, { header: 'B', field: 'related_to.accounts.external_id' }])
    const old = [7n, null, null, null, null]
    const row = (...texts: (string | null)[]) => ({ refs: blank(5), cells: one.targets.map((_, i) => texts[i] ?? null) })
    expect(link(one.rules, old, row(null, null), ages).refs).toEqual(blank(5))
    expect(link(one.rules, old, row(null, 'missing'), ages).refs).toBe(old)
  })
})

test('linkValues names the object of a reference that may lead to several', () => {
  const { slots, rules } = notes([{ header: 'A', field: 'related_to.accounts.name' }])
  expect(linkValues(rules, slots, [null, null, null, 7n, null])).toEqual([['related_to', '7'], ['related_to_object', 'deals']])
  expect(linkValues(rules, slots, blank(5))).toEqual([['related_to', null], ['related_to_object', null]])
})

test('columns lead to seven related records at most where missing ones are made', () => {
  const columns = ['From', 'From type', 'To', 'To type']
  const compiled = (missingReference: 'error' | 'create') => compileMapping({ catalog: standardCatalog(), definition: parseImportDefinition({ object: 'associations', missingReference }), columns })
  expect(() => compiled('create')).toThrowError(/makes missing records can lead to 7 related records, and these lead to 18/)
  expect(linkSlots(compiled('error').targets)).toHaveLength(18)
})
