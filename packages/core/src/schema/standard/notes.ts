import type { ObjectType } from '../object.ts'
import { field, recordFields } from './common-fields.ts'

export const notes: ObjectType = {
  name: 'notes',
  singular: 'note',
  label: 'Note',
  pluralLabel: 'Notes',
  nameField: 'title',
  referenceKey: 'external_id',
  matchKeys: [{ criterion: 'external_id', id: 12 }],
  fields: [
    field('title', 'Title', 'text'),
    field('body', 'Body', 'long-text'),
    field('related_to', 'Related to', 'reference', { targets: ['contacts', 'accounts', 'leads', 'deals', 'tickets'] }),
    ...recordFields(),
  ],
}
