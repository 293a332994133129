/**
 * The first bytes of a block packed with Snappy: `most` of them, or all that there are. Null where the block is no sound one so far; who unpacks
 * all of it says why. Format: google/snappy, format_description.txt.
 */
export function snappyBeginning(input: Uint8Array, most: number): Uint8Array | null {
  const out = new Uint8Array(most)
  let filled = 0
  let at = 0
  while (at < 5 && (input[at] ?? 0) >= 0x80) at += 1 // the length of all, which is not needed
  at += 1
  while (at < input.length && filled < most) {
    const tag = input[at++] ?? 0
    if (tag % 4 === 0) {
      let length = (tag >> 2) + 1
      if (length > 60) {
        const bytes = length - 60
        length = littleEndian(input, at, bytes) + 1
        at += bytes
      }
      if (at + length > input.length) return null
      const taken = Math.min(length, most - filled)
      out.set(input.subarray(at, at + taken), filled)
      filled += taken
      at += length
      continue
    }
    const short = tag % 4 === 1
    const bytes = short ? 1 : tag % 4 === 2 ? 2 : 4
    const length = short ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1
    const offset = littleEndian(input, at, bytes) + (short ? (tag >> 5) * 256 : 0)
    at += bytes
    if (offset === 0 || offset > filled) return null
    const end = Math.min(most, filled + length)
    for (; filled < end; filled += 1) out[filled] = out[filled - offset] ?? 0
  }
  return out.subarray(0, filled)
}

function littleEndian(bytes: Uint8Array, at: number, count: number): number {
  let value = 0
  for (let i = 0; i < count; i += 1) value += (bytes[at + i] ?? 0) * 2 ** (8 * i)
  return value
}
