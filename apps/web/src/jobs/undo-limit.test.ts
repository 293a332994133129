import { expect, it } from 'vitest'
import { hasUndo, undoLimit } from './undo-limit.ts'

it('is over once the days since the end of the job are', () => {
  const at = (iso: string) => undoLimit('2026-01-01T12:00:00.000Z', 30, Date.parse(iso))
  expect(at('2026-01-31T11:59:59Z')).toEqual({ days: 30, until: '2026-01-31T12:00:00.000Z', over: false })
  expect(at('2026-01-31T12:00:01Z').over).toBe(true)
  expect(undoLimit(null, 30, Date.parse('2030-01-01T00:00:00Z'))).toEqual({ days: 30, until: null, over: false })
})

it('offers a way back from a cancelled job only where it has written something', () => {
  const counts = { created: 0, updated: 0, deleted: 0, skipped: 0, flagged: 0, failed: 0, excluded: 9 }
  const cancelled = { state: 'cancelled' as const, undoneBy: null, operation: 'upsert', counts, related: {}, relatedChanged: {} }
  expect(hasUndo(cancelled)).toBe(false)
  expect(hasUndo({ ...cancelled, counts: { ...counts, created: 1 } })).toBe(true)
  expect(hasUndo({ ...cancelled, relatedChanged: { accounts: 1 } })).toBe(true)
  expect(hasUndo({ ...cancelled, state: 'done' })).toBe(true)
})
