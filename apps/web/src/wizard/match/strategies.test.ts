import { expect, it, test } from 'vitest'
import { changeOf, strategies, strategyOf, suggestedCriteria } from './strategies.ts'

test.each(strategies.map((name) => [name]))('%s comes back from the definition it stands for', (name) => {
  expect(strategyOf(changeOf(name))).toBe(name)
})

it('suggests external id before e-mail, and only what the file has columns for', () => {
  const keys = ['email', 'external_id', 'phone', 'first_name+last_name+account']
  expect(suggestedCriteria(keys, new Set(['email', 'external_id', 'phone']))).toEqual([['external_id'], ['email']])
  expect(suggestedCriteria(keys, new Set(['phone']))).toEqual([])
})
