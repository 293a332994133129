import { numberingPlan, plansOf } from '../../fields/phone/numbering-plan.ts'
import { readPlainNumber } from '../../fields/phone/plain-number.ts'
import type { ColumnEvidence } from './column-evidence.ts'

/** Beyond this row every sixteenth number will do: four in five of them are four in five of all. */
const allRows = 2_000

/** The country that numbers are read by where neither they nor their row names one, and what speaks for it. */
export interface HomeCountry { country: string; reason: string }

/** The countries of a column's numbers, by their calling codes or else by the addresses of their rows, and how many numbers have neither. */
export class PhoneEvidence implements ColumnEvidence {
  /** By the first three digits of the calling code and what follows it. */
  private readonly codes: Record<string, number> = {}
  international = 0
  /** Numbers without a calling code by the country of their row. */
  private readonly rowCountries: Record<string, number> = {}
  /** Numbers without a calling code in rows without a country: they are read by what the others say. */
  homeless = 0
  /** Digits alone without a country: how many, and of those that are a number once a + stands before them, the country. */
  private bare = 0
  private readonly bareCountries: Record<string, number> = {}

  see(text: string, row: number, country: string | null): void {
    const first = text.charCodeAt(0)
    if (first === 43 && row > allRows && (row & 15) !== 0) return
    const from = first === 43 ? 1 : first === 48 && text.charCodeAt(1) === 48 ? 2 : 0
    if (from === 0) {
      if (country === null) { this.homeless++; this.seeBare(text, row) }
      else if (row <= allRows || (row & 15) === 0) this.rowCountries[country] = (this.rowCountries[country] ?? 0) + 1
      return
    }
    let digits = 0
    for (let i = from, taken = 0; i < text.length && taken < 3; i++) {
      const c = text.charCodeAt(i) - 48
      if (c < 0 || c > 9) continue
      digits = digits * 10 + c
      taken++
    }
    this.codes[digits] = (this.codes[digits] ?? 0) + 1
    this.international++
  }

  join(later: this): void {
    for (const [digits, count] of Object.entries(later.codes)) this.codes[digits] = (this.codes[digits] ?? 0) + count
    this.international += later.international
    for (const [country, count] of Object.entries(later.rowCountries)) this.rowCountries[country] = (this.rowCountries[country] ?? 0) + count
    this.bare += later.bare
    for (const [country, count] of Object.entries(later.bareCountries)) this.bareCountries[country] = (this.bareCountries[country] ?? 0) + count
    this.homeless += later.homeless
  }

  /** `4915112345678`: a spreadsheet takes a + for the beginning of a formula, and people leave it out. */
  private seeBare(text: string, row: number): void {
    if (row > allRows && (row & 15) !== 0) return
    this.bare++
    if (text.length < leastBareDigits || text.length > 15 || !/^[1-9]\d+$/.test(text)) return
    const country = readPlainNumber(`+${text}`, '') ? countryOfDigits(text.slice(0, 3)) : null
    if (country !== null) this.bareCountries[country] = (this.bareCountries[country] ?? 0) + 1
  }

  /** The country whose calling code four in five of all numbers begin with, none of which has a +. */
  private bareMajority(): HomeCountry | null {
    const [most] = Object.entries(this.bareCountries).toSorted((a, b) => b[1] - a[1])
    if (most === undefined || this.international > 0 || most[1] < leastNumbers || most[1] < this.bare * 0.8) return null
    return { country: most[0], reason: `the digits of ${most[1]} of ${this.bare} looked at begin with its calling code` }
  }

  /**
   * The country to read numbers by whose row names none: that of at least four in five of the others, by calling code or by row. Fewer than
   * five have to agree all, and be at least as many as those that they speak for. null: the others say nothing.
   */
  home(): HomeCountry | null {
    const votes = this.callingCountries()
    let all = this.international
    for (const [country, count] of Object.entries(this.rowCountries)) {
      if (numberingPlan(country) === null) continue
      votes.set(country, (votes.get(country) ?? 0) + count)
      all += count
    }
    const isFew = all < leastNumbers
    if (isFew && (all < fewestNumbers || all < this.homeless)) return this.bareMajority()
    for (const [country, count] of votes) if (count >= (isFew ? all : all * 0.8)) return { country, reason: `${count} of ${all} others looked at are of it, by their calling code or their row` }
    return null
  }

  /** The country of at least four in five numbers that name one, when there are enough of them; null otherwise. North America's code says US. */
  majority(): string | null {
    if (this.international < leastNumbers) return this.bareMajority()?.country ?? null
    for (const [country, count] of this.callingCountries()) if (count >= this.international * 0.8) return country
    return null
  }

  private callingCountries(): Map<string, number> {
    const countries = new Map<string, number>()
    for (const [digits, count] of Object.entries(this.codes)) {
      const country = countryOfDigits(digits)
      if (country !== null) countries.set(country, (countries.get(country) ?? 0) + count)
    }
    return countries
  }
}

const leastNumbers = 5
const fewestNumbers = 2
/** Shorter ones are too often numbers of a country by themselves. */
const leastBareDigits = 11

function countryOfDigits(digits: string): string | null {
  for (let length = 1; length <= 3; length++) {
    const [main] = plansOf(digits.slice(0, length))
    if (main) return main.country
  }
  return null
}
