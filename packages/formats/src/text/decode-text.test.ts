import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { memorySource } from '../memory-source.ts'
import { decodeHead, decodeText } from './decode-text.ts'
import { encodingCalled, encodings } from './encodings.ts'
import type { Encoding } from './encodings.ts'
import { encode } from './testing/encode.ts'

const alphabets: Partial<Record<Encoding, string>> = {
  'utf-16le': 'aö,"\n山😀', 'utf-16be': 'aö,"\n山😀', 'utf-32le': 'aö,"\n山😀', 'utf-32be': 'aö,"\n山😀', 'windows-1252': 'aö€Ž,"\n', 'windows-1250': 'ałŠ,"\n', 'windows-1251': 'aЖя,"\n',
  'windows-1254': 'aşİ,"\n', 'iso-8859-2': 'ałŠ,"\n', 'iso-8859-15': 'aö€Œ,"\n', macintosh: 'aöÄŒ,"\n', 'koi8-r': 'aЖя,"\n', shift_jis: 'a表ソ十ア,"\n', 'euc-jp': 'a表ソ十,"\n',
  gb18030: 'a王小镕,"\n', big5: 'a功許蓋,"\n', 'euc-kr': 'a김똠방,"\n',
}

async function decoded(bytes: Uint8Array, encoding: Encoding, pieceBytes: number): Promise<string> {
  let text = ''
  for await (const block of decodeText(memorySource(bytes, pieceBytes).stream(), encoding)) text += block.text
  return text
}

test.each(Object.entries(alphabets) as [Encoding, string][])('gives back any text of %s, in pieces of every size, and from the beginning of every block', async (encoding, alphabet) => {
  await fc.assert(fc.asyncProperty(fc.array(fc.constantFrom(...alphabet), { maxLength: 60 }).map((characters) => characters.join('')), fc.integer({ min: 1, max: 9 }), async (text, size) => {
    const bytes = encode(text, encoding)
    expect(await decoded(bytes, encoding, size)).toBe(text)
    expect(decodeHead(bytes, encoding, true)).toBe(text)
    expect(text.startsWith(decodeHead(bytes.subarray(0, bytes.length - 1), encoding, false))).toBe(true)
    let before = ''
    for await (const block of decodeText(memorySource(bytes, size).stream(), encoding)) {
      expect(decodeHead(bytes.subarray(block.byteOffset), encoding, true)).toBe(text.slice(before.length))
      before += block.text
    }
  }), { numRuns: 60 })
})

test('cuts a long Chinese text without any ASCII where a character begins', async () => {
  const text = '王小'.repeat(200_000)
  expect(await decoded(encode(text, 'gb18030'), 'gb18030', 1_000)).toBe(text)
})

test.each<[Encoding, number[]]>([
  ['shift_jis', [0x41, 0x81, 0x2c]], ['utf-16le', [0x41, 0, 0x42]], ['utf-16be', [0xd8, 0, 0, 0x41]], ['utf-32le', [0, 0, 0x11, 0]], ['euc-kr', [0xff, 0x0a]],
])('marks what is no text in %s: %j', async (encoding, values) => {
  for (const size of [1, 2, 3, 100]) {
    let suspicious = false
    for await (const block of decodeText(memorySource(Buffer.from(values), size).stream(), encoding)) suspicious ||= block.suspicious && !block.text.isWellFormed()
    expect(suspicious).toBe(true)
  }
})

describe('calling an encoding', () => {
  test.each<[string, Encoding]>([
    ['UTF8', 'utf-8'], ['utf_8', 'utf-8'], ['UTF-16', 'utf-16le'], ['utf-16-le', 'utf-16le'], ['latin1', 'windows-1252'], ['ISO-8859-1', 'windows-1252'], ['iso8859-9', 'windows-1254'],
    ['cp1250', 'windows-1250'], ['1251', 'windows-1251'], ['win1252', 'windows-1252'], ['Mac Roman', 'macintosh'], ['SJIS', 'shift_jis'], ['cp932', 'shift_jis'], ['GBK', 'gb18030'],
    ['cp949', 'euc-kr'], ['latin2', 'iso-8859-2'], ['latin9', 'iso-8859-15'], ['ANSI', 'windows-1252'], ['Big5-HKSCS', 'big5'],
  ])('knows %s', (name, encoding) => { expect(encodingCalled(name)).toBe(encoding) })

  test('knows every encoding by its own name', () => { for (const name of encodings) expect(encodingCalled(name)).toBe(name) })

  test('names the nearest of those there are', () => {
    expect(() => encodingCalled('windows-1259')).toThrow(/windows-125/)
    expect(() => encodingCalled('ebcdic')).toThrow(expect.objectContaining({ code: 'file.encoding' }))
  })
})
