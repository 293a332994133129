import { currencyOf, currencyOfCountry } from './currency-codes.ts'
import { parseDecimal, plainSigns } from './decimal.ts'
import type { FieldType } from './field-type.ts'
import { latinDigits } from './latin-digits.ts'
import { Problem } from './problem.ts'
import type { RowContext } from './row-context.ts'

/** What stands around the digits: `$1,234.56`, `-€ 5`, `(USD 12.50)`, `1.234,56 EUR`. */
const marked = /^([(+\-\u2212]?) ?([^\d\s.,()'’+\-\u2212][^\d\s,()+\-\u2212]{0,3})?\s?((?:[+\-\u2212] ?)?[\d.,][\d.,'’\s]*(?:[eE][+-]?\d{1,4})?) ?([^\d\s.,()'’+\-\u2212][^\d\s,()+\-\u2212]{0,3})?(-|\))?$/

/**
 * An amount of money, exact. The canonical text is the number alone; the currency that the cell names, by sign or ISO code,
 * goes to the companion. A sign that several currencies share means the organization's own where it is one of them.
 */
export const currencyType: FieldType = {
  kind: 'currency',
  mayWarn: false,
  appendable: false,
  parse(text, field, row, reading) {
    const amount = apart(text, currencyOfRow(row))
    return amount === null ? parseDecimal(text, field, 'type.currency', reading) : amount === 'bad' ? new Problem('type.currency') : parseDecimal(amount.number, field, 'type.currency', reading)
  },
  companion(text, _canonical, _field, row) {
    const amount = apart(text, currencyOfRow(row))
    return amount === null || amount === 'bad' ? null : amount.code
  },
  print(canonical) {
    return canonical
  },
}

/** What a sign that several currencies share means in this row: that of the row's country, else the organization's. */
function currencyOfRow(row: RowContext): string {
  return (row.country === null ? null : currencyOfCountry(row.country)) ?? row.defaultCurrency
}

/** Number and currency code of a text that bears a currency; null where it bears none; 'bad' where the sign means no currency or two. */
function apart(text: string, defaultCurrency: string): { number: string; code: string } | 'bad' | null {
  if (/^[\d.,+-]*$/.test(text)) return null
  const match = marked.exec(withCodes(plainSigns(latinDigits(text))))
  const [, open = '', before, digits = '', after, close = ''] = match ?? []
  if (before === undefined && after === undefined) return null
  const code = before === undefined ? currencyOf(after ?? '', defaultCurrency) : currencyOf(before, defaultCurrency)
  if (code === null || (before !== undefined && after !== undefined && currencyOf(after, defaultCurrency) !== code)) return 'bad'
  return { number: `${open}${digits.trim()}${close}`, code }
}

/** Arabic abbreviations of currencies have points inside, where a number could have them. */
const arabic: Record<string, string> = { جم: 'EGP', دإ: 'AED', رس: 'SAR', دم: 'MAD', دت: 'TND', دك: 'KWD', رق: 'QAR', دب: 'BHD', رع: 'OMR', دأ: 'JOD', لل: 'LBP', دع: 'IQD', دج: 'DZD' }

function withCodes(text: string): string {
  return text.replace(/([\u0621-\u064a])\.([\u0621-\u064a])\.?(?:\u200f)?/, (found, a: string, b: string) => arabic[a + b] ?? found)
}
