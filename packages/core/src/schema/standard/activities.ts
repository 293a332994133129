import type { ObjectType } from '../object.ts'
import { field, options, recordFields } from './common-fields.ts'
import { priorities } from './standard-options.ts'

export const activities: ObjectType = {
  name: 'activities',
  singular: 'activity',
  label: 'Activity',
  pluralLabel: 'Activities',
  nameField: 'subject',
  referenceKey: 'external_id',
  matchKeys: [{ criterion: 'external_id', id: 9 }],
  fields: [
    field('type', 'Type', 'picklist', { options: options('Call', 'Email', 'Meeting', 'Task', 'Demo', 'Lunch', 'Deadline', 'Note', 'Other') }),
    field('subject', 'Subject', 'text'),
    field('date', 'Date', 'date-time'),
    field('due_date', 'Due date', 'date'),
    field('duration', 'Duration (minutes)', 'number', { min: '0' }),
    field('status', 'Status', 'picklist', {
      options: options('Planned', 'Not Started', 'In Progress', 'Waiting', 'Completed', 'Deferred', 'Cancelled'),
    }),
    field('priority', 'Priority', 'picklist', { options: priorities }),
    field('related_contact', 'Contact', 'reference', { targets: ['contacts'] }),
    field('related_account', 'Account', 'reference', { targets: ['accounts'] }),
    field('related_deal', 'Deal', 'reference', { targets: ['deals'] }),
    field('description', 'Description', 'long-text'),
    ...recordFields(),
  ],
}
