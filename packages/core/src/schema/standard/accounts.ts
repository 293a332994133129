import type { ObjectType } from '../object.ts'
import { addressFields, amountFields, field, options, phoneFields, recordFields } from './common-fields.ts'
import { industries } from './standard-options.ts'

export const accounts: ObjectType = {
  name: 'accounts',
  singular: 'account',
  label: 'Account',
  pluralLabel: 'Accounts',
  nameField: 'name',
  referenceKey: 'name',
  matchKeys: [{ criterion: 'name', id: 5 }, { criterion: 'external_id', id: 6 }],
  fields: [
    field('name', 'Account name', 'text', { required: true }),
    field('domain', 'Domain', 'url'),
    field('website', 'Website', 'url'),
    field('industry', 'Industry', 'picklist', { options: industries }),
    field('employee_count', 'Employees', 'number', { precision: { integerDigits: 12, decimals: 0 }, min: '0' }),
    ...amountFields('annual_revenue', 'Annual revenue'),
    ...phoneFields('phone', 'Phone'),
    ...phoneFields('fax', 'Fax'),
    field('account_type', 'Account type', 'picklist', {
      options: options('Prospect', 'Customer', 'Partner', 'Reseller', 'Vendor', 'Investor', 'Competitor', 'Press', 'Other'),
    }),
    ...addressFields('billing'),
    ...addressFields('shipping'),
    field('description', 'Description', 'long-text'),
    field('parent_account', 'Parent account', 'reference', { targets: ['accounts'] }),
    field('account_number', 'Account number', 'text'),
    field('tags', 'Tags', 'tags'),
    ...recordFields(),
  ],
}
