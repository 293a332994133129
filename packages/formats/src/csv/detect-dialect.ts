import type { LayoutWarning, ReadSettings } from '@longshore/core'
import type { Dialect } from './dialect.ts'
import { usualWidth } from '../detect/header.ts'
import { headRecords } from './head-records.ts'
import type { CsvRecord, HeadRecords } from './head-records.ts'
import { literalPattern } from '../literal-pattern.ts'

const delimiters = [',', ';', '\t', '|', '^', '`']
const names: Record<string, string> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'pipe', '^': 'caret', '`': 'backquote' }
/** Characters and records of the head that are enough to judge by. */
const sampleCharacters = 65_536
const sampleRecords = 200

interface Judged { delimiter: string; score: number; columns: number; share: number; fitting: number; records: number }

/** Finds delimiter, quote and escape by what makes the records of the head most alike; what the person has set is kept. */
export function detectDialect(text: string, complete: boolean, fileName: string | undefined, settings: ReadSettings): Dialect & { warnings: LayoutWarning[] } {
  const sample = text.slice(0, sampleCharacters)
  const whole = complete && sample.length === text.length
  const quote = settings.quote ?? detectQuote(sample)
  const warnings: LayoutWarning[] = []
  const hint = /^"?sep=([^\r\n])"?(?:\r|\n|$)/i.exec(sample)?.[1]
  let delimiter: string | null = settings.delimiter ?? hint ?? null
  if (delimiter === null) {
    const judged = delimiters.map((candidate) => judge(sample, whole, candidate, quote, fileName)).filter((j) => j !== null)
    judged.sort((a, b) => b.score - a.score)
    const [best, second] = judged
    delimiter = best?.delimiter ?? null
    if (best !== undefined && second !== undefined && best.score - second.score < 0.1) warnings.push(doubt(best, second))
  }
  const escape = settings.escape === undefined ? detectEscape(sample, whole, { delimiter, quote }) : settings.escape === 'backslash' ? '\\' : undefined
  if (escape === undefined) {
    if (settings.dialect !== undefined || !opensAfterBlank(sample, whole, { delimiter, quote })) return { delimiter, quote, warnings }
    warnings.push({ code: 'layout.quote-after-blank', message: 'Blanks stand between the delimiter and the quote of a cell here; the quotes are read as such, and the blanks before them dropped.' })
    return { delimiter, quote, quoteAfterBlank: true, warnings }
  }
  if (settings.escape === undefined) warnings.push({ code: 'layout.backslash', message: 'Quotes inside cells are written as a backslash and a quote here; they are read as quotes.' })
  return { delimiter, quote, escape, warnings }
}

/** How well a delimiter fits: the share of records with the same number of cells, more for more cells and for a first record that has it, too. */
function judge(sample: string, whole: boolean, delimiter: string, quote: string, fileName: string | undefined): Judged | null {
  if (!sample.includes(delimiter)) return null
  const { records } = headRecords(sample, whole || !/[\r\n]/.test(sample), { delimiter, quote }, sampleRecords)
  const columns = usualWidth(records, 2)
  if (columns < 2) return null
  const sound = records.filter((record) => !record.broken)
  const fitting = sound.filter((record) => record.cells.length === columns).length
  const share = fitting / records.length
  if (share < 0.25 && fitting < 2) return null
  const first = records[0]?.cells.length === columns ? 0.3 : 0
  const named = (delimiter === '\t' && /\.(tsv|tab)$/i.test(fileName ?? '')) || (delimiter === '|' && /\.psv$/i.test(fileName ?? '')) ? 0.3 : 0
  const order = delimiters.indexOf(delimiter) * 0.01
  return { delimiter, columns, share, fitting, records: records.length, score: share + first + named + 0.05 * Math.min(4, Math.log2(columns)) - order }
}

/** Single quotes only where at least two whole cells stand in them and no cell stands in double ones. */
function detectQuote(sample: string): string {
  const inCells = (pattern: RegExp) => sample.match(pattern)?.length ?? 0
  if (inCells(/(?:^|[,;\t|^`\r\n])"/g) > 0) return '"'
  return inCells(/(?:^|[,;\t|^`\r\n])'(?:[^'\r\n]|''){0,1000}'(?=[,;\t|^`\r\n]|$)/g) >= 2 ? "'" : '"'
}

function detectEscape(sample: string, whole: boolean, dialect: Dialect): '\\' | undefined {
  if (!sample.includes(`\\${dialect.quote}`)) return undefined
  const doubled = headRecords(sample, whole, dialect, sampleRecords)
  const escaped = headRecords(sample, whole, { ...dialect, escape: '\\' }, sampleRecords)
  const broken = (found: CsvRecord[]) => found.filter((record) => record.broken).length
  const worse = doubled.strayQuotes + broken(doubled.records)
  return escaped.strayQuotes + broken(escaped.records) < worse ? '\\' : undefined
}

/** Whether cells stand in quotes that only blanks part from the delimiter: all such quotes close, and no record gets a worse fit by it. */
function opensAfterBlank(sample: string, whole: boolean, dialect: Dialect): boolean {
  if (dialect.delimiter === null || !new RegExp(`${literalPattern(dialect.delimiter)}[ \\t]{1,8}${literalPattern(dialect.quote)}`).test(sample)) return false
  const asText = headRecords(sample, whole, dialect, sampleRecords)
  const asQuotes = headRecords(sample, whole, { ...dialect, quoteAfterBlank: true }, sampleRecords)
  const fitting = ({ records }: HeadRecords): number => {
    const width = usualWidth(records, 1)
    return records.filter(({ cells, broken }) => !broken && cells.length === width).length / Math.max(1, records.length)
  }
  return asQuotes.strayQuotes === 0 && asQuotes.records.every(({ broken }) => !broken) && fitting(asQuotes) >= fitting(asText)
}

function doubt(best: Judged, second: Judged): LayoutWarning {
  const told = (j: Judged) => `${names[j.delimiter] ?? j.delimiter} (${j.columns} columns in ${j.fitting} of ${j.records} records)`
  return {
    code: 'layout.delimiter-doubt',
    message: `The columns are separated by ${told(best)}, but ${told(second)} fits nearly as well. Choose the delimiter if the columns look wrong.`,
  }
}
