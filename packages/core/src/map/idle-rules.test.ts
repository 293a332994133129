import { describe, expect, it } from 'vitest'
import { parseImportDefinition } from '../definition/parse.ts'
import { standardCatalog } from '../schema/standard/standard-catalog.ts'
import { compileMapping } from './compile-mapping.ts'
import { idleRules } from './idle-rules.ts'

function told(given: object): string[] {
  const definition = parseImportDefinition({ object: 'contacts', match: [['email']], ...given })
  return idleRules(definition, compileMapping({ catalog: standardCatalog(), definition, columns: ['Last Name', 'Email', 'Company'] }))
}

describe('rules that nothing comes of', () => {
  it.each<[string, object, RegExp | null]>([
    ['a merge rule of a field without a column', { operation: 'upsert', merge: { phone: 'never' } }, /^The merge rule for "phone" decides nothing.*--map "Header=phone"/],
    ['a merge rule of a field with one', { operation: 'upsert', merge: { email: 'never' } }, null],
    ['a merge rule of a reference', { operation: 'upsert', merge: { account: 'if-empty' } }, null],
    ['a merge rule of a default', { operation: 'upsert', merge: { title: 'never' }, defaults: { title: 'Buyer' } }, null],
    ['a default of an update', { operation: 'update', defaults: { title: 'Buyer' } }, /^The default for "title" is used for nothing, because "update" makes no records/],
  ])('%s', (_, given, expected) => {
    const sentences = told(given)
    expect(sentences).toHaveLength(expected === null ? 0 : 1)
    if (expected !== null) expect(sentences[0]).toMatch(expected)
  })
})
