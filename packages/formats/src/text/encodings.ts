import { closest } from '@longshore/core/closest'
import { Fault } from '@longshore/core/fault'

/**
 * Encodings of text that are read, by their WHATWG names (UTF-32 and the code pages of DOS have none there). The order is that of preference where two of them
 * explain the bytes equally well: the more common one first.
 */
export const encodings = [
  'utf-8', 'utf-16le', 'utf-16be', 'utf-32le', 'utf-32be', 'windows-1252', 'windows-1250', 'windows-1251', 'windows-1254', 'windows-1253', 'windows-1255',
  'windows-1256', 'windows-1257', 'windows-1258', 'windows-874', 'iso-8859-2', 'iso-8859-15', 'iso-8859-3', 'iso-8859-4', 'iso-8859-5', 'iso-8859-6', 'iso-8859-7',
  'iso-8859-8', 'iso-8859-10', 'iso-8859-13', 'iso-8859-14', 'iso-8859-16', 'koi8-r', 'koi8-u', 'macintosh', 'x-mac-cyrillic', 'ibm866', 'ibm850', 'ibm437', 'ibm852',
  'shift_jis', 'euc-jp', 'iso-2022-jp', 'gb18030', 'big5', 'euc-kr',
] as const
export type Encoding = (typeof encodings)[number]

/** Names that people and programs use beside those that the WHATWG lists, without their punctuation. */
const otherNames: Record<string, Encoding> = {
  utf16: 'utf-16le', utf32: 'utf-32le', utf32le: 'utf-32le', utf32be: 'utf-32be', ucs4: 'utf-32le', utf8sig: 'utf-8', utf8bom: 'utf-8', latin: 'windows-1252', ansi: 'windows-1252',
  latin0: 'iso-8859-15', latin9: 'iso-8859-15', cp850: 'ibm850', cp437: 'ibm437', cp852: 'ibm852', oem: 'ibm850', macroman: 'macintosh', xmacroman: 'macintosh', cp932: 'shift_jis', ms932: 'shift_jis', windows31j: 'shift_jis', cp936: 'gb18030', gbk: 'gb18030',
  gb2312: 'gb18030', cp949: 'euc-kr', ms949: 'euc-kr', uhc: 'euc-kr', cp950: 'big5', big5hkscs: 'big5', cp866: 'ibm866', cp65001: 'utf-8',
}

/** The encoding that a person or a program calls so. Throws a Fault `file.encoding` with the nearest name where there is none. */
export function encodingCalled(name: string): Encoding {
  const found = findEncoding(name)
  if (found !== null) return found
  const nearest = closest(name.toLowerCase(), encodings)
  throw new Fault('file.encoding', `There is no encoding "${name.slice(0, 60)}".${nearest === null ? '' : ` Did you mean ${nearest}?`} Those that are read: ${encodings.join(', ')}.`, { path: 'source.encoding' })
}

function findEncoding(name: string): Encoding | null {
  const plain = name.toLowerCase().replaceAll(/[-_.\s]/g, '')
  const known = otherNames[plain] ?? encodings.find((encoding) => encoding.replaceAll(/[-_]/g, '') === plain)
  if (known !== undefined) return known
  for (const label of [name.trim(), plain, plain.replace(/^(?:cp|win|windows)?(\d{3,4})$/, 'windows-$1'), plain.replace(/^(?:iso)?8859(\d+)$/, 'iso-8859-$1')]) {
    try {
      const { encoding } = new TextDecoder(label)
      const listed = encodings.find((candidate) => candidate === (encoding === 'gbk' ? 'gb18030' : encoding))
      if (listed !== undefined) return listed
    } catch { /* no such label */ }
  }
  return null
}
