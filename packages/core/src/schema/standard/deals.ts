import { currencyCodes } from '../../fields/currency-codes.ts'
import type { ObjectType, Pipeline } from '../object.ts'
import { field, options, recordFields } from './common-fields.ts'
import { pipelineFields } from './pipeline-fields.ts'
import { leadSources } from './standard-options.ts'

const pipelines: Pipeline[] = [{
  name: 'Sales Pipeline',
  default: true,
  stages: [
    { name: 'Prospecting', probability: 10 },
    { name: 'Qualification', probability: 20 },
    { name: 'Needs Analysis', probability: 30 },
    { name: 'Value Proposition', probability: 50 },
    { name: 'Proposal', probability: 60 },
    { name: 'Negotiation', probability: 80 },
    { name: 'Closed Won', probability: 100, closed: true, won: true },
    { name: 'Closed Lost', probability: 0, closed: true, won: false },
  ],
}]

export const deals: ObjectType = {
  name: 'deals',
  singular: 'deal',
  label: 'Deal',
  pluralLabel: 'Deals',
  nameField: 'name',
  referenceKey: 'name',
  matchKeys: [{ criterion: 'name', id: 7 }, { criterion: 'external_id', id: 8 }],
  pipelines,
  fields: [
    field('name', 'Deal name', 'text', { required: true }),
    field('amount', 'Amount', 'currency', { currencyField: 'currency' }),
    field('currency', 'Currency', 'picklist', { options: options(...currencyCodes) }),
    ...pipelineFields(pipelines, 'Stage', { required: true }),
    field('close_date', 'Close date', 'date'),
    field('probability', 'Probability', 'percent', { min: '0', max: '100' }),
    field('account', 'Account', 'reference', { targets: ['accounts'] }),
    field('contact', 'Primary contact', 'reference', { targets: ['contacts'] }),
    field('deal_type', 'Deal type', 'picklist', { options: options('New Business', 'Existing Business', 'Renewal', 'Upsell', 'Cross-sell', 'Other') }),
    field('lead_source', 'Lead source', 'picklist', { options: leadSources }),
    field('next_step', 'Next step', 'text'),
    field('description', 'Description', 'long-text'),
    field('tags', 'Tags', 'tags'),
    ...recordFields(),
  ],
}
