import { expect, it } from 'vitest'
import { relatedFacts } from './related-facts.ts'

const counts = { related: { accounts: 5, deals: 0 }, relatedChanged: {} }

it('says that an import created what its rows refer to, once it has', () => {
  expect(relatedFacts({ kind: 'import', figures: 'results', ...counts }, [])).toEqual(['Created 5 accounts that rows refer to'])
  expect(relatedFacts({ kind: 'import', figures: 'planned', ...counts }, [])).toEqual(['Will create 5 accounts that rows refer to'])
})

it('says of no undo that it created what it took along', () => {
  expect(relatedFacts({ kind: 'undo', figures: 'results', ...counts }, [])).toEqual(['Along with them: 5 accounts'])
})
