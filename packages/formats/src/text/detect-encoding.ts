import { isAscii, isUtf8 } from 'node:buffer'
import type { LayoutWarning } from '@longshore/core'
import type { ByteSource } from '../source.ts'
import { markedEncoding, wideEncoding } from './byte-order.ts'
import { decodeHead } from './decode-text.ts'
import { encodingCalled } from './encodings.ts'
import type { Encoding } from './encodings.ts'
import type { Guess } from './guess-encoding.ts'
import { utf8Census } from './utf8-census.ts'

export interface FoundEncoding {
  encoding: Encoding
  warnings: LayoutWarning[]
}

/** Below this share of belief the next best explanation is named, too. */
const sureEnough = 0.6
/** A head in plain ASCII tells nothing of the rest: so much of it is looked at, in windows spread over the file. */
const windowBytes = 1024 * 1024
const mostWindows = 64
/** What is looked at of a source that is unpacked anew for each window. */
const sequentialBytes = 8 * windowBytes

/**
 * Finds the encoding of a text: the person's word, else a byte order mark, else what the bytes allow. Everything but UTF-8 without a
 * flaw gives a warning with its evidence. `head`: the first bytes of the source.
 */
export async function detectEncoding(source: ByteSource, head: Uint8Array, given: string | undefined): Promise<FoundEncoding> {
  const complete = head.length >= source.sizeBytes
  const marked = markedEncoding(head)
  if (given !== undefined) return settled(encodingCalled(given), head, complete, marked)
  if (marked !== null) return { encoding: marked, warnings: marked === 'utf-8' ? badUtf8(head, complete) : [] }
  const escaped = iso2022(head)
  if (escaped !== null) return escaped
  const wide = wideEncoding(head)
  if (wide !== null) return { encoding: wide.encoding, warnings: [{ code: 'layout.encoding', message: `The text is read as ${wide.encoding.toUpperCase()}: it has no byte order mark, but ${wide.evidence}. Name the encoding if the columns look wrong.` }] }
  if (isAscii(head) && !complete) return beyondHead(source, head)
  if (soundUtf8(head, complete)) return { encoding: 'utf-8', warnings: [] }
  const { good, bad, halves, lines } = utf8Census(head, complete)
  if (bad + halves === 0) return good > 0 || complete ? { encoding: 'utf-8', warnings: [] } : beyondHead(source, head)
  // Text in another encoding has bad bytes wherever it has letters beyond ASCII; damaged UTF-8 has mostly good ones.
  if (bad <= good + halves || (bad <= Math.max(2, lines * 0.005) && good > 0)) return { encoding: 'utf-8', warnings: badUtf8(head, complete) }
  return guessed(head, '')
}

/** Whether nothing is wrong with it as UTF-8; its end may cut a character. Faster than to count. */
function soundUtf8(head: Uint8Array, complete: boolean): boolean {
  for (let cut = 0; cut <= (complete ? 0 : 3); cut += 1) if (isUtf8(head.subarray(0, head.length - cut))) return true
  return false
}

/** What the person has said stands; a mark that says otherwise is told. */
function settled(encoding: Encoding, head: Uint8Array, complete: boolean, marked: Encoding | null): FoundEncoding {
  if (marked !== null && marked !== encoding) {
    return { encoding, warnings: [{ code: 'layout.encoding', message: `The file is read as ${encoding} because that was asked for, but its byte order mark says ${marked}.` }] }
  }
  return { encoding, warnings: encoding === 'utf-8' ? badUtf8(head, complete) : [] }
}

function badUtf8(head: Uint8Array, complete: boolean): LayoutWarning[] {
  const census = utf8Census(head, complete)
  const bad = census.bad + census.halves
  if (bad === 0) return []
  // lines that end in CR alone are not counted as lines
  const place = census.lines === 1 ? '' : bad === 1 ? ` in line ${census.firstBadLine}` : `, the first in line ${census.firstBadLine},`
  return [{
    code: 'layout.bad-encoding',
    message: `The file is read as UTF-8, but ${bad} ${bad === 1 ? 'byte' : 'bytes'}${complete ? '' : ' of its first part'}${place} cannot be UTF-8. The rows with such bytes fail; save the file as UTF-8 to mend them, or name another encoding.`,
  }]
}

