import type { DateOrder, DecimalMark } from '../../fields/column-reading.ts'

/**
 * Countries in which people write the month first, and those in which they write the day first. Where both are in use (Canada), or the
 * year comes first (Sweden, China), a country says nothing.
 */
const monthFirst = new Set('US PR GU VI AS MP UM FM PW MH PH'.split(' '))
const dayFirst = new Set((
  'GB IE DE AT CH LI FR BE LU NL IT ES PT MT CY GR DK NO FI IS PL CZ SK SI HR RO BG RS BA MK ME AL EE LV TR RU UA BY MD GE AM AZ KZ UZ IL AE SA QA KW BH OM JO LB EG MA DZ TN '
  + 'NG GH UG TZ ZW IN PK BD LK NP AU NZ SG MY ID TH VN BR AR CL CO PE EC UY PY BO VE MX CR GT DO HN NI SV CU'
).split(' '))

export function orderOfCountry(country: string): DateOrder | null {
  return monthFirst.has(country) ? 'mdy' : dayFirst.has(country) ? 'dmy' : null
}

/** Countries that write a decimal comma, and those that write a point; Switzerland, Canada and South Africa write both. */
const comma = new Set((
  'DE AT FR BE LU NL IT ES PT GR DK NO SE FI IS PL CZ SK HU SI HR RO BG RS BA MK ME AL EE LV LT TR RU UA BY MD GE AM AZ KZ UZ BR AR CL CO EC UY PY BO VE ID VN MA DZ TN'
).split(' '))
const point = new Set('US GB IE AU NZ IN PK BD LK NP SG MY PH TH JP CN KR TW HK IL MX GT HN NI SV DO PR PE NG GH KE UG TZ ZW'.split(' '))

export function markOfCountry(country: string): DecimalMark | null {
  return comma.has(country) ? ',' : point.has(country) ? '.' : null
}

/**
 * What a currency beside a number says of its marks. The euro, the dollar sign and the franc stand beside both. Only good for telling
 * thousands: nobody asks three decimals of these.
 */
const commaSigns = new Set('R$ KR KR. SEK NOK DKK ZŁ PLN KČ CZK FT HUF ₽ RUB ₺ TRY TL LEI RON BRL ₫ VND RP IDR'.split(' '))
const pointSigns = new Set('£ GBP ₹ INR RS RS. ¥ ￥ JPY CNY ₩ KRW ฿ THB US$ A$ AU$ NZ$ HK$ S$ C$ CA$ MX$ NT$ AUD NZD HKD SGD ₪ ILS ₱ PHP ₦ NGN'.split(' '))

export function markOfSigns(signs: readonly string[]): DecimalMark | null {
  if (signs.length === 0) return null
  return signs.every((sign) => commaSigns.has(sign)) ? ',' : signs.every((sign) => pointSigns.has(sign)) ? '.' : null
}
