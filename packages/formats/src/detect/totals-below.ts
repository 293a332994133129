import type { LayoutWarning } from '@longshore/core'
import type { HeadRecord } from './header.ts'

/** So many rows at the end are looked at. */
const looked = 10
const totalWord = /^\W*(?:(?:grand|sub|sum) ?)?(?:totals?|sum|count|average|records?|rows|end of (?:report|file|list|export)|generated|exported|report|printed|summe|gesamt|insgesamt|anzahl|total g[ée]n[ée]ral|somme|suma|totale|totaal|summa|toplam|razem|celkem|итого|всего|合計|总计|總計|합계)(?![\p{L}\p{M}])/iu

/** What report writers print below a table without any such word: asterisks before a total, the moment of printing. */
const totalMark = /^(?:\*+$|(?:accrual basis |cash basis )?(?:mon|tues|wednes|thurs|fri|satur|sun)day, \p{L}+ \d{1,2}, \d{4} \d{1,2}:\d{2})/iu

/**
 * Totals and notes that programs write below a table: the last rows that begin with such a word and leave most columns empty, or that
 * fill one cell of many. They are read as rows, and told of: what is no record cannot be known for certain.
 */
export function totalsBelow(records: readonly HeadRecord[], width: number): LayoutWarning[] {
  if (width < 2 || records.length < 2) return []
  const last = records.slice(-looked)
  const ending = records.findLastIndex(({ filled }) => filled > 1) + 1 // notes may be more than the rows of a short list
  const body = records.slice(0, ending > 1 && ending < records.length ? ending : -1)
  const usual = body.map(({ filled }) => filled).sort((a, b) => a - b)[Math.floor(body.length / 2)] ?? 0
  let begin = last.length
  while (begin > 0 && isTotal(last[begin - 1], width, usual)) begin -= 1
  const found = last.slice(begin)
  // Where every row looks like a total, none is one.
  if (found.length === 0 || found.length >= records.length || (found.length === last.length && found.length < records.length - 1)) return []
  const shown = found.slice(0, 2).map((record) => `"${record.cells.filter((cell) => cell.trim() !== '').join(', ').replaceAll(/\s+/g, ' ').slice(0, 60)}"`).join(' and ')
  return [{
    code: 'layout.totals',
    message: `The last ${found.length === 1 ? 'row looks' : `${found.length} rows look`} like totals or notes below the table: ${shown}. ${found.length === 1 ? 'It is' : 'They are'} read as ${found.length === 1 ? 'a row' : 'rows'} like the others; take ${found.length === 1 ? 'it' : 'them'} out of the file where ${found.length === 1 ? 'it is no record' : 'they are no records'}.`,
  }]
}

function isTotal(record: HeadRecord | undefined, width: number, usual: number): boolean {
  if (record === undefined) return false
  const first = record.cells.find((cell) => cell.trim() !== '') ?? ''
  if (totalMark.test(first)) return record.filled < usual || record.filled === 1
  if (totalWord.test(first)) return record.filled < usual || record.filled <= 2 || record.cells.slice(1).every((cell) => cell.trim() === '' || /^[-+]?[\d.,'\s]+[%€$£]?$/.test(cell.trim()))
  return width >= 3 && record.filled === 1 && usual >= 3 && record.cells.length < width
}
