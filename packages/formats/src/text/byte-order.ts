import { decodeHead } from './decode-text.ts'
import type { Encoding } from './encodings.ts'

/** The encoding that a byte order mark at the beginning of a file names. UTF-32 first: its mark begins as that of UTF-16 does. */
export function markedEncoding(head: Uint8Array): Encoding | null {
  const [a, b, c, d] = head
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'utf-32le' : 'utf-16le'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return 'utf-32be'
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8'
  return null
}

/** What is said of an encoding of more than one byte a character, and why. */
export interface WideGuess { encoding: Encoding; evidence: string }

/**
 * UTF-16 or UTF-32 without a mark: delimiters, digits and line ends have zero bytes, always at the same places. In text beyond ASCII
 * these may be few, so few are enough where they agree.
 */
export function wideEncoding(head: Uint8Array): WideGuess | null {
  if (!head.subarray(0, 65_536).includes(0)) return null // nearly all files, and faster to see than to count
  const seen = Math.min(head.length, 65_536) & ~3
  const zeros = [0, 0, 0, 0]
  for (let i = 0; i < seen; i += 1) if (head[i] === 0) zeros[i % 4] = (zeros[i % 4] ?? 0) + 1
  const [first = 0, second = 0, third = 0, fourth = 0] = zeros
  const all = first + second + third + fourth
  if (seen < 4 || all < Math.max(2, seen * 0.02)) return null
  const quarter = seen / 4
  const evidence = `${Math.round(all / seen * 100)} % of its bytes are zero, ${all === 1 ? '' : 'always '}at the same place of each character`
  if (third > quarter * 0.9 && fourth > quarter * 0.9 && first < quarter * 0.1) return { encoding: 'utf-32le', evidence }
  if (first > quarter * 0.9 && second > quarter * 0.9 && fourth < quarter * 0.1) return { encoding: 'utf-32be', evidence }
  const [even, odd] = [first + third, second + fourth]
  if (Math.min(even, odd) > Math.max(even, odd) * 0.1) return null
  const encoding = odd > even ? 'utf-16le' : 'utf-16be'
  return all > seen * 0.2 || readsAsLines(decodeHead(head.subarray(0, seen), encoding, true)) ? { encoding, evidence } : null
}

/** Zeros alone also come of NUL characters that stray into a text: read as UTF-16 that has no line ends, or characters that do not exist. */
function readsAsLines(text: string): boolean {
  const strange = text.match(/[^\P{Cc}\t\r\n]|\p{Cn}|\p{Cs}/gu)?.length ?? 0
  return /[\r\n]/.test(text) && strange <= text.length * 0.01
}
