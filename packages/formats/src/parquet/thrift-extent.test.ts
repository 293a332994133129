import { describe, expect, test } from 'vitest'
import { thriftEnd } from './thrift-extent.ts'

describe('the end of a structure', () => {
  test.each<[string, number[], number]>([
    ['an empty one', [0, 9, 9], 1],
    ['a number and a text', [0x15, 0x80, 0x01, 0x18, 2, 0x41, 0x42, 0], 8],
    ['a list of structures', [0x19, 0x2c, 0x15, 2, 0, 0, 0], 7],
    ['one within another', [0x1c, 0x11, 0, 0, 7], 4],
  ])('is found for %s', (_, bytes, end) => {
    expect(thriftEnd(Uint8Array.from(bytes), 0)).toBe(end)
  })

  test.each<[string, Uint8Array]>([
    ['a number of a million digits', Uint8Array.from([0x16, ...new Array<number>(1_000_000).fill(0x80)])],
    ['a list of more elements than bytes', Uint8Array.from([0x19, 0xf5, 0xff, 0xff, 0xff, 0x7f, 0])],
    ['a text that goes beyond the end', Uint8Array.from([0x18, 0x7f, 0])],
    ['structures within structures without end', new Uint8Array(10_000).fill(0x1c)],
    ['a type that the format does not use', Uint8Array.from([0x1b, 0, 0])],
    ['no end', Uint8Array.from([0x15, 2])],
  ])('is refused for %s', (_, bytes) => {
    expect(() => thriftEnd(bytes, 0)).toThrow(RangeError)
  })
})
