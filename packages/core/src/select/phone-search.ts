/** A number of fewer digits is a house number or a year as often as a telephone. */
const fewestDigits = 6
const written = /^\s*\+?[\d\s()./\-–]+$/

/** Whether a search is for a telephone, in whatever notation. */
export function isPhoneSearch(text: string): boolean {
  return written.test(text) && text.replaceAll(/\D/g, '').length >= fewestDigits
}

/**
 * The digits that a number in E.164 has of one as people write it: `0171 1234568` and `+49 (0) 171 1234568` without the zero that is dialled
 * inside a country, `0049 171 …` without those that lead out of it. Null: no telephone, or too little is left of it; of `000000` nothing is, which is in every text.
 */
export function phoneDigits(text: string): string | null {
  const digits = text.replace(/\(0\)/, '').replaceAll(/\D/g, '').replace(/^0+/, '')
  return isPhoneSearch(text) && digits.length >= fewestDigits ? digits : null
}
