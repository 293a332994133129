import { dateForms, type ColumnReading, type DateForm, type DateOrder } from '../../fields/column-reading.ts'
import { centuryOf, isPast, readDay, type Century } from '../../fields/day/read-day.ts'
import { scanDay } from '../../fields/day/scan-day.ts'
import { dayBeforeTime } from '../../fields/date-time.ts'
import { latinDigits } from '../../fields/latin-digits.ts'
import type { Field } from '../../schema/field.ts'
import type { Seen } from './column-evidence.ts'
import type { ColumnQuestion } from './column-finding.ts'
import { orderBit, type DateEvidence } from './date-evidence.ts'

/** What the rest of the file says about the order of day and month, strongest first; each with its reason. */
export interface OrderHint {
  order: DateOrder
  reason: string
  /** Tells the day from the month, and nothing of a year of two digits that may stand before both. */
  daysOnly?: true
}

export interface Settled { reading: ColumnReading; reason: string | null; question: ColumnQuestion | null }

const words: Record<DateForm, string> = {
  dmy: 'day first', mdy: 'month first', ymd: 'year first', 'excel-1900': 'Excel day numbers', 'excel-1904': 'Excel day numbers since 1904', 'unix-s': 'seconds since 1970', 'unix-ms': 'milliseconds since 1970',
}

/** The order that the values prove by themselves; null: they leave it open, or contradict each other. */
export function provenOrder(evidence: DateEvidence): DateOrder | null {
  const left = likelyOrders(evidence)
  return evidence.open > 0 && left.length === 1 ? left[0] ?? null : null
}

/** Decides how a column of dates is read, or asks. `hints` are asked for only when the values leave the order open. */
export function settleDates(evidence: DateEvidence, field: Field, today: string, hints: () => readonly OrderHint[]): Settled {
  const century = centuryOf(field, Number(today.slice(0, 4)))
  const months = monthsOf(evidence)
  const counted = countedForm(evidence)
  if (counted !== null) return { reading: { dates: counted }, reason: `are ${words[counted]}`, question: null }
  if (months === 'open') return { reading: {}, reason: null, question: monthQuestion(evidence, century) }
  if (evidence.open === 0) return { reading: months, reason: null, question: null }
  const left = likelyOrders(evidence)
  const decided = (order: DateOrder, reason: string | null): Settled => ({ reading: { ...months, dates: order }, reason: reason === null ? null : `are read ${words[order]}: ${reason}`, question: null })
  if (left.length === 0) return { reading: {}, reason: null, question: orderQuestion(evidence, century, 'mixed') }
  const [only] = left
  if (left.length === 1 && only !== undefined) return decided(only, null)
  // nobody but Swedes, Canadians and their like puts a short year in front, and they write 21-03-04
  const yearOpen = left.includes('ymd') && evidence.marks.some((mark) => mark !== '/' && mark !== '.')
  for (const { order, reason, daysOnly } of [...ownHints(evidence, field, today, left), ...hints()]) if (left.includes(order) && !(yearOpen && daysOnly)) return decided(order, reason)
  // all values are the same day either way round (05/05/2021)
  if (evidence.differing === 0) return decided(only ?? 'dmy', null)
  return { reading: {}, reason: null, question: orderQuestion(evidence, century, 'ambiguous') }
}

/** Orders under which all values are days, less the year in front where the numbers at both ends show that it is not there. */
function likelyOrders(evidence: DateEvidence): DateOrder[] {
  const left = evidence.left()
  if (!left.includes('ymd') || left.length < 2 || evidence.twoDigitYears === 0) return left
  const first = bits(evidence.spread.first)
  const last = bits(evidence.spread.last)
  const low = bits(evidence.spread.first & 0b11_1111_1110)
  // days of a month spread over all of 1 to 31, the years of a list do not
  if (evidence.twoDigitYears >= 10 && first >= 8 && low >= 3 && (evidence.spread.first & ~((1 << 24) - 1)) !== 0 && last * 2 <= first) return left.filter((order) => order !== 'ymd')
  if (evidence.twoDigitYears >= 10 && last >= 12 && (evidence.spread.last & ~((1 << 26) - 1)) !== 0 && bits(evidence.spread.last & 0b11_1111_1110) >= 3 && first * 2 <= last) return ['ymd']
  return left
}

