import type { LayoutWarning } from '@longshore/core'

/** A record near the beginning of a file, of whatever format; empty records are left out. */
export interface HeadRecord {
  /** Row number: every record counts, empty ones too. */
  row: number
  cells: string[]
  /** Cells that hold more than blanks. */
  filled: number
}

export interface FoundHeader {
  /** 0: no header. */
  headerRow: number
  columns: string[]
  warnings: LayoutWarning[]
}

type Shape = 'text' | 'number' | 'date' | 'email' | 'url' | 'phone' | 'boolean' | 'empty'

/** Values that are hardly in the right column by chance. */
const telling: ReadonlySet<Shape> = new Set<Shape>(['email', 'url', 'date', 'phone'])

const headerWord = /\b(?:id|ref|key|code|names?|first|last|surname|full|title|salutation|e-?mails?|mail|phones?|tel|telephone|mobile|fax|company|account|organi[sz]ation|job|position|role|street|address|city|town|state|region|province|zip|postal|postcode|plz|country|web|website|url|date|created|modified|updated|birth\w*|status|stage|type|source|owner|amount|price|value|total|quantity|notes?|description|comments?|tags?|score|currency|nom|pr[ée]nom|vorname|nachname|firma|stra(?:ß|ss)e|ort|telefon|nombre|apellidos?|correo|empresa|cognome|nome)\b/i

/** The header among the records of the head: the first that fills its columns, unless it looks like the rows below it. */
export function findHeader(records: readonly HeadRecord[], given: number | undefined): FoundHeader {
  const width = usualWidth(records, 1)
  if (given === 0) return withoutHeader(width, [])
  if (given !== undefined) {
    const chosen = records.find((record) => record.row === given)
    return chosen === undefined ? { headerRow: given, columns: [], warnings: [] } : withHeader(chosen, [])
  }
  const first = candidate(records, width)
  if (first === undefined) return withoutHeader(width, [])
  const { header, score, evidence } = judged(first, records, width)
  if (score < 0) {
    return withoutHeader(width, [{
      code: 'layout.no-header',
      message: `The file seems to have no header: ${evidence}. The columns are called "Column 1" and so on; if row ${header.row} is the header, choose it.`,
    }])
  }
  const warnings: LayoutWarning[] = []
  const above = records.filter((record) => record.row < header.row && !isHint(record))
  if (above.length > 0) {
    warnings.push({ code: 'layout.preamble', message: `The header was found in row ${header.row}; ${header.row === 2 ? `the row above it ("${shown(above[0])}") is` : `the ${header.row - 1} rows above it ("${shown(above[0])}") are`} left out.` })
  }
  if (score === 0) {
    warnings.push({ code: 'layout.header-doubt', message: `Row ${header.row} ("${shown(header)}") is taken as the header, but nothing proves it. If it is a row like the others, say that the file has no header.` })
  }
  return withHeader(header, warnings)
}

/** One word of a header may stand in a row of values, too. */
const leastHeaderWords = 2

/**
 * The candidate with its judgement. One that looks like values and has not as many cells as the table may be a line about the file, as bookkeeping writes it, with
 * the header below. A mistake would lose two rows, so both must speak for it: the line has nothing of the table's columns, and the next one is made of words of headers.
 */
function judged(first: HeadRecord, records: readonly HeadRecord[], width: number): { header: HeadRecord; score: number; evidence: string } {
  const below = (header: HeadRecord): HeadRecord[] => records.filter((record) => record.row > header.row)
  const verdict = { header: first, ...judge(first, below(first).slice(0, 50)) }
  if (verdict.score >= 0 || first.cells.length === width) return verdict
  const second = candidate(below(first), width)
  if (second === undefined || second.cells.filter(namesColumn).length < leastHeaderWords || isRowAmong(below(first), first)) return verdict
  const other = { header: second, ...judge(second, below(second).slice(0, 50)) }
  return other.score > 0 ? other : verdict
}

/** Whether an address, date or phone number stands where the others have one. Numbers tell nothing: lines about a file are full of them. */
function isRowAmong(others: readonly HeadRecord[], record: HeadRecord): boolean {
  return record.cells.some((cell, position) => {
    const own = shape(cell)
    return telling.has(own) && usualShape(others, position) === own
  })
}