/** Mail programs of Japan write ASCII alone, with escapes between which it means something else. */
function iso2022(head: Uint8Array): FoundEncoding | null {
  const text = Buffer.from(head.buffer, head.byteOffset, head.length)
  if (!text.includes('\x1B$B') && !text.includes('\x1B$@')) return null
  return { encoding: 'iso-2022-jp', warnings: [{ code: 'layout.encoding', message: 'The text is read as ISO-2022-JP: it switches to Japanese characters by escapes (ESC $ B).' }] }
}

/** The head is plain ASCII: whatever comes later decides. */
async function beyondHead(source: ByteSource, head: Uint8Array): Promise<FoundEncoding> {
  const rest = Math.min(source.sizeBytes, source.sequential ? sequentialBytes : Infinity) - head.length
  const windows = Math.min(mostWindows, Math.ceil(rest / windowBytes))
  for (let i = 0; i < windows; i += 1) {
    const offset = head.length + Math.floor(i * Math.max(windowBytes, rest / windows))
    const bytes = await source.read(offset, windowBytes)
    if (isUtf8(bytes)) {
      if (utf8Beyond(bytes)) break
      continue
    }
    const { good, bad } = utf8Census(withoutCutCharacter(bytes), false)
    if (bad > good) return guessed(bytes, ` from byte ${offset.toLocaleString('en')} on`)
    if (good > 0) break
  }
  return { encoding: 'utf-8', warnings: [] }
}

/** A window may begin inside a character. */
function withoutCutCharacter(bytes: Uint8Array): Uint8Array {
  const begin = bytes.subarray(0, 4).findIndex((byte) => (byte & 0xc0) !== 0x80)
  return bytes.subarray(Math.max(0, begin))
}

function utf8Beyond(bytes: Uint8Array): boolean {
  return bytes.some((byte) => byte >= 0x80)
}

async function guessed(bytes: Uint8Array, where: string): Promise<FoundEncoding> {
  const { guessEncodings } = await import('./guess-encoding.ts') // brings a detector with it
  const guesses = guessEncodings(bytes)
  const [best = { encoding: 'windows-1252', confidence: 0 } satisfies Guess, second] = guesses
  const sure = `${Math.round(best.confidence * 100)} % sure`
  const doubted = second !== undefined && best.confidence < sureEnough
  const [example, otherExample] = doubted ? differingExamples(bytes, best.encoding, second.encoding) : [exampleIn(textOf(bytes, best.encoding))]
  const other = doubted ? ` ${second.encoding} would read it as "${otherExample}" (${Math.round(second.confidence * 100)} %).` : ''
  return {
    encoding: best.encoding,
    warnings: [{ code: 'layout.encoding', message: `The text is not UTF-8${where}. It is read as ${best.encoding} (${sure}), for example "${example}".${other} If letters look wrong, name the encoding.` }],
  }
}

function textOf(bytes: Uint8Array, encoding: Encoding): string {
  return decodeHead(bytes, encoding, false).toWellFormed()
}

/** The first words that have a character beyond ASCII. */
function exampleIn(text: string): string {
  const words = text.match(/[\p{L}\p{M}'’-]*[^\0-\x7F][^\s,;|"\t]*/gu) ?? []
  return [...new Set(words)].slice(0, 3).join(', ').slice(0, 60)
}

/** Words of the first cells that two encodings read differently: what they agree on tells nobody which of them is right. */
function differingExamples(bytes: Uint8Array, one: Encoding, other: Encoding): [string, string] {
  const ours = textOf(bytes, one), theirs = textOf(bytes, other)
  const cells = ours.split(cellEnd), otherCells = theirs.split(cellEnd)
  const differing = cells.length === otherCells.length ? cells.flatMap((cell, i) => cell === otherCells[i] ? [] : [i]) : []
  const shown = differing.slice(0, 12)
  if (shown.length === 0) return [exampleIn(ours), exampleIn(theirs)]
  return [exampleIn(shown.map((i) => cells[i]).join(', ')), exampleIn(shown.map((i) => otherCells[i]).join(', '))]
}

const cellEnd = /[\r\n,;|"\t]+/
