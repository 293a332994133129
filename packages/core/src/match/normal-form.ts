import type { Field } from '../schema/field.ts'
import type { NormalForm } from '../validate/checked-row.ts'
import { domainKey } from './domain-key.ts'
import { emailKey } from './email-key.ts'
import { externalIdKey } from './external-id-key.ts'
import { numberKey } from './number-key.ts'
import { phoneKey } from './phone-key.ts'
import { textKey } from './text-key.ts'
import { urlKey } from './url-key.ts'

/** Canonical text to the form in which equal values are equal texts; '' when the value cannot identify anything. */
export const normalForms: Record<NormalForm, (canonical: string) => string> = {
  email: emailKey,
  text: textKey,
  phone: phoneKey,
  domain: domainKey,
  url: urlKey,
  number: numberKey,
  exact: externalIdKey,
  'record-id': (id) => id,
}

/** The normal form that a field is compared by, in files and in the store alike. */
export function normalFormOf(field: Field): NormalForm {
  if (field.virtual === 'record-id') return 'record-id'
  switch (field.kind) {
    case 'email': return 'email'
    case 'phone': return 'phone'
    case 'number': case 'currency': case 'percent': return 'number'
    case 'text': case 'long-text': case 'reference': return namesDomain(field) ? 'domain' : 'text'
    case 'url': return namesDomain(field) ? 'domain' : 'url'
    case 'date': case 'date-time': case 'boolean': case 'picklist': case 'multi-select': case 'tags': case 'owner': case 'external-id': return 'exact'
  }
}

/** A company's site names the company by its domain; any other address ("linkedin_url") names one page. */
function namesDomain(field: Field): boolean {
  return field.name === 'domain' || field.name.endsWith('_domain') || (field.kind === 'url' && field.name === 'website')
}
