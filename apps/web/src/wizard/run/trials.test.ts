import { expect, it } from 'vitest'
import { hasOpenTrial } from './trials.tsx'

it('waits for a trial that runs, waits or stopped, and for none that is over', () => {
  const open = (...states: string[]) => hasOpenTrial({ trials: states.map((state, job) => ({ job, state, rows: 100 })) as never })
  expect([open(), open('done', 'undone', 'cancelled'), open('running', 'done'), open('paused'), open('failed')]).toEqual([false, false, true, true, true])
})
