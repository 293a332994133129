import { expect, test } from 'vitest'
import type { Field } from '../schema/field.ts'
import type { ObjectType } from '../schema/object.ts'
import { fieldType } from './field-type.ts'
import { optionLookup } from './option-lookup.ts'
import { rowContext } from './row-context.ts'

const stage: Field = { name: 'stage', label: 'Stage', kind: 'picklist', options: [{ value: 'Any' }] }
const deals: ObjectType = {
  name: 'deals', singular: 'deal', label: 'Deal', pluralLabel: 'Deals', nameField: 'name', matchKeys: [], fields: [stage],
  pipelines: [
    { name: 'Renewals', stages: [{ name: 'Open' }, { name: 'Renewed' }] },
    { name: 'Sales', default: true, stages: [{ name: 'Open' }, { name: 'Won' }] },
  ],
}

test('takes a stage of the row\'s pipeline, or of the default one where the row names none', () => {
  const row = rowContext(deals)
  expect(fieldType('picklist').parse('won', stage, row)).toBe('Won')
  row.pipeline = 'renewals'
  expect(fieldType('picklist').parse('Renewed', stage, row)).toBe('Renewed')
  expect(fieldType('picklist').parse('Won', stage, row)).toMatchObject({ code: 'stage.not-in-pipeline', params: { pipeline: 'Renewals', options: 'Open, Renewed' } })
  row.pipeline = 'Hiring'
  expect(fieldType('picklist').parse('Open', stage, row)).toMatchObject({ code: 'stage.not-in-pipeline', params: { pipeline: 'Hiring' } })
})

test('lets a value win over the label of another option', () => {
  const { active } = optionLookup([{ value: 'a', label: 'B' }, { value: 'b', label: 'C' }])
  expect([active.get('a'), active.get('b'), active.get('c')]).toEqual(['a', 'b', 'b'])
})
