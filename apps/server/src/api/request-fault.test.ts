import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { parseRequest, RequestFault } from './request-fault.ts'

const schema = z.strictObject({
  name: z.string().min(1).max(5), days: z.coerce.number().int().max(366), right: z.enum(['read', 'write']), all: z.stringbool(), at: z.url(),
  file: z.union([z.strictObject({ upload: z.string(), name: z.string() }), z.strictObject({ url: z.string() })]),
  fix: z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('fill'), value: z.string() }), z.strictObject({ kind: z.literal('leave-out') })]),
  rows: z.array(z.number()).max(2), moment: z.string().regex(/Z$/, 'is no moment'), password: z.string().max(3), values: z.record(z.string(), z.unknown()), note: z.string(),
}).partial()

describe('what is said of a request that does not fit', () => {
  test.each<[unknown, string, string]>([
    [{ name: 7 }, 'body.name', 'takes a text; found 7'],
    [{ name: 'longer' }, 'body.name', 'takes at most 5 characters; found 6'],
    [{ name: '' }, 'body.name', 'takes at least 1 character; found none'],
    [{ days: 'undefined' }, 'body.days', 'takes a number; found "undefined"'],
    [{ days: '1.5' }, 'body.days', 'takes a whole number; found "1.5"'],
    [{ days: 1000 }, 'body.days', 'takes at most 366; found 1000'],
    [{ right: 'fly' }, 'body.right', 'takes one of "read", "write"; found "fly"'],
    [{ all: 'maybe' }, 'body.all', 'takes true or false; found "maybe"'],
    [{ at: 'nope' }, 'body.at', 'takes an address, such as https://example.com/path; found "nope"'],
    [{ file: {} }, 'body.file', 'takes upload and name, or url; found none of it'],
    [{ file: { upload: 'x' } }, 'body.file.name', 'is missing: it takes a text'],
    [{ file: { url: 5 } }, 'body.file.url', 'takes a text; found 5'],
    [{ file: { url: 'x', more: 1 } }, 'body.file.more', 'is not known here, or cannot be set: leave it out'],
    [{ fix: { kind: 'edit' } }, 'body.fix.kind', 'takes one of "fill", "leave-out"; found "edit"'],
    [{ rows: [1, 2, 3] }, 'body.rows', 'takes at most 2 entries; found 3'],
    [{ rows: [1, null] }, 'body.rows[1]', 'takes a number; found null'],
    [{ moment: 'soon' }, 'body.moment', 'is no moment'],
    [{ password: 12345 }, 'body.password', 'takes a text; found something else'],
    [{ note: 'a\0b' }, 'body.note', 'holds the character NUL, which cannot be kept: remove it'],
    [{ fix: { kind: 'fill', value: '\ud800' } }, 'body.fix.value', 'holds half a character (a surrogate alone), which cannot be kept: remove it'],
    [[1], 'body', 'takes an object; found a list'],
  ])('%j', (value, path, message) => {
    expect(errorsOf(value)).toEqual([{ path, message }])
  })

  test('values of records are looked at by themselves', () => {
    expect(errorsOf({ values: { last_name: 'a\0b' } })).toEqual([])
    expect(errorsOf({ values: { last_name: 'kept' }, note: '\0' })).toHaveLength(1)
  })
})

function errorsOf(value: unknown): unknown {
  try {
    parseRequest([{ name: 'body', schema, value }])
    return []
  } catch (error) {
    if (error instanceof RequestFault) return error.errors
    throw error
  }
}
