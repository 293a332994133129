import { expect, it } from 'vitest'
import { usualRate } from './usual-rate.ts'

const job = (rowsPerSecond: number, rows = 1000, state = 'done' as const) => ({ kind: 'import' as const, state, rows, rowsPerSecond })

it('is the middle rate of imports that were large enough, and nothing where there is none', () => {
  expect(usualRate([job(10), job(5000), job(900), job(1, 3)])).toBe(900)
  expect(usualRate([job(1, 3)])).toBeNull()
})
