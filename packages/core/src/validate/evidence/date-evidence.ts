import type { DateForm, DateOrder } from '../../fields/column-reading.ts'
import { monthLanguages, type MonthLanguage } from '../../fields/day/month-names.ts'
import { countForm } from '../../fields/day/read-count.ts'
import { exists, partsIn, possibleOrders, type Century } from '../../fields/day/read-day.ts'
import { scanDay } from '../../fields/day/scan-day.ts'
import { dayBeforeTime } from '../../fields/date-time.ts'
import { latinDigits } from '../../fields/latin-digits.ts'
import { longestValue, noneSeen, note, seenInBoth, type ColumnEvidence, type Seen } from './column-evidence.ts'

/** The orders as bits, so that what all values allow is one `&`. */
export const orderBit: Record<DateOrder, number> = { dmy: 1, mdy: 2, ymd: 4 }
const allOrderBits = 7
const hyphen = 45
const nine = 57
const orders: readonly DateOrder[] = ['dmy', 'mdy', 'ymd']
const pairs: readonly (readonly [DateOrder, DateOrder])[] = [['dmy', 'mdy'], ['dmy', 'ymd'], ['mdy', 'ymd']]

/** How the days run down the column under one order: whether they ever fall or rise, and how often they do. */
interface Run { first: number; last: number; rises: number; falls: number; latest: number }

/** What the values of a date column allow. Days that can be read one way by their form alone (ISO, a year in front, a month's name) leave the order open. */
export class DateEvidence implements ColumnEvidence {
  /** By the set of orders (bits) under which a value is a day of the calendar; 0: under none. */
  readonly byOrders: Seen[] = Array.from({ length: 8 }, noneSeen)
  /** The orders under which all values are days. */
  possible = allOrderBits
  /** Orders that some value allows. */
  allSeen = 0
  /** Values whose form leaves the order open; and those of them that are different days under two orders. */
  open = 0
  differing = 0
  /** The first value of each kind of those, by the pairs of orders (bits of `pairs`) under which it is another day: what a question shows tells them apart. */
  readonly telling: string[] = Array.from({ length: 8 }, () => '')
  /** Numbers that count days or seconds, by form; and values that are something else. */
  readonly counts: Partial<Record<DateForm, Seen>> = {}
  others = 0
  /** What stands between the numbers. */
  readonly marks: string[] = []
  /** Two-digit numbers at either end: the days of a month spread wider than the years of a list. Bits 0 to 31. */
  readonly spread = { first: 0, last: 0 }
  twoDigitYears = 0
  /** Languages (bits by `monthLanguages`) that have all month names seen; and whether a name needs one of them. */
  languages = -1
  named = 0
  readonly namesOfSeveralMonths = noneSeen()
  readonly runs: Record<DateOrder, Run> = { dmy: newRun(), mdy: newRun(), ymd: newRun() }
  /** Whether the texts themselves rise or fall down the column: then a sorted list proves nothing about its days. */
  private readonly textRun = { first: '', last: '', rises: 0, falls: 0 }

  private readonly century: Century
  private readonly withTime: boolean
  constructor(century: Century, withTime: boolean) {
    this.century = century
    this.withTime = withTime
  }

  see(source: string, row: number): void {
    // a year and a hyphen in front: nearly every export writes its days so, and whatever follows, no order is left open
    if (source.charCodeAt(4) === hyphen && source.charCodeAt(7) === hyphen && source.charCodeAt(0) <= nine) { this.others++; return }
    if (source.length > longestValue) { this.others++; return }
    const text = latinDigits(source)
    const form = countForm(text)
    if (form !== null) {
      note(this.counts[form] ??= noneSeen(), source, row)
      return
    }
    this.others++
    const scanned = scanDay((this.withTime || text.includes(':') ? dayBeforeTime(text) : null) ?? text)
    if (scanned === null) return
    if (scanned.kind === 'named') {
      if (scanned.month.byLanguage.size === 0) return
      this.named++
      let mask = 0
      for (const language of scanned.month.byLanguage.keys()) mask |= 1 << monthLanguages.indexOf(language)
      this.languages &= mask
      if (scanned.month.month === 0) note(this.namesOfSeveralMonths, source, row)
      return
    }
    const candidates = possibleOrders(scanned)
    // a year of four digits in front leaves nothing open
    if (scanned.kind === 'numbers' && scanned.aDigits === 4) return
    let mask = 0
    for (const order of candidates) {
      const parts = partsIn(scanned, order, this.century)
      if (!exists(parts)) continue
      mask |= orderBit[order]
      follow(this.runs[order], parts.year * 10_000 + parts.month * 100 + parts.day)
    }
    note(this.byOrders[mask] ?? noneSeen(), source, row)
    if (mask === 0) return
    this.open++
    this.allSeen |= mask
    this.noteApart(mask, source)
    this.possible &= mask
    if (scanned.kind !== 'numbers') return
    if (!this.marks.includes(scanned.mark)) this.marks.push(scanned.mark)
    if (scanned.cDigits === 2) {
      this.twoDigitYears++
      if (scanned.a <= 31) this.spread.first |= 1 << (scanned.a % 32)
      if (scanned.c <= 31) this.spread.last |= 1 << (scanned.c % 32)
    }
    const { last } = this.textRun
    if (last !== '' && text > last) this.textRun.rises++
    else if (last !== '' && text < last) this.textRun.falls++
    if (last === '') this.textRun.first = text
    this.textRun.last = text
  }

