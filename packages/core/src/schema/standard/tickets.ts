import type { ObjectType, Pipeline } from '../object.ts'
import { field, options, recordFields } from './common-fields.ts'
import { pipelineFields } from './pipeline-fields.ts'
import { priorities } from './standard-options.ts'

const pipelines: Pipeline[] = [{
  name: 'Support Pipeline',
  default: true,
  stages: [
    { name: 'New' },
    { name: 'Open' },
    { name: 'Waiting on Customer' },
    { name: 'Waiting on Us' },
    { name: 'Solved', closed: true },
    { name: 'Closed', closed: true },
  ],
}]

export const tickets: ObjectType = {
  name: 'tickets',
  singular: 'ticket',
  label: 'Ticket',
  pluralLabel: 'Tickets',
  nameField: 'subject',
  referenceKey: 'external_id',
  matchKeys: [{ criterion: 'external_id', id: 13 }],
  pipelines,
  fields: [
    field('subject', 'Subject', 'text'),
    field('description', 'Description', 'long-text'),
    ...pipelineFields(pipelines, 'Status', {}),
    field('priority', 'Priority', 'picklist', { options: priorities }),
    field('source', 'Source', 'picklist', { options: options('Email', 'Phone', 'Chat', 'Web', 'Social Media', 'Other') }),
    field('category', 'Category', 'text'),
    field('contact', 'Contact', 'reference', { targets: ['contacts'] }),
    field('account', 'Account', 'reference', { targets: ['accounts'] }),
    field('related_to', 'Related to', 'reference', { targets: ['deals', 'leads', 'products'] }),
    field('closed_at', 'Closed', 'date-time'),
    field('tags', 'Tags', 'tags'),
    ...recordFields(),
  ],
}
