import { compressors } from 'hyparquet-compressors'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { snappyBeginning } from './snappy-beginning.ts'

/** A block of literals and copies as a writer of Snappy may make it, and the length of what it unpacks to. */
const block = fc.array(fc.oneof(
  fc.record({ kind: fc.constant('text' as const), bytes: fc.uint8Array({ minLength: 1, maxLength: 300 }) }),
  fc.record({ kind: fc.constant('copy' as const), length: fc.integer({ min: 1, max: 64 }), back: fc.integer({ min: 1, max: 400 }), wide: fc.boolean() }),
), { minLength: 1, maxLength: 40 }).map((parts) => {
  const out: number[] = []
  let size = 0
  for (const part of parts) {
    if (part.kind === 'text') {
      const last = part.bytes.length - 1
      if (last < 60) out.push(last << 2)
      else if (last < 256) out.push(60 << 2, last)
      else out.push(61 << 2, last % 256, last >> 8)
      out.push(...part.bytes)
      size += part.bytes.length
    } else if (size > 0) {
      const back = Math.min(part.back, size)
      if (part.wide) out.push(((part.length - 1) << 2) + 3, back % 256, back >> 8, 0, 0)
      else if (part.length >= 4 && part.length < 12) out.push(((back >> 8) << 5) + ((part.length - 4) << 2) + 1, back % 256)
      else out.push(((part.length - 1) << 2) + 2, back % 256, back >> 8)
      size += part.length
    }
  }
  const head: number[] = []
  for (let rest = size; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) { head.push(rest); break }
    head.push(rest % 128 + 128)
  }
  return { bytes: Uint8Array.from([...head, ...out]), size }
})

test('the beginning of a Snappy block is that of what the library unpacks', () => {
  fc.assert(fc.property(block, fc.integer({ min: 0, max: 4_000 }), ({ bytes, size }, most) => {
    const all = size === 0 ? new Uint8Array(0) : compressors.SNAPPY?.(bytes, size) ?? new Uint8Array(0)
    expect(Buffer.from(snappyBeginning(bytes, most) ?? []).equals(Buffer.from(all.subarray(0, most)))).toBe(true)
  }), { seed: 20_262, numRuns: 500 })
})

test('a copy from before the beginning, and a text that is cut, are no sound blocks', () => {
  expect(snappyBeginning(Uint8Array.of(9, 0, 65, 1, 5), 100)).toBeNull()
  expect(snappyBeginning(Uint8Array.of(9, 20 << 2, 65), 100)).toBeNull()
})
