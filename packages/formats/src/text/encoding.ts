import { isUtf8 } from 'node:buffer'
import { Fault } from '@longshore/core'
import type { LayoutWarning } from '@longshore/core'
import { sequenceLength } from './decode-utf8.ts'

const advice = 'Only UTF-8 is read yet: save the file as "CSV UTF-8" and import that one.'

/**
 * Makes sure that the head is UTF-8; throws a Fault naming what it looks like instead. A few bad bytes in a file that is
 * UTF-8 otherwise are no reason to refuse it (their rows fail): they give a warning. `settled`: the person said UTF-8.
 */
export function requireUtf8(head: Uint8Array, complete: boolean, settled: boolean): LayoutWarning[] {
  const marked = byteOrderMark(head)
  if (marked !== null) throw refusal(marked)
  if (isUtf8(head)) {
    if (!settled && looksLikeUtf16(head)) throw refusal('UTF-16 without a byte order mark')
    return []
  }
  if (!settled && looksLikeUtf16(head)) throw refusal('UTF-16 without a byte order mark')
  const { good, bad, lines, letters } = census(head, complete)
  if (bad === 0) return []
  // Text in another encoding has bad bytes wherever it has letters beyond ASCII; damaged UTF-8 has mostly good ones.
  if (!settled && bad > good && bad > Math.max(2, lines * 0.005)) {
    throw refusal(bad > letters
      ? 'an encoding for another script, such as Shift_JIS, GB18030, Big5, EUC-KR, KOI8-R or Windows-1251'
      : 'Windows-1252, ISO 8859-1 or a similar encoding of one byte per character')
  }
  return [{
    code: 'layout.bad-encoding',
    message: `The file is read as UTF-8, but ${bad} ${bad === 1 ? 'byte' : 'bytes'} at its beginning cannot be UTF-8. The rows with such bytes fail; save the file as UTF-8 to mend them.`,
  }]
}

function refusal(found: string): Fault {
  return new Fault('file.encoding', `The file's text is not UTF-8; it looks like ${found}. ${advice}`)
}

function byteOrderMark(head: Uint8Array): string | null {
  const [a, b, c, d] = head
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'UTF-32 (little endian)' : 'UTF-16 (little endian)'
  if (a === 0xfe && b === 0xff) return 'UTF-16 (big endian)'
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return 'UTF-32 (big endian)'
  return null
}

/** In UTF-16 the delimiters, digits and line ends have a zero in every second byte, always on the same side. */
function looksLikeUtf16(head: Uint8Array): boolean {
  const seen = Math.min(head.length, 4_096)
  const zeros: [number, number] = [0, 0]
  for (let i = 0; i < seen; i += 1) if (head[i] === 0) zeros[i % 2 === 0 ? 0 : 1] += 1
  const [even, odd] = zeros
  return seen >= 4 && Math.max(even, odd) > seen * 0.2 && Math.min(even, odd) < Math.max(even, odd) * 0.1
}

/** Counts good characters beyond ASCII, bad bytes, lines and ASCII letters. */
function census(head: Uint8Array, complete: boolean): { good: number; bad: number; lines: number; letters: number } {
  const counts = { good: 0, bad: 0, lines: 1, letters: 0 }
  // The last character may be cut by the end of the head.
  const end = complete ? head.length : head.length - 3
  for (let at = 0; at < end;) {
    const length = sequenceLength(head, at)
    const byte = head[at] ?? 0
    // Half of a surrogate pair, written as if it were a character: one mishap of a program that writes UTF-8, not three bytes of another encoding.
    if (length === 0 && byte === 0xed && (head[at + 1] ?? 0) >= 0xa0 && (head[at + 1] ?? 0) <= 0xbf && ((head[at + 2] ?? 0) & 0xc0) === 0x80) {
      counts.bad += 1
      at += 3
      continue
    }
    if (length > 1) counts.good += 1
    else if (length === 0) counts.bad += 1
    else if (byte === 10) counts.lines += 1
    else if ((byte | 32) >= 97 && (byte | 32) <= 122) counts.letters += 1
    at += Math.max(1, length)
  }
  return counts
}
