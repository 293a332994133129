import { failpoint, hasBug, seedBug, setFailpoints } from '@longshore/core'
import { afterEach, expect, test } from 'vitest'
import { armTestHooks } from './test-hooks.ts'

afterEach(() => { setFailpoints(null); seedBug(null) })

test('nothing is armed unless it is a test', async () => {
  armTestHooks({ LONGSHORE_FAILPOINT: 'plan.before-commit:throw', LONGSHORE_SEEDED_BUG: 'no-fence-check' })
  await failpoint('plan.before-commit')
  expect(hasBug('no-fence-check')).toBe(false)
})

test('a trap springs at the passage that it names, and only there', async () => {
  armTestHooks({ LONGSHORE_TEST: '1', LONGSHORE_FAILPOINT: 'apply.after-commit:throw:2' })
  await failpoint('apply.after-commit')
  await failpoint('plan.before-commit')
  await expect(Promise.resolve(failpoint('apply.after-commit'))).rejects.toThrow('thrown at the failpoint apply.after-commit')
  await failpoint('apply.after-commit')
})

test('a bug is seeded by its name', () => {
  armTestHooks({ LONGSHORE_TEST: '1', LONGSHORE_SEEDED_BUG: 'counters-in-memory' })
  expect(hasBug('counters-in-memory')).toBe(true)
})

test.each([
  [{ LONGSHORE_FAILPOINT: 'apply.after-commit:explode' }, /name:kill\|throw/],
  [{ LONGSHORE_FAILPOINT: 'apply.after-commit:kill:soon' }, /apply\.after-commit:kill:soon/],
  [{ LONGSHORE_SEEDED_BUG: 'no-such-bug' }, /there is no "no-such-bug"/],
])('%j is refused', (env, message) => {
  expect(() => armTestHooks({ LONGSHORE_TEST: '1', ...env })).toThrow(message)
})
