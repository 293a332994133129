const foreign = /[\u0080-\uffff]/
const invisible = /[\u200b\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]/g
const digit = /\p{Nd}/gu
/** Marks that stand beside Arabic and full-width digits, in the form that they have beside ours. */
const marks: Record<string, string> = { '٫': '.', '٬': "'", '،': ',', '－': '-', '．': '.', '，': ',', '／': '/', '：': ':', '٪': '%', '％': '%', '＋': '+' }

/**
 * The same text with the digits 0 to 9 whatever script they are in, blanks of all widths as plain ones, and without the invisible marks
 * that set the direction of writing. Arabic's decimal mark becomes a point and its grouping mark an apostrophe: neither can mean two things.
 */
export function latinDigits(text: string): string {
  if (!foreign.test(text)) return text
  return text.replace(invisible, '').replace(/[\u00a0\u2007-\u200a\u202f\u3000]/g, ' ').replace(/[٫٬،－．，／：٪％＋]/g, (c) => marks[c] ?? c)
    .replace(digit, (c) => (c <= '9' ? c : String(valueOf(c)))).trim()
}

/** Digits of a script stand together, zero first: how far back its zero lies is the value. */
function valueOf(character: string): number {
  const code = character.codePointAt(0) ?? 0
  let value = 0
  while (value < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(code - value - 1))) value++
  return value
}
