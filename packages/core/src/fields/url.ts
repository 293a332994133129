import type { FieldType } from './field-type.ts'
import { plainTextProblem } from './plain-text.ts'
import { Problem } from './problem.ts'

/** Beyond this many characters browsers and servers stop agreeing on an address. */
const longestUrl = 2048

/** The form nearly all cells have, without asking the URL parser: with or without scheme, a host of labels, port, path. */
const plain = /^(?:https?:\/\/)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})(?::\d{1,5})?(?:[/?#][\x21-\x7e]*)?$/i
/** A domain with letters of any script and no scheme. */
const bareInternational = /^(?:[\p{L}\p{N}][\p{L}\p{M}\p{N}-]{0,62}\.)+\p{L}[\p{L}\p{M}]{1,62}(?::\d{1,5})?(?:[/?#]\S*)?$/u
/** What cannot run anything when somebody clicks it. */
const allowedSchemes = new Set(['http', 'https', 'ftp', 'ftps', 'mailto', 'tel'])
const scheme = /^([a-z][a-z0-9+.-]*):/i

/** A web address or a bare domain, kept as typed. */
export const urlType: FieldType = {
  kind: 'url',
  mayWarn: false,
  appendable: false,
  parse(text, field) {
    const limit = field.maxLength ?? longestUrl
    if (text.length <= limit && plain.test(text)) return text
    const problem = plainTextProblem(text, field, limit)
    if (problem) return problem
    return isAddress(text) ? text : new Problem('type.url')
  },
  print(canonical) {
    return canonical
  },
}

function isAddress(text: string): boolean {
  if (/\s/.test(text)) return false
  if (bareInternational.test(text)) return true
  const named = scheme.exec(text)?.[1]?.toLowerCase()
  return named !== undefined && allowedSchemes.has(named) && URL.canParse(text) && text.length > named.length + 1
}
