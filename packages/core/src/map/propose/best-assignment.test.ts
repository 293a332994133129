import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bestAssignment, type Worth } from './best-assignment.ts'

/** The greatest worth by trying everything. */
function greatest(worths: readonly Worth[], columns: readonly number[], used: ReadonlySet<string> = new Set()): number {
  const [column, ...rest] = columns
  if (column === undefined) return 0
  const taking = worths.filter((one) => one.column === column && !used.has(one.target)).map(({ target, worth }) => worth + greatest(worths, rest, new Set([...used, target])))
  return Math.max(greatest(worths, rest, used), ...taking)
}

it('finds the assignment that trying everything finds', () => {
  const worth = fc.record({ column: fc.integer({ min: 0, max: 4 }), target: fc.constantFrom('a', 'b', 'c', 'd'), worth: fc.integer({ min: -20, max: 100 }) })
  fc.assert(fc.property(fc.uniqueArray(worth, { maxLength: 12, selector: ({ column, target }) => `${column}${target}` }), (worths) => {
    const chosen = bestAssignment(worths)
    expect(new Set(chosen.values()).size).toBe(chosen.size)
    const total = [...chosen].reduce((sum, [column, target]) => sum + (worths.find((one) => one.column === column && one.target === target)?.worth ?? Number.NaN), 0)
    expect(total).toBe(greatest(worths, [0, 1, 2, 3, 4]))
  }), { numRuns: 300 })
})
