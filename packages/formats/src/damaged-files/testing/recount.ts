import { gunzipSync, inflateRawSync } from 'node:zlib'

/** What a packed or binary file holds, counted by code that shares nothing with the readers. */
export interface Recounted {
  /** The text of all parts that can be unpacked, in which addresses are looked for. */
  text: string
  /** Rows with cells, by their numbers in the sheet (from 1): one list for each part that may be the sheet; null where rows are not counted. */
  sheets: number[][] | null
}

const mostBytes = 16 * 1_048_576

/** null: nothing of it can be unpacked, so a reader that gives rows gives what is not there. */
export function recounted(bytes: Buffer, ending: string): Recounted | null {
  switch (ending) {
    case 'gz':
      if (bytes.readUIntBE(0, Math.min(3, bytes.length)) !== 0x1f8b08) return { text: '', sheets: null } // no archive any more, and its text is out of reach
      try { return { text: gunzipSync(bytes, { maxOutputLength: mostBytes }).toString('utf8'), sheets: null } } catch { return null }
    case 'xlsx': return recountedXlsx(bytes)
    case 'xls': return { text: bytes.toString('latin1'), sheets: sheetsOfXls(bytes) }
    default: return { text: '', sheets: null }
  }
}

/** Every part that has a head of its own and unpacks to its end; which of two counts, the directory of the archive says. */
function recountedXlsx(bytes: Buffer): Recounted | null {
  const sheets: number[][] = []
  let text = ''
  for (let at = bytes.indexOf('PK\x03\x04', 0, 'latin1'); at !== -1; at = bytes.indexOf('PK\x03\x04', at + 4, 'latin1')) {
    if (at + 30 > bytes.length) continue // how it is packed says the directory, which counts more than a head that is damaged
    const start = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28)
    let part: string
    try { part = inflateRawSync(bytes.subarray(start), { maxOutputLength: mostBytes }).toString('utf8') } catch { continue }
    text += part
    if (/<worksheet[\s>]/.test(part)) sheets.push([...part.matchAll(/<row[^>]*\sr="(\d+)"[^>]*>(.*?)<\/row>/gs)].filter(([, , cells = '']) => /<(?:v|t)[^>]*>[^<]/.test(cells)).map(([, row]) => Number(row)))
  }
  return sheets.length === 0 ? null : { text, sheets }
}

/** Records that hold a cell: number, text (in its place, or shared), short number, formula, truth or error. */
const cellRecords: ReadonlySet<number> = new Set([0x203, 0x204, 0xfd, 0x27e, 0x06, 0x205])
const beginningOfSheet = Buffer.from([0x09, 0x08, 0x10, 0x00, 0x00, 0x06, 0x10, 0x00])
const endOfSheet = 0x0a

/** The records of each sheet, one after the other: our sample's lie in a row in the file. */
function sheetsOfXls(bytes: Buffer): number[][] {
  const sheets: number[][] = []
  for (let begin = bytes.indexOf(beginningOfSheet); begin !== -1; begin = bytes.indexOf(beginningOfSheet, begin + 1)) {
    const rows = new Set<number>()
    for (let at = begin; at + 4 <= bytes.length;) {
      const kind = bytes.readUInt16LE(at), length = bytes.readUInt16LE(at + 2)
      if (kind === endOfSheet || at + 4 + length > bytes.length) break
      if (cellRecords.has(kind) && length >= 6) rows.add(bytes.readUInt16LE(at + 4) + 1)
      at += 4 + length
    }
    sheets.push([...rows])
  }
  return sheets
}
