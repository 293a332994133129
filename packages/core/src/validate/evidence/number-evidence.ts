import { latinDigits } from '../../fields/latin-digits.ts'
import { longestValue, noneSeen, note, seenInBoth, type ColumnEvidence } from './column-evidence.ts'

/** Beyond so many, what stands beside the numbers are no currencies. */
const mostSigns = 20
const zero = 48
const nine = 57

/** What the marks in the numbers of a column say about each other. What stands around the digits (signs, currencies, %) is not looked at. */
export class NumberEvidence implements ColumnEvidence {
  /** Values in which the point, or the comma, can only be the decimal mark; it is so as well where the other one can only group digits. */
  readonly pointDecimal = noneSeen()
  readonly commaDecimal = noneSeen()
  /** `1.234` and `1,234`: thousands or three decimals. */
  readonly point = noneSeen()
  readonly comma = noneSeen()
  /** Numbers without a mark: of at most three digits, and longer ones. A list that groups its thousands has no longer ones. */
  short = 0
  long = 0
  apostrophes = 0
  /** The least of the values that are open, read as thousands. */
  leastGrouped: number | null = null
  /** Currency signs and codes beside the values that are open. */
  readonly signs: string[] = []

  see(source: string, row: number): void {
    if (source.length > longestValue) return
    let start = -1
    let end = -1
    let points = 0
    let commas = 0
    let plain = true
    let mark = -1
    for (let i = 0; i < source.length; i++) {
      const c = source.charCodeAt(i)
      if (c >= zero && c <= nine) {
        if (start < 0) start = i
        end = i
      } else if (c === 46) { points++; mark = i } else if (c === 44) { commas++; mark = i }
      else if (c !== 45) plain = false
    }
    if (plain && points === 0 && commas === 0 && start >= 0) {
      if (end - start < 3) this.short++
      else this.long++
      return
    }
    // by far the most frequent: one mark between digits that are not three behind it (`weigh` says the same of them, and takes ten times as long)
    if (plain && points + commas === 1 && start < mark && mark < end && end === source.length - 1 && end - mark !== 3 && source.lastIndexOf('-') <= 0) {
      note(points === 1 ? this.pointDecimal : this.commaDecimal, source, row)
      return
    }
    this.weigh(plain ? source : latinDigits(source), source, row)
  }

  join(later: this): void {
    for (const kind of ['pointDecimal', 'commaDecimal', 'point', 'comma'] as const) seenInBoth(this[kind], later[kind])
    this.short += later.short
    this.long += later.long
    this.apostrophes += later.apostrophes
    if (later.leastGrouped !== null) this.leastGrouped = Math.min(this.leastGrouped ?? later.leastGrouped, later.leastGrouped)
    for (const sign of later.signs) if (this.signs.length < mostSigns && !this.signs.includes(sign)) this.signs.push(sign)
  }

  private weigh(text: string, source: string, row: number): void {
    // Arabic has marks of its own, which mean one thing each
    if (source.includes('٫')) { note(this.pointDecimal, source, row); return }
    const body = /(?:(?<!\p{L})[.,])?\d[\d.,'’ ]*/u.exec(text)?.[0].trimEnd() ?? ''
    if (/['’]/.test(body)) this.apostrophes++
    const grouped = /\d[ '’]\d{3}(?!\d)/.test(body)
    const marks = body.replace(/[^.,]/g, '')
    if (marks === '') {
      const digits = body.replace(/\D/g, '').length
      if (digits > 0 && digits <= 3) this.short++
      else if (!grouped) this.long++
      return
    }
    const mark = marks.at(-1) === ',' ? ',' : '.'
    const decimal = (by: string): void => note(by === '.' ? this.pointDecimal : this.commaDecimal, source, row)
    if (marks.includes('.') && marks.includes(',')) {
      // 1.234,56 and 1,234.56: the last one is the decimal mark, and stands once
      if (marks.indexOf(mark) === marks.length - 1) decimal(mark)
      return
    }
    if (marks.length > 1) { decimal(mark === '.' ? ',' : '.'); return } // 1.234.567: a mark that comes twice groups
    const [before = '', after = ''] = body.split(mark)
    const isOpen = after.length === 3 && !grouped && /^[1-9]\d{0,2}$/.test(before.trim()) && !/^[eE]/.test(text.slice(text.indexOf(body) + body.length))
    if (!isOpen) { if (after !== '') decimal(mark); return }
    note(mark === '.' ? this.point : this.comma, source, row)
    this.leastGrouped = Math.min(this.leastGrouped ?? Number.POSITIVE_INFINITY, Number(before + after))
    const sign = text.replace(body, '').replace(/[\s()+−–-]/g, '').toUpperCase()
    if (this.signs.length < mostSigns && !this.signs.includes(sign)) this.signs.push(sign)
  }
}
