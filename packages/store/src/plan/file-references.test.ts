import { expect, test } from 'vitest'
import { rowsInCircles } from './file-references.ts'

test.each<[string, [number, number][][], number[]]>([
  ['no links', [[]], []], ['a chain', [[[2, 3], [3, 4]]], []], ['a row that refers to itself', [[[2, 2]]], [2]], ['a circle with a tail', [[[2, 3], [3, 4], [4, 2], [5, 2], [6, 5]]], [2, 3, 4]],
  ['two circles', [[[2, 3], [3, 2], [4, 5], [5, 4]]], [2, 3, 4, 5]], ['a circle over two references', [[[2, 3]], [[3, 2]]], [2, 3]],
])('%s', (_, links, circular) => {
  expect(rowsInCircles(links.map((one) => new Map(one)))).toEqual(circular)
})

test('a chain of a hundred thousand rows is gone through once', () => {
  const chain = new Map(Array.from({ length: 100_000 }, (_, i) => [i + 2, i + 3] as const))
  expect(rowsInCircles([chain])).toEqual([])
})
