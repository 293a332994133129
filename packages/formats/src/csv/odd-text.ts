import type { LayoutWarning } from '@longshore/core'
import type { CsvRecord } from './head-records.ts'

/** The characters that Windows-1252 has at 0x80–0x9F; at five places it has none, and the byte itself stands there. */
const highCharacters = new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 32 }, (_, i) => 0x80 + i))
const highBytes = new Map(Array.from(highCharacters, (character, i) => [character, 0x80 + i]))
const strictUtf8 = new TextDecoder('utf-8', { fatal: true })
const words = /[^ \t\r\n,;|"]+/g

/**
 * The beginning of a letter beyond ASCII in UTF-8 that was taken for Windows-1252 and written as UTF-8 once more, and what may follow it. A mark that closes
 * a quotation or a sentence may follow a sound capital as well („Å“, «Ä»): it counts only within a word, or where the capital follows a small letter.
 */
const twiceEncoded = /[ÂÃÄÅ](?:(?<=\p{Ll}.)[“”‘’‚„‹›«»…–—]|[“”‘’‚„‹›«»…–—](?=\p{L})|[\u0080-ª¬-º¼-¿€ƒ†‡ˆ‰ŠŒŽ•˜™šœžŸ])|â€[™œ“”˜¦\u009d]/u
/** So many words of it are no chance. */
const leastTwiceEncoded = 2

/** Text that was spoilt before the file was written: its letters are sound, but not what anybody wrote. */
export function twiceEncodedText(text: string): LayoutWarning[] {
  const spoilt = [...new Set(text.slice(0, 65_536).match(words) ?? [])].filter((word) => twiceEncoded.test(word) && isUtf8(word))
  if (spoilt.length < leastTwiceEncoded) return []
  return [{ code: 'layout.twice-encoded', message: `Letters of the file were spoilt before it was saved, as in "${spoilt.slice(0, 3).join(', ').slice(0, 60)}": UTF-8 was read as another encoding and saved again. It is read as it is; export it again, and open it as UTF-8 in between.` }]
}

/** Whether the bytes of Windows-1252 for a word are UTF-8: a word is spoilt as a whole or not at all. */
function isUtf8(word: string): boolean {
  const bytes = Array.from(word, (character) => highBytes.get(character) ?? character.charCodeAt(0))
  if (bytes.some((byte) => byte > 0xff)) return false
  try { strictUtf8.decode(Uint8Array.from(bytes)); return true } catch { return false }
}

/** Columns that blanks alone set apart: two words or more in the header, with as many blanks between as the longest value needs. */
export function blanksBetweenColumns(records: readonly CsvRecord[], delimiter: string | null): LayoutWarning[] {
  const lines = records.map(({ cells }) => cells[0] ?? '')
  if (delimiter !== null || lines.length < 2 || !/\S {2,}\S/.test(lines[0] ?? '')) return []
  const begins = wordsAfterBlanks(lines[0] ?? '')
  const fitting = lines.slice(1).filter((line) => begins.some((at) => line[at] !== undefined && line[at] !== ' ' && line[at - 1] === ' ')).length
  if (fitting < (lines.length - 1) * 0.8) return []
  return [{ code: 'layout.fixed-width', message: 'The columns seem to be set apart by blanks alone (fixed width), which is read as one column. Save the list with commas or tabs between the columns, from a spreadsheet program for example.' }]
}

function wordsAfterBlanks(line: string): number[] {
  return [...line.matchAll(/ {2,}(?=\S)/g)].map((blanks) => blanks.index + blanks[0].length)
}
