import { chance } from './chance.ts'
import type { TestColumn } from './column.ts'
import { countedDates, dateColumn, mixedDates } from './date-columns.ts'
import { locales as usualLocales, type Locale } from './locales.ts'
import { mixedNumbers, numberColumn } from './number-columns.ts'
import { phoneColumn } from './phone-columns.ts'

/**
 * `count` columns, the same on every run: dates, moments, numbers, money, percentages and phones in all `locales`, a good part of them such that
 * they can be read two ways or contradict themselves. The values are written by the platform's own locale data, not by anything of ours.
 */
export function generateColumns(count: number, seed = 1, locales: readonly Locale[] = usualLocales): TestColumn[] {
  const luck = chance(seed)
  return Array.from({ length: count }, (_, i) => {
    const locale = locales[i % locales.length] ?? luck.pick(locales)
    const rows = luck.pick([12, 30, 60, 200])
    switch ((i + Math.floor(i / locales.length)) % 25) {
      case 0: case 1: case 2: case 3: case 4: return dateColumn(luck, locale, 'anywhere', false, rows)
      case 5: case 6: case 7: return dateColumn(luck, locale, 'anywhere', true, rows)
      case 8: return dateColumn(luck, locale, 'in order', false, rows)
      case 9: return dateColumn(luck, locale, 'low days', false, rows)
      case 10: return dateColumn(luck, locale, 'first of months', false, rows)
      case 11: return luck.next() < 0.5 ? mixedDates(luck, rows) : countedDates(luck, rows)
      case 12: case 13: case 14: return numberColumn(luck, locale, 'number', 'decimals', rows)
      case 15: return numberColumn(luck, locale, 'number', luck.pick(['whole', 'three decimals', 'thousands only']), rows)
      case 16: case 17: case 18: case 19: return numberColumn(luck, locale, 'currency', 'decimals', rows)
      case 20: return numberColumn(luck, locale, 'currency', luck.pick(['whole', 'thousands only']), rows)
      case 21: return luck.next() < 0.5 ? mixedNumbers(luck, rows) : numberColumn(luck, locale, 'number', 'three decimals', rows)
      case 22: return numberColumn(luck, locale, 'percent', 'decimals', rows)
      default: return phoneColumn(luck, rows)
    }
  })
}
