/** Numbers that look random and are the same for the same seed. */
export function numbers(seed: number): (below: number) => number {
  let state = seed >>> 0 || 1
  return (below) => {
    state ^= state << 13; state >>>= 0
    state ^= state >>> 17
    state ^= state << 5; state >>>= 0
    return state % below
  }
}

/** Flips bits, cuts the end off, overwrites a run, or doubles or drops a piece. */
export function damage(file: Buffer, seed: number): Buffer {
  const next = numbers(seed * 7_919)
  const bytes = Buffer.from(file)
  const at = next(bytes.length)
  switch (next(5)) {
    case 0: for (let i = 0; i <= next(8); i += 1) { const place = next(bytes.length); bytes[place] = (bytes[place] ?? 0) ^ (1 << next(8)) } return bytes
    case 1: return bytes.subarray(0, at)
    case 2: return bytes.fill(next(256), at, Math.min(bytes.length, at + next(64)))
    case 3: return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + next(200))])
    default: return Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.max(0, at - next(200)))])
  }
}
