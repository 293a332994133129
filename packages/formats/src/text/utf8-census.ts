import { sequenceLength } from './decode-utf8.ts'

/** What a text holds when it is looked at as UTF-8. */
export interface Census {
  /** Characters beyond ASCII. */
  good: number
  /** Bytes that are no UTF-8. */
  bad: number
  /** Halves of surrogate pairs, each written as if it were a character: a mishap of a program that writes UTF-8, not of another encoding. */
  halves: number
  lines: number
  /** The line of the first byte or half that is wrong, from 1; null where none is. */
  firstBadLine: number | null
}

/** Counts; the last character may be cut by the end of the bytes unless they are `complete`. */
export function utf8Census(bytes: Uint8Array, complete: boolean): Census {
  const counts: Census = { good: 0, bad: 0, halves: 0, lines: 1, firstBadLine: null }
  const end = complete ? bytes.length : bytes.length - 3
  for (let at = 0; at < end;) {
    const length = sequenceLength(bytes, at)
    const byte = bytes[at] ?? 0
    if (length === 0 && byte === 0xed && (bytes[at + 1] ?? 0) >= 0xa0 && (bytes[at + 1] ?? 0) <= 0xbf && ((bytes[at + 2] ?? 0) & 0xc0) === 0x80) {
      counts.halves += 1
      counts.firstBadLine ??= counts.lines
      at += 3
      continue
    }
    if (length > 1) counts.good += 1
    else if (length === 0) {
      counts.bad += 1
      counts.firstBadLine ??= counts.lines
    } else if (byte === 10) counts.lines += 1
    at += Math.max(1, length)
  }
  return counts
}
