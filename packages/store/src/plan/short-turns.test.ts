import { expect, test } from 'vitest'
import { shortTurns } from './short-turns.ts'

test('work over rows lets in what waits, and goes on', async () => {
  const turn = shortTurns()
  let waited = 0, others = 0
  setImmediate(function other() { others += 1; if (waited < 3) setImmediate(other) })
  for (let row = 0; waited < 3; row++) {
    const pause = turn()
    if (pause === null) continue
    await pause
    waited += 1
  }
  expect(others).toBeGreaterThanOrEqual(2)
})
