import { compileMapping, parseImportDefinition, standardCatalog } from '@longshore/core'
import { expect, it, test } from 'vitest'
import { changeOf, chosenRules, recordIdsAt, settingsFor, strategies, strategyOf, suggestedCriteria, updates, usualRule, withCriteria } from './strategies.ts'

test.each(strategies.map((name) => [name]))('%s comes back from the definition it stands for', (name) => {
  expect(strategyOf(changeOf(name))).toBe(name)
})

it('suggests external id before e-mail, and only what the file has columns for', () => {
  const keys = ['email', 'external_id', 'phone', 'first_name+last_name+account']
  expect(suggestedCriteria(keys, new Set(['email', 'external_id', 'phone']))).toEqual([['external_id'], ['email']])
  expect(suggestedCriteria(keys, new Set(['phone']))).toEqual([])
})

it('takes settings away that a strategy does not know', () => {
  expect(settingsFor('delete', { onSeveral: 'flag' })).toEqual({ operation: 'delete', onDuplicate: 'skip', onSeveral: 'fail', restoreBinned: undefined, existingReference: undefined })
  expect(settingsFor('add-or-update', { onSeveral: 'flag' })).toEqual({ operation: 'upsert', onDuplicate: 'skip' })
})

it('knows the column of record ids of our own exports', () => {
  expect([['First name', 'ID'], ['Record id'], ['Customer id', 'ideal']].map(recordIdsAt)).toEqual([1, 0, -1])
})

test.each(strategies.map((name) => [name]))('%s is a strategy that an import takes', (name) => {
  const definition = parseImportDefinition({ object: 'contacts', match: [['email']], ...changeOf(name) })
  expect(compileMapping({ catalog: standardCatalog(), definition, columns: ['Last Name', 'Email', 'Last Modified Date'] }).targets.length).toBeGreaterThan(0)
})

it('reads the column of record ids where records are found by it, and no longer when they are not', () => {
  const headers = ['Last Name', 'id']
  const chosen = withCriteria([['id']], { columns: [{ position: 1, field: 'last_name' }] }, headers)
  expect(chosen.columns).toContainEqual({ position: 2, field: 'id' })
  expect(withCriteria([['email']], chosen, headers).columns).toContainEqual({ position: 2, field: null })
  expect(withCriteria([['email']], { columns: [] }, headers).columns).toEqual([])
})

test.each(strategies.filter(updates).map((name) => [name]))('%s begins with the rule that core has for fields without one', (name) => {
  const definition = parseImportDefinition({ object: 'contacts', match: [['email']], ...changeOf(name) })
  const { targets } = compileMapping({ catalog: standardCatalog(), definition, columns: ['Last Name', 'Email', 'Last Modified Date'] })
  expect(targets.find(({ path }) => path === 'last_name')?.merge).toBe(usualRule(name))
})

it('keeps the rules that were chosen for mapped fields, and none where nothing is updated', () => {
  const merge = { last_name: 'never', phone: 'if-empty' } as const
  expect(chosenRules('add-or-update', { merge }, ['last_name', 'email'])).toEqual({ last_name: 'never' })
  expect(chosenRules('skip', { merge }, ['last_name'])).toEqual({})
})
