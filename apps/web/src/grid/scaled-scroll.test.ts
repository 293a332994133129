import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { offsetAt, offsetShowing, rowsAt, scrollGeometry, scrollTopFor, tallestPx } from './scaled-scroll.ts'

const rowPx = 32

describe('a list taller than browsers can scroll', () => {
  it('ends with its last row at the end of the bar', () => {
    const geometry = scrollGeometry(1_000_000, rowPx, 600)
    expect(geometry.scrolledPx).toBe(tallestPx)
    const offset = offsetAt(geometry, tallestPx - 600)
    expect(rowsAt(offset, 600, rowPx, 1_000_000, 0).last).toBe(999_999)
    expect(offset + 600).toBe(32_000_000)
  })

  it('begins with its first row at the start of the bar', () => {
    expect(rowsAt(offsetAt(scrollGeometry(1_000_000, rowPx, 600), 0), 600, rowPx, 1_000_000, 0).first).toBe(0)
  })

  it('comes back to the offset that it was scrolled to', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 3_000_000 }), fc.integer({ min: 100, max: 2_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (rows, viewport, place) => {
      const geometry = scrollGeometry(rows, rowPx, viewport)
      const offset = place * Math.max(0, geometry.fullPx - viewport)
      expect(offsetAt(geometry, scrollTopFor(geometry, offset))).toBeCloseTo(offset, 3)
    }), { seed: 7, numRuns: 300 })
  })

  it('shows every row when asked to, wholly', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 999_999 }), fc.integer({ min: 0, max: 31_999_000 }), (row, from) => {
      const offset = offsetShowing(row, from, 600, rowPx)
      expect(row * rowPx).toBeGreaterThanOrEqual(offset)
      expect(row * rowPx + rowPx).toBeLessThanOrEqual(offset + 600)
    }), { seed: 7, numRuns: 300 })
  })
})

it('leaves a short list to the browser', () => {
  const geometry = scrollGeometry(100, rowPx, 600)
  expect([geometry.scrolledPx, offsetAt(geometry, 480), scrollTopFor(geometry, 480)]).toEqual([3_200, 480, 480])
})

it('does not move where the row shows already', () => {
  expect(offsetShowing(5, 64, 600, rowPx)).toBe(64)
})
