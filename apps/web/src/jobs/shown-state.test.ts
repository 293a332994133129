import { expect, it } from 'vitest'
import { shownState } from './shown-state.ts'

const now = Date.parse('2030-01-01T00:00:00Z')

it.each([
  ['queued', '2030-01-02T00:00:00Z', 'scheduled'], ['queued', '2029-12-31T00:00:00Z', 'queued'], ['queued', null, 'queued'], ['running', '2030-01-02T00:00:00Z', 'running'], ['done', null, 'done'],
] as const)('calls a job that is %s, to begin at %s, %s', (state, startAt, shown) => {
  expect(shownState({ state, startAt }, now)).toBe(shown)
})

it.each([['checking', null, 'queued'], ['queued', '2030-01-02T00:00:00Z', 'scheduled'], ['planned', null, 'queued']] as const)('calls a job that is %s, to begin at %s, and waits for a worker %s', (state, startAt, shown) => {
  expect(shownState({ state, startAt, waiting: true }, now)).toBe(shown)
})