  /** Notes which orders make different days of the value, each of which is the last of its run. */
  private noteApart(mask: number, source: string): void {
    let apart = 0
    for (let i = 0; i < pairs.length; i++) {
      const [a, b] = pairs[i] ?? ['dmy', 'dmy']
      if ((mask & orderBit[a]) !== 0 && (mask & orderBit[b]) !== 0 && this.runs[a].last !== this.runs[b].last) apart |= 1 << i
    }
    if (apart === 0) return
    this.differing++
    if (this.telling[apart] === '') this.telling[apart] = source.slice(0, 80)
  }

  join(later: this): void {
    for (const [apart, example] of later.telling.entries()) this.telling[apart] ||= example
    for (const [mask, seen] of later.byOrders.entries()) seenInBoth(this.byOrders[mask] ?? noneSeen(), seen)
    for (const [form, seen] of Object.entries(later.counts)) seenInBoth(this.counts[form as DateForm] ??= noneSeen(), seen)
    for (const mark of later.marks) if (!this.marks.includes(mark)) this.marks.push(mark)
    this.possible &= later.possible
    this.allSeen |= later.allSeen
    this.open += later.open
    this.differing += later.differing
    this.others += later.others
    this.spread.first |= later.spread.first
    this.spread.last |= later.spread.last
    this.twoDigitYears += later.twoDigitYears
    this.languages &= later.languages
    this.named += later.named
    seenInBoth(this.namesOfSeveralMonths, later.namesOfSeveralMonths)
    for (const order of orders) {
      joinRuns(this.runs[order], later.runs[order], 0)
      this.runs[order].latest = Math.max(this.runs[order].latest, later.runs[order].latest)
    }
    joinRuns(this.textRun, later.textRun, '')
  }

  /** Whether the days run one way down the whole column under `order` while their texts do not. Steps: how often they move. */
  runsUnder(order: DateOrder): { oneWay: boolean; steps: number } {
    const { rises, falls } = this.runs[order]
    const sortedAsText = this.textRun.rises === 0 || this.textRun.falls === 0
    return { oneWay: (rises === 0 || falls === 0) && !sortedAsText, steps: rises + falls }
  }

  /** Orders that are left, in words of ours. */
  left(): DateOrder[] {
    return orders.filter((order) => (this.possible & orderBit[order]) !== 0)
  }

  /** Languages that have all month names seen; none where there were no names. */
  languagesSeen(): MonthLanguage[] {
    return this.named === 0 ? [] : monthLanguages.filter((_, i) => (this.languages & (1 << i)) !== 0)
  }
}

/** The step from one part of the column to the next counts like any other. */
function joinRuns<T extends string | number>(run: { first: T; last: T; rises: number; falls: number }, next: { first: T; last: T; rises: number; falls: number }, none: T): void {
  if (next.last === none) return
  run.rises += next.rises + (run.last !== none && next.first > run.last ? 1 : 0)
  run.falls += next.falls + (run.last !== none && next.first < run.last ? 1 : 0)
  if (run.last === none) run.first = next.first
  run.last = next.last
}

function newRun(): Run {
  return { first: 0, last: 0, rises: 0, falls: 0, latest: 0 }
}

function follow(run: Run, day: number): void {
  if (run.last !== 0) {
    if (day > run.last) run.rises++
    else if (day < run.last) run.falls++
  } else run.first = day
  run.last = day
  if (day > run.latest) run.latest = day
}
