/** Two 32-bit lanes written as one 64-bit number: a BigInt made without arithmetic on BigInts. */
const lanes = new Int32Array(2)
const joined = new BigInt64Array(lanes.buffer)

/**
 * Signed 64-bit hash of a normal form, as `match_key` keeps it. Deterministic for ever: stored keys depend on it, so a change of a
 * single bit needs a migration that computes every key again (`hash-key.test.ts` holds fixed vectors).
 *
 * Two multiply-rotate lanes with different constants read the UTF-16 code units in pairs and are mixed into each other at the end.
 * Not cryptographic: somebody who wants two texts with one hash can make them, so whoever joins by hash compares the values as well
 * where a wrong match would do harm.
 */
export function hashKey(text: string): bigint {
  const length = text.length
  let a = 0x3c6ef372
  let b = 0x1f83d9ab
  const even = length & ~1
  for (let i = 0; i < even; i += 2) {
    const pair = text.charCodeAt(i) | (text.charCodeAt(i + 1) << 16)
    a = mixA(a, pair)
    b = mixB(b, pair)
  }
  if (even !== length) {
    const last = text.charCodeAt(even)
    a = mixA(a, last)
    b = mixB(b, last)
  }
  a ^= length
  b ^= Math.imul(length, 0x27d4eb2f)
  a = (a + b) | 0
  b = (b + a) | 0
  a = finish(a)
  b = finish(b)
  a = (a + b) | 0
  b = (b + a) | 0
  // Array order follows the machine; every machine Node runs on today has the low word first.
  lanes[0] = a
  lanes[1] = b
  return joined[0] ?? 0n
}

function mixA(state: number, pair: number): number {
  let k = Math.imul(pair, 0xcc9e2d51)
  k = (k << 15) | (k >>> 17)
  const mixed = state ^ Math.imul(k, 0x1b873593)
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0x561ccd1b) | 0
}

function mixB(state: number, pair: number): number {
  let k = Math.imul(pair, 0x239b961b)
  k = (k << 17) | (k >>> 15)
  const mixed = state ^ Math.imul(k, 0xab0e9789 | 0)
  return (Math.imul((mixed << 18) | (mixed >>> 14), 5) + 0x0bcaa747) | 0
}

/** Every bit of the result depends on every bit of `lane`, and no two lanes give the same result. */
function finish(lane: number): number {
  let h = lane ^ (lane >>> 16)
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return h ^ (h >>> 16)
}
