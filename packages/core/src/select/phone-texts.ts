import { phoneType } from '../fields/phone.ts'
import type { RowContext } from '../fields/row-context.ts'
import { isPhoneSearch, phoneDigits } from './phone-search.ts'

const asField = { name: 'phone', label: 'Phone', kind: 'phone' } as const

/** What a text is looked for as where numbers are kept in E.164: itself, for what was kept as it was typed; its digits; and the number that it is in the country of the organization. */
export function phoneTexts(text: string, context: RowContext): string[] {
  if (!isPhoneSearch(text)) return [text]
  const digits = phoneDigits(text)
  const read = phoneType.parse(text.trim(), asField, context)
  return [...new Set([text, ...(digits === null ? [] : [digits]), ...(typeof read === 'string' && read.startsWith('+') ? [read.slice(1)] : [])])]
}