/** What the values themselves suggest, short of proof. */
function ownHints(evidence: DateEvidence, field: Field, today: string, left: readonly DateOrder[]): OrderHint[] {
  const hints: OrderHint[] = []
  const [mark] = evidence.marks
  if (evidence.marks.length === 1 && mark === '.') hints.push({ order: 'dmy', reason: 'points between the numbers put the day first', daysOnly: true })
  const names = evidence.languagesSeen()
  if (names.length > 0 && !names.includes('en')) hints.push({ order: 'dmy', reason: 'its months have names of a language that puts the day first', daysOnly: true })
  const runs = left.map((order) => ({ order, ...evidence.runsUnder(order) }))
  const oneWay = runs.filter((run) => run.oneWay && run.steps >= leastSteps)
  const [run] = oneWay
  if (run && oneWay.length === 1 && runs.every((other) => other === run || !other.oneWay)) hints.push({ order: run.order, reason: 'only so are the rows in the order of time' })
  if (isPast(field)) {
    const limit = Number(today.replaceAll('-', '')) + 1
    const behind = left.filter((order) => evidence.runs[order].latest <= limit)
    const [past] = behind
    if (past && behind.length === 1) hints.push({ order: past, reason: 'otherwise some lie in the future' })
  }
  return hints
}

/** So many steps one way are no accident: 1 in 40,000 of random days. */
const leastSteps = 8

function countedForm({ counts, others }: DateEvidence): DateForm | null {
  const [form, ...more] = dateForms.filter((candidate) => counts[candidate] !== undefined)
  return others === 0 && more.length === 0 ? form ?? null : null
}

function monthsOf(evidence: DateEvidence): ColumnReading | 'open' {
  if (evidence.namesOfSeveralMonths.count === 0) return {}
  const [language, ...more] = evidence.languagesSeen()
  return language !== undefined && more.length === 0 ? { months: language } : 'open'
}

function monthQuestion({ namesOfSeveralMonths: seen }: DateEvidence, century: Century): ColumnQuestion {
  const text = latinDigits(seen.example)
  const scanned = scanDay(dayBeforeTime(text) ?? text)
  const languages = scanned?.kind === 'named' ? [...scanned.month.byLanguage.keys()] : []
  return { kind: 'ambiguous', about: 'months', readings: languages.map((value) => ({ value, example: seen.example, means: meaning(seen.example, { months: value }, century), rows: seen.rows, count: seen.count })) }
}

function orderQuestion(evidence: DateEvidence, century: Century, kind: 'ambiguous' | 'mixed'): ColumnQuestion {
  const candidates: DateOrder[] = kind === 'ambiguous' ? evidence.left() : (['dmy', 'mdy', 'ymd'] as const).filter((order) => provedBy(evidence, order).count > 0)
  const shared = kind === 'ambiguous' ? tellingExample(evidence, candidates, century) : ''
  return {
    kind, about: 'dates',
    readings: candidates.map((value) => {
      const seen = kind === 'mixed' ? provedBy(evidence, value) : { example: shared, rows: [], count: 0 }
      return { value, example: seen.example, means: meaning(seen.example, { dates: value }, century), rows: seen.rows, count: seen.count }
    }),
  }
}

/** Values that allow the order and the fewest others. */
function provedBy(evidence: DateEvidence, order: DateOrder): Seen {
  const masks = evidence.byOrders.map((seen, mask) => ({ seen, mask })).filter(({ seen, mask }) => seen.count > 0 && (mask & orderBit[order]) !== 0 && mask !== evidence.allSeen)
  return masks.toSorted((a, b) => bits(a.mask) - bits(b.mask))[0]?.seen ?? { count: 0, rows: [], example: '' }
}

/** The value of which the orders make the most different days. */
function tellingExample(evidence: DateEvidence, orders: readonly DateOrder[], century: Century): string {
  const examples = [...evidence.telling, ...evidence.byOrders.filter(({ count }, mask) => count > 0 && mask > 0).map(({ example }) => example)].filter((example) => example !== '')
  const meanings = (example: string): number => new Set(orders.map((order) => meaning(example, { dates: order }, century))).size
  return examples.toSorted((a, b) => meanings(b) - meanings(a))[0] ?? ''
}

function meaning(example: string, reading: ColumnReading, century: Century): string {
  const text = latinDigits(example)
  const day = readDay(dayBeforeTime(text) ?? text, reading, century)
  return typeof day === 'string' ? day : 'no day'
}

function bits(set: number): number {
  let count = 0
  for (let rest = set >>> 0; rest !== 0; rest &= rest - 1) count++
  return count
}
