import type { ObjectType } from '../object.ts'
import { field, recordFields } from './common-fields.ts'

/** What is known about a document; its bytes live wherever `url` points. */
export const documents: ObjectType = {
  name: 'documents',
  singular: 'document',
  label: 'Document',
  pluralLabel: 'Documents',
  nameField: 'name',
  referenceKey: 'external_id',
  matchKeys: [{ criterion: 'external_id', id: 14 }],
  fields: [
    field('name', 'Name', 'text'),
    field('file_name', 'File name', 'text'),
    field('url', 'URL', 'url'),
    field('content_type', 'Content type', 'text'),
    field('size_bytes', 'Size (bytes)', 'number', { precision: { integerDigits: 15, decimals: 0 }, min: '0' }),
    field('description', 'Description', 'long-text'),
    field('related_to', 'Related to', 'reference', { targets: ['contacts', 'accounts', 'leads', 'deals', 'tickets', 'products'] }),
    field('tags', 'Tags', 'tags'),
    ...recordFields(),
  ],
}
