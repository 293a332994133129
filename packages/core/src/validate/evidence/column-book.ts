import { orderOf, type ColumnReading, type DateOrder, type DecimalMark } from '../../fields/column-reading.ts'
import { centuryOf } from '../../fields/day/read-day.ts'
import type { Mapping, Target } from '../../map/mapping.ts'
import { BooleanEvidence } from './boolean-evidence.ts'
import type { ColumnEvidence } from './column-evidence.ts'
import type { ColumnFinding } from './column-finding.ts'
import { DateEvidence } from './date-evidence.ts'
import { CountryCount, type FileContext } from './file-context.ts'
import { markOfCountry, orderOfCountry } from './habits.ts'
import { NumberEvidence } from './number-evidence.ts'
import { PhoneEvidence } from './phone-evidence.ts'
import { settlePhones } from './settle-phones.ts'
import { provenOrder, settleDates, type OrderHint, type Settled } from './settle-dates.ts'
import { provenMark, settleNumbers, type MarkHint } from './settle-numbers.ts'

/** A book as plain data: it crosses from the process that reads a part of the file. */
export interface SavedBook { evidence: unknown[]; countries: [country: string, rows: number][]; blanks: ColumnBlanks[] }

/** How often the words of a column that say "nothing" were taken for empty cells. */
export interface ColumnBlanks { target: number; words: Record<string, number> }

/** Spellings that are told apart for one column. */
const mostBlankWords = 20

/**
 * What the columns of one import say about themselves: filled by the check while it reads, asked at the end of the file (and once near its
 * beginning, for what to assume meanwhile). A column that a person has decided takes no part.
 */
export class ColumnBook {
  /** By target position; null where the column's values need no evidence. */
  readonly evidence: readonly (ColumnEvidence | null)[]
  readonly countries = new CountryCount()
  private readonly blankWords = new Map<number, Map<string, number>>()
  /** Whether the rows' countries are to be counted: only columns that their values leave open ask for them. */
  wantsCountries = true
  private readonly mapping: Mapping
  private readonly file: FileContext

  constructor(mapping: Mapping, file: FileContext) {
    this.mapping = mapping
    this.file = file
    this.evidence = mapping.targets.map((target) => evidenceFor(target, Number(file.today.slice(0, 4))))
  }

  /** What each column is to be read as, by all values seen so far. */
  findings(): ColumnFinding[] {
    return this.mapping.targets.flatMap((target, position) => {
      const settled = this.settle(target, this.evidence[position] ?? null)
      if (settled === null || (settled.question === null && settled.reason === null && Object.keys(settled.reading).length === 0)) return []
      return [{ target: position, header: target.header ?? '', path: target.path, ...settled }]
    })
  }

  save(): SavedBook {
    return { evidence: [...this.evidence], countries: this.countries.save(), blanks: this.blanks() }
  }

  /** Takes in the book of a later part of the file. */
  join({ evidence, countries, blanks }: SavedBook): void {
    for (const [position, later] of evidence.entries()) if (later !== null) this.evidence[position]?.join(later)
    for (const [country, rows] of countries) this.countries.see(country, rows)
    for (const { target, words } of blanks) for (const [word, times] of Object.entries(words)) this.noteBlank(target, word, times)
  }

  /** A cell of the target said "nothing" in this word. */
  noteBlank(target: number, word: string, times = 1): void {
    let words = this.blankWords.get(target)
    if (!words) this.blankWords.set(target, words = new Map())
    if (words.has(word) || words.size < mostBlankWords) words.set(word, (words.get(word) ?? 0) + times)
  }

  blanks(): ColumnBlanks[] {
    return [...this.blankWords].sort(([a], [b]) => a - b).map(([target, words]) => ({ target, words: Object.fromEntries(words) }))
  }

  /** Whether a column could not be settled by its own values so far, or has shown none. */
  get leavesOpen(): boolean {
    return this.evidence.some((evidence) => {
      if (evidence instanceof DateEvidence) return evidence.others + Object.keys(evidence.counts).length === 0 || (evidence.open > 0 && provenOrder(evidence) === null)
      if (evidence instanceof NumberEvidence) return evidence.short + evidence.long === 0 ? provenMark(evidence) === null : evidence.point.count + evidence.comma.count > 0 && provenMark(evidence) === null
      return false
    })
  }

  private settle({ field }: Target, evidence: ColumnEvidence | null): Settled | null {
    if (evidence instanceof DateEvidence) return settleDates(evidence, field, this.file.today, () => this.orderHints(evidence))
    if (evidence instanceof NumberEvidence) return settleNumbers(evidence, field, () => this.markHints(evidence))
    if (evidence instanceof BooleanEvidence) {
      const pair = evidence.pair()
      return { reading: pair === null ? {} : { booleans: pair }, reason: null, question: null }
    }
    if (evidence instanceof PhoneEvidence) {
      return settlePhones(evidence, this.file.country)
    }
    return null
  }

