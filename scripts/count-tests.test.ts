import { expect, test } from 'vitest'
import { countTests } from './count-tests.mjs'

const file = (status: string, ...tests: string[]) => ({ status, assertionResults: tests.map((state) => ({ status: state })) })

const runs: [string, object | null, number, object][] = [
  ['a good run', { testResults: [file('passed', 'passed', 'passed', 'pending')] }, 0, { passed: 2, failed: 0, skipped: 1 }],
  ['a failed test', { testResults: [file('failed', 'passed', 'failed')] }, 1, { passed: 1, failed: 1, skipped: 0 }],
  ['a file that could not be loaded', { testResults: [file('passed', 'passed'), file('failed')] }, 1, { passed: 1, failed: 1, skipped: 0 }],
  ['an error outside all tests', { testResults: [file('passed', 'passed')] }, 1, { passed: 1, failed: 1, skipped: 0 }],
  ['a run without a report', null, 1, { passed: 0, failed: 1, skipped: 0 }],
  ['a run of nothing', { testResults: [] }, 0, { passed: 0, failed: 0, skipped: 0 }],
]
test.each(runs)('counts %s', (_what, report, exitCode, counts) => {
  expect(countTests(report, exitCode)).toEqual(counts)
})
