import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { PackedRuns } from './level-runs.ts'

function unpackRuns(bytes: Buffer, width: number, count: number): number[] {
  return [...new PackedRuns(bytes, 0, bytes.length, width).take(count)]
}

interface Run { repeated: boolean; values: number[] }

/** Packs numbers as runs, the way the format says. */
function pack(runs: readonly Run[], width: number): Buffer {
  const bytes: number[] = []
  const varint = (value: number): void => { for (let rest = value; ; rest = Math.floor(rest / 128)) { bytes.push(rest % 128 + (rest >= 128 ? 128 : 0)); if (rest < 128) return } }
  for (const { repeated, values } of runs) {
    if (repeated) {
      varint(values.length * 2)
      for (let i = 0; i < Math.ceil(width / 8); i += 1) bytes.push(Math.floor((values[0] ?? 0) / 2 ** (8 * i)) % 256)
    } else {
      varint(values.length / 8 * 2 + 1)
      const bits = values.flatMap((value) => Array.from({ length: width }, (_, bit) => Math.floor(value / 2 ** bit) % 2))
      for (let i = 0; i < bits.length; i += 8) bytes.push(bits.slice(i, i + 8).reduce((sum, bit, at) => sum + bit * 2 ** at, 0))
    }
  }
  return Buffer.from(bytes)
}

describe('packed runs', () => {
  test('give the numbers that were packed, in any width and mixture', () => {
    const anyRuns = fc.integer({ min: 1, max: 32 }).chain((width) => {
      const number = fc.integer({ min: 0, max: 2 ** width - 1 })
      const repeated = fc.tuple(number, fc.integer({ min: 1, max: 300 })).map(([value, count]): Run => ({ repeated: true, values: new Array<number>(count).fill(value) }))
      const packed = fc.integer({ min: 1, max: 5 }).chain((groups) => fc.array(number, { minLength: groups * 8, maxLength: groups * 8 })).map((values): Run => ({ repeated: false, values }))
      return fc.record({ width: fc.constant(width), runs: fc.array(fc.oneof(repeated, packed), { minLength: 1, maxLength: 6 }) })
    })
    fc.assert(fc.property(anyRuns, ({ width, runs }) => {
      const bytes = pack(runs, width)
      const values = runs.flatMap((run) => run.values)
      expect(unpackRuns(bytes, width, values.length)).toEqual(values)
    }), { seed: 20_261, numRuns: 200 })
  })

  test('give the same numbers a few at a time', () => {
    const runs: Run[] = [{ repeated: false, values: Array.from({ length: 24 }, (_, i) => i % 8) }, { repeated: true, values: new Array<number>(10).fill(5) }, { repeated: false, values: Array.from({ length: 16 }, (_, i) => 7 - i % 8) }]
    for (const width of [3, 11, 27]) {
      const values = runs.flatMap((run) => run.values)
      const bytes = pack(runs, width)
      for (const step of [1, 3, 7, 13]) {
        const packed = new PackedRuns(bytes, 0, bytes.length, width)
        const found: number[] = []
        while (found.length < values.length) found.push(...packed.take(Math.min(step, values.length - found.length)))
        expect(found, `${width} bits, ${step} at a time`).toEqual(values)
      }
    }
  })

  test('are held to the count that was asked for, whatever they say of themselves', () => {
    expect(unpackRuns(Buffer.from([0xfe, 0xff, 0xff, 0xff, 0x0f, 1]), 1, 3)).toEqual([1, 1, 1])
    expect(unpackRuns(Buffer.from([0xff, 0xff, 0xff, 0xff, 0x0f, 0b101]), 1, 3)).toEqual([1, 0, 1])
    expect(unpackRuns(Buffer.alloc(0), 0, 4)).toEqual([0, 0, 0, 0])
  })

  test.each([
    ['nothing at all', []],
    ['runs of no length', [0, 1, 0, 1, 0, 1]],
    ['a length without an end', [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 1]],
    ['a run whose number is missing', [8]],
    ['packed numbers that are missing', [5]],
  ])('are refused where they hold %s', (_, bytes) => {
    expect(() => unpackRuns(Buffer.from(bytes), 3, 9)).toThrow(RangeError)
  })
})
