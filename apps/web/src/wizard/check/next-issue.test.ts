import { expect, it } from 'vitest'
import type { GridRow } from '../../grid/grid-column.ts'
import { nextIssue } from './next-issue.ts'

const mark = { severity: 'error', message: '' } as const
const marks: NonNullable<GridRow['marks']>[] = [{ 1: mark, 3: mark }, {}, { 0: mark }]
const sheet = marks.map((marks, index): GridRow => ({ label: String(index + 2), cells: [], marks }))
const rows = { row: (position: number) => sheet[position] }
const from = (row: number, column: number, step: 1 | -1) => nextIssue(rows, 5, { row, column }, step)

it('goes along a row before it goes down, and back the same way', () => {
  expect([from(0, 0, 1), from(0, 1, 1), from(0, 3, 1)]).toEqual([{ row: 0, column: 1 }, { row: 0, column: 3 }, { row: 2, column: 0 }])
  expect([from(2, 0, -1), from(0, 3, -1), from(0, 1, -1)]).toEqual([{ row: 0, column: 3 }, { row: 0, column: 1 }, null])
})

it('stops at rows that are still on their way', () => {
  expect(from(2, 0, 1)).toBeNull()
})
