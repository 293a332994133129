import type { Catalog } from '../../schema/catalog.ts'
import type { AddressPart, Field, FieldKind } from '../../schema/field.ts'

const field = (name: string, kind: FieldKind = 'text', more: Partial<Field> = {}): Field => ({
  name, kind, label: name.split('_').map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join(' '), ...more,
})
const address = (group: string): Field[] => (['street', 'city', 'state', 'postal_code', 'country'] as const).map((part) =>
  field(`${group}_${part}`, 'text', { address: { group, part: part.replace('_', '-') as AddressPart } }))
const kept = [field('owner', 'owner'), field('external_id', 'external-id'), field('created_at', 'date-time', { audit: true }), field('updated_at', 'date-time', { audit: true })]

/** Three objects that hold one of everything a mapping and a check must deal with. Tests only: the standard schema is free to change. */
export const smallCatalog: Catalog = {
  version: 1,
  objects: [
    {
      name: 'contacts', singular: 'contact', label: 'Contact', pluralLabel: 'Contacts', nameField: 'full_name', referenceKey: 'email',
      matchKeys: [{ criterion: 'email', id: 1 }, { criterion: 'external_id', id: 2 }],
      fields: [
        field('first_name'), field('last_name', 'text', { required: true }), field('full_name', 'text', { virtual: 'full-name' }),
        field('email', 'email'), field('phone', 'phone'), field('phone_source', 'text', { companionOf: 'phone' }),
        field('mobile_phone', 'phone'), field('mobile_phone_source', 'text', { companionOf: 'mobile_phone' }),
        field('title'), field('account', 'reference', { targets: ['accounts'] }), ...address('mailing'),
        field('birthdate', 'date'), field('lead_score', 'number'), field('email_opt_out', 'boolean'), field('tags', 'tags'), field('description', 'long-text'),
        field('lead_source', 'picklist', { options: [{ value: 'Web' }, { value: 'Trade Show' }, { value: 'Fax', active: false }] }), ...kept,
      ],
    },
    {
      name: 'accounts', singular: 'account', label: 'Account', pluralLabel: 'Accounts', nameField: 'name', referenceKey: 'name',
      matchKeys: [{ criterion: 'name', id: 3 }, { criterion: 'external_id', id: 4 }],
      fields: [
        field('name', 'text', { required: true }), field('website', 'url'), field('phone', 'phone'), field('phone_source', 'text', { companionOf: 'phone' }),
        field('industry'), field('annual_revenue', 'currency'), field('annual_revenue_currency', 'text', { companionOf: 'annual_revenue' }),
        field('parent_account', 'reference', { targets: ['accounts'] }), ...address('billing'), ...kept,
      ],
    },
    {
      name: 'deals', singular: 'deal', label: 'Deal', pluralLabel: 'Deals', nameField: 'name', matchKeys: [{ criterion: 'external_id', id: 5 }],
      fields: [
        field('name', 'text', { required: true }), field('amount', 'currency', { currencyField: 'currency' }), field('currency'),
        field('stage', 'picklist', { required: true }), field('pipeline'), field('account', 'reference', { targets: ['accounts'] }),
        field('contact', 'reference', { targets: ['contacts'] }), ...kept,
      ],
      pipelines: [
        { name: 'Sales', default: true, stages: [{ name: 'New' }, { name: 'Won', closed: true, won: true }] },
        { name: 'Renewals', stages: [{ name: 'Due' }, { name: 'Renewed', closed: true, won: true }] },
      ],
    },
  ],
}