/** Titles and notes fill one cell of many; a comment begins with #. */
function candidate(records: readonly HeadRecord[], width: number): HeadRecord | undefined {
  const least = width <= 1 ? 1 : Math.max(2, Math.ceil(width / 2))
  const rows = records.filter((record) => !/^\s*#\s/.test(record.cells[0] ?? '') && !isHint(record))
  // With two columns one of them may be nameless, but not when a better row follows right away.
  return rows.find((record) => record.filled >= least) ?? rows[0]
}

/** A first line that names the delimiter for Excel. `sep=,` read with the comma as delimiter gives two cells. */
function isHint(record: HeadRecord): boolean {
  if (record.row !== 1) return false
  return /^"?sep=.$/i.test(record.cells.join('')) || (/^sep=$/i.test(record.cells[0] ?? '') && record.cells.length === 2 && record.cells[1] === '')
}

/** Above 0: a header; below: a row like the others; 0: no evidence. */
function judge(header: HeadRecord, below: readonly HeadRecord[]): { score: number; evidence: string } {
  let score = 0
  let evidence = ''
  header.cells.forEach((cell, position) => {
    const own = shape(cell)
    const usual = usualShape(below, position)
    if (own === 'text') {
      if (namesColumn(cell)) score += 2
      if (usual !== undefined && usual !== 'text') score += 1
      else if (below.filter((record) => record.cells[position] === cell).length > 0) score -= 0.5
    } else if (own === 'email' || own === 'url') {
      score -= 4
      evidence = `row ${header.row} has ${own === 'email' ? 'an e-mail address' : 'a web address'} in column ${position + 1}`
    } else if (own !== 'empty' && (usual === own || usual === undefined)) {
      score -= own === 'number' && Number(cell) >= 1900 && Number(cell) <= 2100 ? 0.5 : 2
      if (evidence === '') evidence = `row ${header.row} has a ${own} in column ${position + 1}, as a row of values would`
    }
  })
  return { score, evidence: evidence === '' ? `row ${header.row} repeats values of the rows below` : evidence }
}

function namesColumn(cell: string): boolean {
  return headerWord.test(cell.replaceAll(/[_.]+/g, ' ').replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2'))
}

function usualShape(records: readonly HeadRecord[], position: number): Shape | undefined {
  return mostFrequent(records.map(({ cells }) => shape(cells[position] ?? '')).filter((found) => found !== 'empty'))
}

function shape(cell: string): Shape {
  const text = cell.trim()
  if (text === '') return 'empty'
  if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) return 'email'
  if (/^(?:https?:\/\/|www\.)\S+$/i.test(text)) return 'url'
  if (/^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T ]\d{1,2}:\d{2}.*)?$/.test(text)) return 'date'
  if (/^\+\d[\d\s().\-/]{6,}$/.test(text)) return 'phone' // before the numbers, which may have a sign and blanks
  if (/^[-+]?[\d.,'\s]*\d[\d.,'\s]*[%€$£]?$/.test(text)) return 'number'
  if (/^\+?[\d\s().\-/]{7,}$/.test(text)) return 'phone'
  if (/^(?:true|false)$/i.test(text)) return 'boolean'
  return 'text'
}

function mostFrequent(shapes: readonly Shape[]): Shape | undefined {
  const counts = new Map<Shape, number>()
  for (const found of shapes) counts.set(found, (counts.get(found) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0]
}

function withoutHeader(width: number, warnings: LayoutWarning[]): FoundHeader {
  return { headerRow: 0, columns: Array.from({ length: width }, (_, i) => `Column ${i + 1}`), warnings }
}

function withHeader(header: HeadRecord, warnings: LayoutWarning[]): FoundHeader {
  const columns = header.cells
  const repeated = [...new Set(columns.filter((name, i) => name.trim() !== '' && columns.indexOf(name) < i))]
  if (repeated.length > 0) {
    warnings.push({ code: 'layout.duplicate-header', message: `Several columns are called ${repeated.slice(0, 5).map((name) => `"${name}"`).join(', ')}. All of them are kept; map each by its position.` })
  }
  const nameless = columns.flatMap((name, i) => name.trim() === '' ? [i + 1] : [])
  if (nameless.length > 0) {
    warnings.push({ code: 'layout.empty-header', message: nameless.length === 1 ? `Column ${nameless[0]} of ${columns.length} has no name in row ${header.row}. It is kept.`
      : `Columns ${nameless.slice(0, 5).join(', ')}${nameless.length > 5 ? ' and others' : ''} of ${columns.length} have no name in row ${header.row}. They are kept.` })
  }
  return { headerRow: header.row, columns, warnings }
}

function shown(record: HeadRecord | undefined): string {
  return (record?.cells.filter((cell) => cell.trim() !== '').join(', ') ?? '').replaceAll(/\s+/g, ' ').slice(0, 60)
}

/** The number of cells that most records have, of at least `least`; 0 when none has. The greater one in a draw. */
export function usualWidth(records: readonly HeadRecord[], least: number): number {
  const counts = new Map<number, number>()
  for (const { cells } of records) if (cells.length >= least) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1)
  let best = 0
  let bestCount = 0
  for (const [width, count] of counts) {
    if (count > bestCount || (count === bestCount && width > best)) { best = width; bestCount = count }
  }
  return best
}
