/** Numbers of a page that were packed as runs: levels, and places in the dictionary. */
export type RunNumbers = Uint8Array | Uint16Array | Uint32Array

/**
 * Unpacks `count` numbers of `width` bits from runs (RLE and bit-packed ones mixed), which lie in `bytes` from `start` to `end`. Bounded by
 * `count`, whatever a run says of its own length. Throws a RangeError where the runs hold fewer.
 */
export function unpackRuns(bytes: Uint8Array, start: number, end: number, width: number, count: number): RunNumbers {
  if (width > 32) throw new RangeError('numbers of more than 32 bits')
  const numbers = width <= 8 ? new Uint8Array(count) : width <= 16 ? new Uint16Array(count) : new Uint32Array(count)
  if (width === 0) return numbers
  const valueBytes = Math.ceil(width / 8)
  let at = start
  let filled = 0
  while (filled < count) {
    let head = 0
    for (let shift = 0; ; shift += 7) {
      if (at >= end || shift > 28) throw new RangeError('the runs end too soon')
      const part = bytes[at++] ?? 0
      head += (part & 0x7f) * 2 ** shift
      if (part < 0x80) break
    }
    if (head % 2 === 0) {
      if (at + valueBytes > end) throw new RangeError('the runs end too soon')
      let value = 0
      for (let i = 0; i < valueBytes; i += 1) value += (bytes[at + i] ?? 0) * 2 ** (8 * i)
      at += valueBytes
      const to = Math.min(count, filled + head / 2)
      numbers.fill(value, filled, to)
      filled = to
    } else {
      const packed = (head - 1) / 2 * 8
      const taken = Math.min(packed, count - filled)
      if (at + Math.ceil(taken * width / 8) > end) throw new RangeError('the runs end too soon')
      if (width <= 24) unpackShort(bytes, at, width, numbers, filled, filled + taken)
      else unpackLong(bytes, at, width, numbers, filled, filled + taken)
      at = Math.min(end, at + packed * width / 8) // the last one may lack its padding
      filled += taken
    }
  }
  return numbers
}

function unpackShort(bytes: Uint8Array, start: number, width: number, numbers: RunNumbers, from: number, to: number): void {
  const mask = (1 << width) - 1
  let at = start
  let held = 0
  let bits = 0
  for (let i = from; i < to; i += 1) {
    while (bits < width) {
      held |= (bytes[at++] ?? 0) << bits
      bits += 8
    }
    numbers[i] = held & mask
    held >>>= width
    bits -= width
  }
}

/** Wider than 24 bits, where 32 do not hold what is left of the byte before, too. */
function unpackLong(bytes: Uint8Array, start: number, width: number, numbers: RunNumbers, from: number, to: number): void {
  let at = start
  let held = 0
  let bits = 0
  for (let i = from; i < to; i += 1) {
    while (bits < width) {
      held += (bytes[at++] ?? 0) * 2 ** bits
      bits += 8
    }
    numbers[i] = held % 2 ** width
    held = Math.floor(held / 2 ** width)
    bits -= width
  }
}
