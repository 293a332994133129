import type { DateOrder, DecimalMark } from '../../fields/column-reading.ts'
import type { SourceLayout } from '../../ports/source-layout.ts'
import type { CheckSettings } from '../check-settings.ts'

/** What is known beside the columns' own values when their reading is settled. */
export interface FileContext {
  /** What stands between the cells; null: nothing. */
  delimiter: string | null
  /** The day on which the import was made, `YYYY-MM-DD`. */
  today: string
  /** The organization's habits, where it has set them. */
  dateOrder: DateOrder | null
  decimal: DecimalMark | null
  /** ISO 3166 alpha-2 by which numbers are read that nothing else says more of. */
  country: string | null
}

export function fileContext(layout: SourceLayout, { now, dateOrder, decimal, country }: Pick<CheckSettings, 'now' | 'dateOrder' | 'decimal' | 'country'>): FileContext {
  return { delimiter: 'delimiter' in layout ? layout.delimiter : null, today: now?.slice(0, 10) ?? '2029-12-31', dateOrder: dateOrder ?? null, decimal: decimal ?? null, country }
}

/** How many rows are of each country, by their address. */
export class CountryCount {
  private readonly rows = new Map<string, number>()
  private total = 0

  see(country: string, times = 1): void {
    this.rows.set(country, (this.rows.get(country) ?? 0) + times)
    this.total += times
  }

  save(): [country: string, rows: number][] {
    return [...this.rows]
  }

  /** Whether too few rows name a country to say anything. */
  get isScarce(): boolean {
    return this.total < 10
  }

  /** What nine rows in ten agree on when their countries are asked; null when they do not, or there are fewer than ten. */
  habit<T>(of: (country: string) => T | null): T | null {
    if (this.isScarce) return null
    const votes = new Map<T | null, number>()
    for (const [country, count] of this.rows) votes.set(of(country), (votes.get(of(country)) ?? 0) + count)
    for (const [habit, count] of votes) if (habit !== null && count >= this.total * 0.9) return habit
    return null
  }
}
