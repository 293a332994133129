import type { BooleanPair } from './boolean.ts'
import type { MonthLanguage } from './day/month-names.ts'

/** How day, month and year follow each other in a column of dates such as 03/04/2021. */
export type DateOrder = 'dmy' | 'mdy' | 'ymd'

/**
 * How the dates of a column are written: the order of day, month and year, or numbers that count days (Excel's two systems) or time since
 * 1970 in seconds or milliseconds. A day that can be read in one way only (2021-03-04, 4 March 2021) is read under every order.
 */
export const dateForms = ['dmy', 'mdy', 'ymd', 'excel-1900', 'excel-1904', 'unix-s', 'unix-ms'] as const
export type DateForm = (typeof dateForms)[number]

export const decimalMarks = ['.', ','] as const
export type DecimalMark = (typeof decimalMarks)[number]

/**
 * What a whole column says about the meaning of each of its cells. Decided once, by a person or from all values of the column, and kept
 * with the job: what is absent was not needed.
 */
export interface ColumnReading {
  dates?: DateForm
  /** Language (BCP 47) whose month names the column has, where a name means another month elsewhere. */
  months?: MonthLanguage
  decimal?: DecimalMark
  /** The letters that mean yes and no together. */
  booleans?: BooleanPair
  /** ISO 3166 alpha-2: the country of the column's phone numbers that name none. */
  phones?: string
}

export const noReading: ColumnReading = {}

/** The order of a form; null for the numbers. */
export function orderOf(form: DateForm | undefined): DateOrder | null {
  return form === 'dmy' || form === 'mdy' || form === 'ymd' ? form : null
}
