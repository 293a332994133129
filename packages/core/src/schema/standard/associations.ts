import type { ObjectType } from '../object.ts'
import { field, recordFields } from './common-fields.ts'

const ends = ['contacts', 'accounts', 'leads', 'deals', 'tickets', 'products', 'activities', 'notes', 'documents']

/** Links between two records of any object, each in a role: who influences a deal, which partner an account has. */
export const associations: ObjectType = {
  name: 'associations',
  singular: 'association',
  label: 'Association',
  pluralLabel: 'Associations',
  nameField: 'role',
  referenceKey: 'external_id',
  matchKeys: [{ criterion: 'external_id', id: 15 }, { criterion: 'from+to+role', id: 16 }],
  fields: [
    field('from', 'From', 'reference', { targets: ends, required: true }),
    field('to', 'To', 'reference', { targets: ends, required: true }),
    field('role', 'Role', 'text'),
    ...recordFields(),
  ],
}
