import type { FieldType } from './field-type.ts'
import { Problem } from './problem.ts'

/** Longest address that mail servers take (RFC 5321 with erratum 1690). */
const longestAddress = 254
const longestLocalPart = 64

/**
 * RFC 5322 without its comments, quoted names and bare hosts, which nobody types on purpose: a dot-atom, one @, and a domain of
 * at least two labels whose last one is not a number.
 */
const plain = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/i
/** The same with letters of all scripts (RFC 6531). */
const international = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*@(?:[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?\.)+(?:[\p{L}][\p{L}\p{M}]{1,62}|xn--[a-z0-9-]{1,59})$/iu

/** One e-mail address, kept in the letter case it was typed in; matching ignores the case. Says nothing about whether mail arrives. */
export const emailType: FieldType = {
  kind: 'email',
  mayWarn: false,
  appendable: false,
  parse(given) {
    const text = addressAlone(given)
    if (text.length <= longestAddress && text.indexOf('@') <= longestLocalPart && (plain.test(text) || international.test(text))) return text
    return new Problem('type.email', { detail: whatIsWrong(text) })
  },
  print(canonical) {
    return canonical
  },
}

/** The address of a link (`mailto:ada@example.com?subject=…`), as copied from a web page; any other text as it is. */
function addressAlone(text: string): string {
  return text.charCodeAt(6) === 58 && /^mailto:/i.test(text) ? text.slice(7).replace(/\?.*$/s, '').trim() : text
}

function whatIsWrong(text: string): string {
  const signs = text.length - text.replaceAll('@', '').length
  if (text.length > longestAddress) return ` (${text.length} characters, at most ${longestAddress})`
  if (signs === 0) return ' (it has no @)'
  if (/[<>]/.test(text) || /^mailto:/i.test(text)) return ' (write the address alone)'
  if (signs > 1) return ` (it has ${signs} times @; one cell takes one address)`
  if (/\s/.test(text)) return ' (it has a blank inside)'
  if (text.indexOf('@') > longestLocalPart) return ` (more than ${longestLocalPart} characters before the @)`
  if (!text.slice(text.indexOf('@')).includes('.')) return ' (nothing like ".com" after the @)'
  return ''
}
