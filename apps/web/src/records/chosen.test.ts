import { expect, it } from 'vitest'
import { chosenBody, chosenCount, isChosen, isTooMuch, noneChosen, withChosen } from './chosen.ts'

it('some are chosen and left again by their ids', () => {
  const two = withChosen(withChosen(noneChosen, ['1', '2', '3'], true), ['2'], false)
  expect([isChosen(two, '1'), isChosen(two, '2'), chosenCount(two, null), chosenBody(two, ['title = x'])]).toEqual([true, false, 2, { where: [], records: ['1', '3'] }])
})

it('of all that the filters find those that are left are exceptions', () => {
  const all = withChosen({ kind: 'all', except: new Set() }, ['7'], false)
  expect([isChosen(all, '7'), isChosen(all, '8'), isChosen(withChosen(all, ['7'], true), '7')]).toEqual([false, true, true])
  expect(chosenBody(all, ['title = x'])).toEqual({ where: ['title = x'], except: ['7'] })
  expect([chosenCount(all, { records: 312, exact: true }), chosenCount(all, { records: 10_000, exact: false })]).toEqual([311, null])
})

it('more than a request takes is told', () => {
  const many = Array.from({ length: 4_001 }, (_, i) => String(i + 1))
  expect([isTooMuch(withChosen(noneChosen, many, true)), isTooMuch(withChosen(noneChosen, many.slice(1), true)), isTooMuch(withChosen({ kind: 'all', except: new Set() }, many.slice(0, 51), false))]).toEqual([true, false, true])
})
