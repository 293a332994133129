const e164 = /^\+[1-9]\d{6,14}$/
const international = /^\+[\d\s().\-/]+$/

/**
 * Digits of a number in E.164. A number that was kept as typed has a key only when it says its country itself ("+49 89 …"):
 * without one, the same digits are different telephones in different places. Empty otherwise.
 */
export function phoneKey(text: string): string {
  if (e164.test(text)) return text.slice(1)
  const typed = text.trim()
  if (!international.test(typed)) return ''
  const digits = typed.replace(/\D/g, '')
  return digits.length >= 7 && digits.length <= 15 ? digits : ''
}
