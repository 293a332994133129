import { expect, it } from 'vitest'
import { fingerprint, nearValues, spellingGroups } from './near-values.ts'

it('takes texts that differ in writing alone for the same', () => {
  expect(['Acme, Inc.', 'ACME INC', 'inc acme', 'Ácme Inc'].map(fingerprint)).toEqual(Array.from({ length: 4 }, () => 'acme inc'))
  expect(fingerprint('Acme GmbH')).not.toBe(fingerprint('Acme Inc'))
})

it('proposes the most frequent way of writing, and nothing for what stands alone', () => {
  expect(nearValues([{ value: 'acme inc', rows: 2 }, { value: 'Acme, Inc.', rows: 9 }, { value: 'Bolt', rows: 4 }, { value: '--', rows: 1 }], [])).toEqual({ 'acme inc': 'Acme, Inc.' })
})

it('proposes options, however seldom they stand in the file, and never other values of a list', () => {
  expect(nearValues([{ value: 'trade show', rows: 9 }, { value: 'Trade Show', rows: 1 }, { value: 'Fair', rows: 3 }, { value: 'fair', rows: 1 }], ['Trade Show', 'Web'])).toEqual({ 'trade show': 'Trade Show' })
})

it('gives the ways of writing one thing as a group, unless options say which is right', () => {
  const values = [{ value: 'acme inc', rows: 2 }, { value: 'Bolt', rows: 4 }, { value: 'Acme, Inc.', rows: 9 }, { value: '--', rows: 1 }, { value: '-', rows: 1 }]
  expect(spellingGroups(values, [])).toEqual([[{ value: 'Acme, Inc.', rows: 9 }, { value: 'acme inc', rows: 2 }]])
  expect(spellingGroups(values, ['Acme'])).toEqual([])
})
