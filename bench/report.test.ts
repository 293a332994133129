import { expect, test } from 'vitest'
import { median, shortCount } from './report.ts'

test.each([[[3, 1, 2], 2], [[4, 1, 2, 3], 2.5], [[7], 7], [[], NaN]])('the median of %j is %d', (values, expected) => {
  expect(median(values)).toBe(expected)
})

test.each([[1_000_000, '1 M'], [20_000, '20 k'], [1234, '1234'], [1_500_000, '1500 k']])('%d is written "%s"', (count, expected) => {
  expect(shortCount(count)).toBe(expected)
})
