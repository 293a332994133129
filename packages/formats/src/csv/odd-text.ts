import type { LayoutWarning } from '@longshore/core'
import type { CsvRecord } from './head-records.ts'

/** UTF-8 that was taken for Windows-1252 and written as UTF-8 once more: a letter beyond ASCII becomes two or three of these. */
const twiceEncoded = /[\p{L}\d'’.-]*(?:[ÂÃ][\u0080-\u00BF€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|[ÄÅ][\u0080-\u00BF€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€[™œ“”˜¦\u009d])[^\s,;|"\t]*/gu
/** So many words of it are no chance. */
const leastTwiceEncoded = 2

/** Text that was spoilt before the file was written: its letters are sound, but not what anybody wrote. */
export function twiceEncodedText(text: string): LayoutWarning[] {
  const words = [...new Set(text.slice(0, 65_536).match(twiceEncoded) ?? [])]
  if (words.length < leastTwiceEncoded) return []
  return [{ code: 'layout.twice-encoded', message: `Letters of the file were spoilt before it was saved, as in "${words.slice(0, 3).join(', ').slice(0, 60)}": UTF-8 was read as another encoding and saved again. It is read as it is; export it again, and open it as UTF-8 in between.` }]
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
