/** A long number as a spreadsheet shows it when its column is narrow: `1.41556E+09`, `4,915E+12`. */
const scientific = /^\+?\d(?:[.,]\d{1,15})?E\+\d{1,3}$/i

/** Whether a spreadsheet has cut the digits of an identifier or a phone number: what is left is the beginning, and many can share it. */
export function hasLostDigits(text: string): boolean {
  return text.length <= 24 && scientific.test(text)
}
