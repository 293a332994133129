import iconv from 'iconv-lite'
import type { Encoding } from '../encodings.ts'

const names: Partial<Record<Encoding, string>> = { shift_jis: 'cp932', 'euc-kr': 'cp949', big5: 'big5hkscs', 'koi8-r': 'koi8-r', macintosh: 'macroman', ibm866: 'cp866' }

/** Text in an encoding, without byte order mark. Throws for a text that the encoding cannot hold. */
export function encode(text: string, encoding: Encoding): Buffer {
  const name = names[encoding] ?? encoding
  const bytes = iconv.encode(text, name, { addBOM: false })
  if (iconv.decode(bytes, name, { stripBOM: false }) !== text) throw new Error(`${encoding} cannot hold ${text.slice(0, 80)}`)
  return bytes
}
