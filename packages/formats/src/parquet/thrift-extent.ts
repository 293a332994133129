/** Structures within structures; the format has six. */
const maxDepth = 24

/**
 * Where a structure of Thrift's compact protocol that begins at `start` ends. Walks it with bounded work before the library reads it, which
 * believes every length, count and digit: a number of a million digits alone would keep it busy for hours. Throws a RangeError for what is none.
 */
export function thriftEnd(bytes: Uint8Array, start: number): number {
  let at = start
  structure(0)
  return at

  function structure(depth: number): void {
    if (depth > maxDepth) throw new RangeError('too deep')
    for (;;) {
      const head = byte()
      const type = head & 0x0f
      if (type === 0) return
      if (head >> 4 === 0) varint(10)
      value(type, depth, false)
    }
  }

  function value(type: number, depth: number, listed: boolean): void {
    switch (type) {
      case 1: case 2: if (listed) skip(1); return
      case 3: return skip(1)
      case 4: case 5: case 6: varint(10); return
      case 7: return skip(8)
      case 8: return skip(varint(5))
      case 9: case 10: return list(depth)
      case 12: return structure(depth + 1)
      default: throw new RangeError('a type that the format does not use')
    }
  }

  function list(depth: number): void {
    const head = byte()
    const count = head >> 4 === 15 ? varint(5) : head >> 4
    // Each element takes a byte at least, so what is left bounds the work.
    if (count > bytes.length - at) throw new RangeError('more elements than bytes')
    for (let i = 0; i < count; i += 1) value(head & 0x0f, depth + 1, true)
  }

  function byte(): number {
    const found = bytes[at]
    if (found === undefined) throw new RangeError('it ends too soon')
    at += 1
    return found
  }

  function varint(most: number): number {
    const { value, end } = thriftVarint(bytes, at, most)
    at = end
    return value
  }

  function skip(count: number): void {
    if (count > bytes.length - at) throw new RangeError('it ends too soon')
    at += count
  }
}

/** A number of `most` parts of seven bits, at most, and where it ends. */
export function thriftVarint(bytes: Uint8Array, start: number, most = 5): { value: number; end: number } {
  let value = 0
  for (let i = 0; i < most; i += 1) {
    const part = bytes[start + i]
    if (part === undefined) throw new RangeError('it ends too soon')
    value += (part & 0x7f) * 2 ** (7 * i)
    if (part < 0x80) return { value, end: start + i + 1 }
  }
  throw new RangeError('a number of too many digits')
}
