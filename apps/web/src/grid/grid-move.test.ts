import { expect, it, test } from 'vitest'
import { moved, rangeOf } from './grid-move.ts'

const size = { rows: 1_000_000, columns: 12, pageRows: 20 }
const cases: [string, boolean, [number, number], [number, number] | null][] = [
  ['ArrowDown', false, [0, 0], [1, 0]],
  ['ArrowDown', false, [999_999, 3], [999_999, 3]],
  ['ArrowUp', false, [0, 3], [0, 3]],
  ['ArrowRight', false, [5, 11], [5, 11]],
  ['ArrowDown', true, [5, 2], [999_999, 2]],
  ['ArrowLeft', true, [5, 7], [5, 0]],
  ['PageDown', false, [999_990, 1], [999_999, 1]],
  ['PageUp', false, [30, 1], [10, 1]],
  ['End', true, [0, 0], [999_999, 11]],
  ['Home', true, [50, 5], [0, 0]],
  ['Home', false, [50, 5], [50, 0]],
  ['a', false, [50, 5], null],
]
test.each(cases)('%s (Ctrl: %s) from %j leads to %j', (key, ctrl, [row, column], to) => {
  expect(moved(key, ctrl, { row, column }, size)).toEqual(to && { row: to[0], column: to[1] })
})

it('spans a range whichever end it was drawn from', () => {
  const range = { top: 2, bottom: 5, left: 1, right: 4 }
  expect(rangeOf({ row: 5, column: 1 }, { row: 2, column: 4 })).toEqual(range)
  expect(rangeOf({ row: 2, column: 4 }, { row: 5, column: 1 })).toEqual(range)
})
