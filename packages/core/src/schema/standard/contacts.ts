import type { ObjectType } from '../object.ts'
import { addressFields, field, phoneFields, recordFields } from './common-fields.ts'
import { leadSources, salutations } from './standard-options.ts'

export const contacts: ObjectType = {
  name: 'contacts',
  singular: 'contact',
  label: 'Contact',
  pluralLabel: 'Contacts',
  nameField: 'full_name',
  referenceKey: 'email',
  matchKeys: [{ criterion: 'email', id: 1 }, { criterion: 'external_id', id: 2 }],
  fields: [
    field('first_name', 'First name', 'text'),
    field('last_name', 'Last name', 'text', { required: true }),
    field('full_name', 'Full name', 'text', { virtual: 'full-name' }),
    field('salutation', 'Salutation', 'picklist', { options: salutations, restricted: false }),
    field('email', 'Email', 'email'),
    field('secondary_email', 'Secondary email', 'email'),
    ...phoneFields('phone', 'Phone'),
    ...phoneFields('mobile_phone', 'Mobile phone'),
    ...phoneFields('fax', 'Fax'),
    field('title', 'Title', 'text'),
    field('department', 'Department', 'text'),
    field('account', 'Account', 'reference', { targets: ['accounts'] }),
    field('website', 'Website', 'url'),
    field('linkedin_url', 'LinkedIn profile', 'url'),
    ...addressFields('mailing', ['street', 'street2', 'city', 'state', 'postal-code', 'country']),
    field('birthdate', 'Birthdate', 'date'),
    field('description', 'Description', 'long-text'),
    field('lead_source', 'Lead source', 'picklist', { options: leadSources }),
    field('lead_score', 'Lead score', 'number'),
    field('email_opt_out', 'Email opt-out', 'boolean'),
    field('tags', 'Tags', 'tags'),
    ...recordFields(),
  ],
}
