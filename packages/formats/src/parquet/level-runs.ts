/** Numbers of a page that were packed as runs: levels, and places in the dictionary. */
export type RunNumbers = Uint8Array | Uint16Array | Uint32Array

/**
 * Unpacks numbers of `width` bits from runs (RLE and bit-packed ones mixed), which lie in `bytes` from `start` to `end`: as many at a time as are
 * asked for, so that the first rows of a page do not wait for all of it. Bounded by what is asked, whatever a run says of its own length.
 */
export class PackedRuns {
  readonly #bytes: Uint8Array
  readonly #end: number
  readonly #width: number
  #at: number
  /** Numbers of the run that is open; of a packed one those that were taken, else the number that repeats. */
  #left = 0
  #packed = false
  #taken = 0
  #value = 0

  constructor(bytes: Uint8Array, start: number, end: number, width: number) {
    if (width > 32) throw new RangeError('numbers of more than 32 bits')
    this.#bytes = bytes
    this.#at = start
    this.#end = end
    this.#width = width
  }

  /** The next `count` numbers. Throws a RangeError where the runs hold fewer. */
  take(count: number): RunNumbers {
    const width = this.#width
    const numbers = width <= 8 ? new Uint8Array(count) : width <= 16 ? new Uint16Array(count) : new Uint32Array(count)
    if (width === 0) return numbers
    for (let filled = 0; filled < count;) {
      if (this.#left === 0) this.#open()
      const to = Math.min(count, filled + this.#left)
      if (this.#packed) this.#unpack(numbers, filled, to)
      else numbers.fill(this.#value, filled, to)
      this.#left -= to - filled
      if (this.#packed && this.#left === 0) this.#at = Math.min(this.#end, this.#at + this.#taken * width / 8) // the last one may lack its padding
      filled = to
    }
    return numbers
  }

  #open(): void {
    let head = 0
    for (let shift = 0; ; shift += 7) {
      if (this.#at >= this.#end || shift > 28) throw new RangeError('the runs end too soon')
      const part = this.#bytes[this.#at++] ?? 0
      head += (part & 0x7f) * 2 ** shift
      if (part < 0x80) break
    }
    this.#packed = head % 2 === 1
    this.#taken = 0
    this.#left = this.#packed ? (head - 1) / 2 * 8 : head / 2
    if (this.#packed) return
    const valueBytes = Math.ceil(this.#width / 8)
    if (this.#at + valueBytes > this.#end) throw new RangeError('the runs end too soon')
    this.#value = 0
    for (let i = 0; i < valueBytes; i += 1) this.#value += (this.#bytes[this.#at + i] ?? 0) * 2 ** (8 * i)
    this.#at += valueBytes
  }

  #unpack(numbers: RunNumbers, from: number, to: number): void {
    const firstBit = this.#taken * this.#width
    this.#taken += to - from
    if (this.#at + Math.ceil(this.#taken * this.#width / 8) > this.#end) throw new RangeError('the runs end too soon')
    const start = this.#at + Math.floor(firstBit / 8)
    if (this.#width <= 24) unpackShort(this.#bytes, start, firstBit % 8, this.#width, numbers, from, to)
    else unpackLong(this.#bytes, start, firstBit % 8, this.#width, numbers, from, to)
  }
}

function unpackShort(bytes: Uint8Array, start: number, firstBit: number, width: number, numbers: RunNumbers, from: number, to: number): void {
  const mask = (1 << width) - 1
  let at = start
  let held = 0
  let bits = 0
  if (firstBit > 0) {
    held = (bytes[at++] ?? 0) >>> firstBit
    bits = 8 - firstBit
  }
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
function unpackLong(bytes: Uint8Array, start: number, firstBit: number, width: number, numbers: RunNumbers, from: number, to: number): void {
  let at = start
  let held = 0
  let bits = 0
  if (firstBit > 0) {
    held = (bytes[at++] ?? 0) >>> firstBit
    bits = 8 - firstBit
  }
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
