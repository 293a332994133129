import { currencyCodes } from '../../fields/currency-codes.ts'
import type { ObjectType } from '../object.ts'
import { field, options, recordFields } from './common-fields.ts'

export const products: ObjectType = {
  name: 'products',
  singular: 'product',
  label: 'Product',
  pluralLabel: 'Products',
  nameField: 'name',
  referenceKey: 'name',
  matchKeys: [{ criterion: 'name', id: 10 }, { criterion: 'external_id', id: 11 }],
  fields: [
    field('name', 'Product name', 'text', { required: true }),
    field('sku', 'SKU', 'text'),
    field('price', 'Price', 'currency', { currencyField: 'currency' }),
    field('cost', 'Cost', 'currency', { currencyField: 'currency' }),
    field('currency', 'Currency', 'picklist', { options: options(...currencyCodes) }),
    field('category', 'Category', 'text'),
    field('description', 'Description', 'long-text'),
    field('status', 'Status', 'picklist', { options: options('Active', 'Inactive', 'Draft', 'Discontinued') }),
    field('quantity', 'Quantity', 'number'),
    field('tax', 'Tax', 'percent'),
    field('unit', 'Unit', 'text'),
    field('tags', 'Tags', 'tags'),
    ...recordFields(),
  ],
}
