import { badByteMark } from '../text/decode-utf8.ts'
import { decodeHead } from '../text/decode-text.ts'
import { encodingCalled } from '../text/encodings.ts'
import type { Encoding } from '../text/encodings.ts'
import type { ContentLine } from './content-lines.ts'

/** A property with its value as text. */
export interface Property {
  name: string
  group: string
  /** Lower case, without `pref`. */
  types: string[]
  preferred: boolean
  /** The whole value, escapes resolved. */
  text: string
  /** Its components (between semicolons), escapes resolved. */
  components: string[]
  /** The values (between commas) of each component. */
  parts: string[][]
  line: number
  /** Bytes of it were no text in their charset. */
  damaged: boolean
  cut: boolean
}

/** `encoding`: of values that name no charset. Values of files that were text already (UTF-16) are given as `null`. */
export function readProperty(line: ContentLine, encoding: Encoding | null): Property {
  const { name, group, params } = line
  const named = (wanted: string) => params.filter((param) => param.name === wanted || (param.name === '' && wanted === 'TYPE')).flatMap(({ values }) => values)
  const types = named('TYPE').flatMap((value) => value.split(',')).map((type) => type.trim().toLowerCase()).filter((type) => type !== '' && !/^(?:quoted-printable|base64|8bit|7bit|b)$/.test(type))
  const quoted = [...named('ENCODING'), ...types, ...params.filter((param) => param.name === '').flatMap(({ values }) => values)].some((value) => /^quoted-printable$/i.test(value))
  const decode = decoderOf(charset(named('CHARSET')[0], encoding))
  // Quoted-printable hides semicolons that are text, so components are told apart before; other charsets are read first.
  const raw = quoted ? line.value : decode(line.value)
  const finish = quoted ? (piece: string) => unescape(decode(unquote(piece)).replaceAll(/\r\n?/g, '\n')) : (piece: string) => unescape(piece.replaceAll(/\r\n?/g, '\n'))
  const text = finish(raw)
  const components = splitUnescaped(raw, ';')
  return {
    name, group, text: mended(text), line: line.line, cut: line.cut, damaged: text.includes(badByteMark),
    types: [...new Set(types.filter((type) => type !== 'pref'))],
    preferred: types.includes('pref') || named('PREF').some((value) => value.trim() !== ''),
    components: components.map((component) => mended(finish(component)).trim()),
    parts: components.map((component) => splitUnescaped(component, ',').map((value) => mended(finish(value)).trim()).filter((value) => value !== '')),
  }
}

function mended(text: string): string {
  return text.replaceAll('\0', '').toWellFormed()
}

function charset(named: string | undefined, encoding: Encoding | null): Encoding | null {
  if (named === undefined || encoding === null) return encoding
  try { return encodingCalled(named) } catch { return encoding }
}

function decoderOf(encoding: Encoding | null): (bytes: string) => string {
  if (encoding === null) return (text) => text
  return (bytes) => /^[\0-\x7f]*$/.test(bytes) && encoding !== 'iso-2022-jp' ? bytes : decodeHead(Buffer.from(bytes, 'latin1'), encoding, true)
}

function unquote(text: string): string {
  return text.replaceAll(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** `\n`, `\,`, `\;`, `\\`, and `\:` and `\"`, which are wrong and common. Any other backslash is one. */
function unescape(text: string): string {
  return text.includes('\\') ? text.replaceAll(/\\([nN,;:"\\])/g, (_, c: string) => c === 'n' || c === 'N' ? '\n' : c) : text
}

function splitUnescaped(text: string, separator: ';' | ','): string[] {
  if (!text.includes(separator)) return [text]
  const parts: string[] = []
  let from = 0
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1
    else if (text[at] === separator) {
      parts.push(text.slice(from, at))
      from = at + 1
    }
  }
  return [...parts, text.slice(from)]
}
