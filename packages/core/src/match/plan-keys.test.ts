import { describe, expect, it } from 'vitest'
import { parseImportDefinition } from '../definition/parse.ts'
import { compileMapping } from '../map/compile-mapping.ts'
import { smallCatalog } from '../map/testing/small-catalog.ts'
import { describeKey } from './describe-key.ts'
import { hashKey } from './hash-key.ts'
import { keysOf } from './keys-of.ts'
import { planKeys } from './plan-keys.ts'

function keysFor(document: object, columns: string[]) {
  const definition = parseImportDefinition(document)
  const mapping = compileMapping({ catalog: smallCatalog, definition, columns })
  return planKeys({ catalog: smallCatalog, mapping, definition })
}
const named = (document: object, columns: string[]) => keysFor(document, columns).map(({ object, reference, criterion, rule }) => [object, reference, criterion, rule])

describe('planKeys', () => {
  it('begins with the match criteria in their order, then the other rules in force', () => {
    expect(named({ object: 'contacts', match: [['external_id']] }, ['Last Name', 'Email', 'External ID'])).toEqual([
      ['contacts', null, 'external_id', 2], ['contacts', null, 'email', 1],
    ])
  })

  it('gives a criterion that is not in force rule 0', () => {
    expect(named({ object: 'contacts', match: [['last_name', 'phone'], ['email']] }, ['Last Name', 'Phone', 'Email'])).toEqual([
      ['contacts', null, 'last_name+phone', 0], ['contacts', null, 'email', 1],
    ])
  })

  it('reads a reference inside a criterion as the name of its record', () => {
    const [key] = keysFor({ object: 'contacts', match: [['last_name', 'account']] }, ['Company', 'Last Name'])
    expect(key).toMatchObject({ criterion: 'last_name+account', targets: [1, 0], forms: ['text', 'text'], reference: null })
  })

  it('adds the keys that find a referenced record, its reference key first', () => {
    expect(named({ object: 'contacts' }, ['Last Name', 'account.external_id', 'Company'])).toEqual([
      ['accounts', 'account', 'name', 3], ['accounts', 'account', 'external_id', 4],
    ])
  })

  it('holds each key once', () => {
    expect(named({ object: 'contacts', match: [['email'], ['email']] }, ['Last Name', 'Email'])).toEqual([['contacts', null, 'email', 1]])
    expect(named({ object: 'contacts', match: [['last_name', 'phone'], ['phone', 'last_name']] }, ['Last Name', 'Phone'])).toHaveLength(1)
  })

  it('survives JSON', () => {
    const keys = keysFor({ object: 'contacts', match: [['email']] }, ['Last Name', 'Email', 'Company'])
    expect(JSON.parse(JSON.stringify(keys))).toEqual(keys)
  })
})

describe('keysOf', () => {
  const keys = keysFor({ object: 'contacts', match: [['email'], ['last_name', 'account']] }, ['Last Name', 'Email', 'Company'])

  it('hashes normal forms, so that notations of one value meet', () => {
    expect(keysOf(['Lovelace', 'ADA@example.com', 'Acme, Inc.'], keys)).toEqual(keysOf(['LOVELACE', 'ada@example.com', 'Acme Inc'], keys))
    expect(keysOf([null, 'ADA@example.com', null], keys)[0]).toBe(hashKey('ada@example.com'))
  })

  it('is null where any part is empty', () => {
    expect(keysOf(['Lovelace', null, null], keys)).toEqual([null, null, null])
  })

  it('tells parts of a composite key apart', () => {
    expect(keysOf(['ab', null, 'c'], keys)[1]).not.toBe(keysOf(['a', null, 'bc'], keys)[1])
  })

  it('names a key with its values in words', () => {
    expect(keys.map((key) => describeKey(key, ['Lovelace', 'ada@example.com', 'Acme']))).toEqual([
      'email "ada@example.com"', 'last_name "Lovelace" and account "Acme"', 'account.name "Acme"',
    ])
    expect(keys.map((key) => describeKey(key, ['Lovelace', 'ada@example.com', 'Acme'], (target) => ['Last name', 'Email', 'Name'][target]))).toEqual([
      'Email "ada@example.com"', 'Last name "Lovelace" and Name "Acme"', 'Name "Acme"',
    ])
  })
})