  private orderHints(of: DateEvidence): OrderHint[] {
    const hints: OrderHint[] = []
    const dates = this.others(of, DateEvidence)
    const siblings = new Set<DateOrder | null>(dates.filter((other) => alike(other, of)).map((other) => provenOrder(other)).filter((order) => order !== null))
    for (const { reading } of this.mapping.targets) if (orderOf(reading.dates) !== null) siblings.add(orderOf(reading.dates))
    const [sibling] = siblings
    if (sibling && siblings.size === 1) hints.push({ order: sibling, reason: 'so are the other dates of the file' })
    const names = dates.map((other) => other.languagesSeen()).filter((languages) => languages.length > 0)
    if (names.length > 0 && names.every((languages) => !languages.includes('en'))) hints.push({ order: 'dmy', reason: 'the file names months in a language that puts the day first', daysOnly: true })
    if (this.provenMarks().has(',') && !this.provenMarks().has('.')) hints.push({ order: 'dmy', reason: 'the numbers of the file have decimal commas', daysOnly: true })
    else if (this.file.delimiter === ';') hints.push({ order: 'dmy', reason: 'the file has semicolons between its cells, as where the day comes first', daysOnly: true })
    const country = this.habit(orderOfCountry)
    if (country !== null) hints.push({ order: country, reason: 'so do the countries of its rows', daysOnly: true })
    if (this.file.dateOrder !== null) hints.push({ order: this.file.dateOrder, reason: 'it is the usual here' })
    return hints
  }

  private markHints(of: NumberEvidence): MarkHint[] {
    const hints: MarkHint[] = []
    const siblings = new Set(this.others(of, NumberEvidence).map(provenMark).filter((mark) => mark !== null))
    for (const { reading } of this.mapping.targets) if (reading.decimal !== undefined) siblings.add(reading.decimal)
    const [sibling] = siblings
    if (sibling && siblings.size === 1) hints.push({ mark: sibling, reason: 'so are the other numbers of the file', thousandsOnly: false })
    const orders = new Set(this.others(null, DateEvidence).map((other) => provenOrder(other)).filter((order) => order !== null))
    if (orders.size === 1 && orders.has('mdy')) hints.push({ mark: '.', reason: 'the file puts the month first in its dates', thousandsOnly: true })
    // Switzerland has the semicolon, but the point as well: the euro's sign tells the others
    const inEuros = of.signs.length > 0 && of.signs.every((sign) => sign === '€' || sign === 'EUR')
    if (this.file.delimiter === ';' && inEuros) hints.push({ mark: ',', reason: 'the file has semicolons between its cells, as where decimals have a comma', thousandsOnly: true })
    const country = this.habit(markOfCountry)
    if (country !== null) hints.push({ mark: country, reason: 'so do the countries of its rows', thousandsOnly: true })
    if (this.file.decimal !== null) hints.push({ mark: this.file.decimal, reason: 'it is the usual here', thousandsOnly: false })
    return hints
  }

  /** What the countries of the rows agree on; where rows name none, those of their phone numbers. */
  private habit<T>(of: (country: string) => T | null): T | null {
    if (!this.countries.isScarce) return this.countries.habit(of)
    const countries = new Set(this.others(null, PhoneEvidence).map((phones) => phones.majority()).filter((country) => country !== null))
    const [country] = countries
    return country !== undefined && countries.size === 1 ? of(country) : null
  }

  private provenMarks(): Set<DecimalMark | null> {
    return new Set(this.others(null, NumberEvidence).map(provenMark))
  }

  private others<E extends ColumnEvidence>(of: E | null, kind: abstract new (...args: never[]) => E): E[] {
    return this.evidence.filter((evidence): evidence is E & ColumnEvidence => evidence instanceof kind && evidence !== of)
  }
}

/** Whether one column's days look as if the same hand had written the other's. */
function alike(one: DateEvidence, other: DateEvidence): boolean {
  return (one.twoDigitYears > 0) === (other.twoDigitYears > 0) && [...one.marks].some((mark) => other.marks.includes(mark))
}

function evidenceFor(target: Target, thisYear: number): ColumnEvidence | null {
  const { field, column, reading } = target
  if (column === null) return null
  switch (field.kind) {
    case 'date':
    case 'date-time': return reading.dates === undefined ? new DateEvidence(centuryOf(field, thisYear), field.kind === 'date-time') : null
    case 'number':
    case 'currency':
    case 'percent': return reading.decimal === undefined ? new NumberEvidence() : null
    case 'boolean': return reading.booleans === undefined ? new BooleanEvidence() : null
    case 'phone': return reading.phones === undefined ? new PhoneEvidence() : null
    default: return null
  }
}

/** Whether a check that assumed one reading has to be made again under the other. */
export function readsOtherwise(assumed: ColumnReading, decided: ColumnReading): boolean {
  // a point is what numbers are read with when nothing is decided
  return assumed.dates !== decided.dates || assumed.months !== decided.months || assumed.phones !== decided.phones || assumed.booleans !== decided.booleans || (assumed.decimal ?? '.') !== (decided.decimal ?? '.')
}

