import type { ObjectType } from '../object.ts'
import { addressFields, amountFields, field, options, phoneFields, recordFields } from './common-fields.ts'
import { industries, leadSources, ratings } from './standard-options.ts'

export const leads: ObjectType = {
  name: 'leads',
  singular: 'lead',
  label: 'Lead',
  pluralLabel: 'Leads',
  nameField: 'full_name',
  referenceKey: 'email',
  matchKeys: [{ criterion: 'email', id: 3 }, { criterion: 'external_id', id: 4 }],
  fields: [
    field('first_name', 'First name', 'text'),
    field('last_name', 'Last name', 'text', { required: true }),
    field('full_name', 'Full name', 'text', { virtual: 'full-name' }),
    field('email', 'Email', 'email'),
    ...phoneFields('phone', 'Phone'),
    ...phoneFields('mobile_phone', 'Mobile phone'),
    field('company', 'Company', 'text'),
    field('title', 'Title', 'text'),
    field('source', 'Lead source', 'picklist', { options: leadSources }),
    field('status', 'Status', 'picklist', { options: options('New', 'Open', 'Contacted', 'Working', 'Nurturing', 'Qualified', 'Unqualified', 'Converted') }),
    field('rating', 'Rating', 'picklist', { options: ratings }),
    field('lead_score', 'Lead score', 'number'),
    field('website', 'Website', 'url'),
    field('industry', 'Industry', 'picklist', { options: industries }),
    field('employee_count', 'Employees', 'number', { precision: { integerDigits: 12, decimals: 0 }, min: '0' }),
    ...amountFields('annual_revenue', 'Annual revenue'),
    ...addressFields(null),
    field('description', 'Description', 'long-text'),
    field('email_opt_out', 'Email opt-out', 'boolean'),
    field('tags', 'Tags', 'tags'),
    ...recordFields(),
  ],
}
