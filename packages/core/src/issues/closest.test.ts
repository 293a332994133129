import { expect, test } from 'vitest'
import { closest } from './closest.ts'

const names = ['Acme Inc.', 'Acme GmbH & Co. KG', 'Globex', 'Initech']

test.each([
  ['Globx', 'Globex'], ['acme inc', 'Acme Inc.'], ['Acme', 'Acme Inc.'], ['Globex Europe Holding', 'Globex'], ['Umbrella', null], ['Ac', null], ['Glob', 'Globex'],
])('what is nearest to %s is %s', (text, nearest) => {
  expect(closest(text, names)).toBe(nearest)
})
