import { expect, it } from 'vitest'
import { hasOpenTrial, hasStandingTrial } from './trials.tsx'

const job = (...trials: object[]) => ({ trials: trials.map((trial, number) => ({ job: number, rows: 100, kept: 0, open: null, ...trial })) }) as never

it('waits for a trial, or an undo of one, that has not ended, and for none that is over', () => {
  const open = (state: string) => ({ state, open: { job: 7, state: 'running' } })
  expect([job(), job({ state: 'done' }, { state: 'undone' }), job(open('running'), { state: 'done' }), job(open('failed')), job(open('undone'))].map(hasOpenTrial)).toEqual([false, false, true, true, true])
})

it('leaves rows out for a trial that stands, or whose undo kept records', () => {
  expect([job(), job({ state: 'undone' }), job({ state: 'done' }), job({ state: 'undone', kept: 2 })].map(hasStandingTrial)).toEqual([false, false, true, true])
})
