import { describe, expect, test } from 'vitest'
import { quoteIdentifier, quoteLiteral } from './quote.ts'

describe('quoteIdentifier', () => {
  test.each([['contacts', '"contacts"'], ['a"b', '"a""b"'], ['select', '"select"'], ['ä'.repeat(31), `"${'ä'.repeat(31)}"`]])(
    'writes %s as %s', (name, sql) => { expect(quoteIdentifier(name)).toBe(sql) })

  test.each(['', 'a\0b', 'x'.repeat(64), 'ä'.repeat(32)])('refuses %j', (name) => {
    expect(() => quoteIdentifier(name)).toThrow(expect.objectContaining({ code: 'db.name' }) as Error)
  })
})

describe('quoteLiteral', () => {
  test.each([['a', `'a'`], [`it's`, `'it''s'`], [String.raw`a\'b`, String.raw` E'a\\''b'`], ['', `''`]])(
    'writes %s as %s', (text, sql) => { expect(quoteLiteral(text)).toBe(sql) })
})
