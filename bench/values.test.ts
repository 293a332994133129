import { expect, it } from 'vitest'
import { generateColumns } from './values/generate.ts'
import { judge } from './values/judge.ts'
import { figuresOf } from './values/report.ts'

// the same as `npm run bench:values`, on a few columns

const columns = generateColumns(60)

it('reads no column of dates, numbers, money or phones silently wrong, and asks about those that nothing decides', () => {
  const figures = figuresOf(columns.map(judge))
  expect(figures.silentlyWrong.map(({ column, example }) => [column.name, example])).toEqual([])
  expect(figures.needless.map(({ column }) => column.name)).toEqual([])
  expect(figures.rightlyAsked).toBeGreaterThan(2)
  expect(figures.right).toEqual({ phones: 1, others: 1 })
})

it('counts a column that was read otherwise than it was meant as silently wrong', () => {
  const [column] = columns
  if (!column) throw new Error('there are columns')
  const figures = figuresOf([judge({ ...column, truth: column.truth.map(() => '1999-01-01') })])
  expect(figures.silentlyWrong).toHaveLength(1)
})
