// Prints `N passed, N failed` from vitest's JSON report. Plain JavaScript: the system's older Node runs it.
// Arguments: the report's path, and the exit code of the test run.
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

/**
 * Counts of one run. A file that failed without a failed test of its own (it could not be loaded) counts as one failure, and so
 * does a run that ended badly although nothing in the report says why, or that left no report.
 */
export function countTests(report, exitCode) {
  const files = report?.testResults ?? []
  const tests = files.flatMap((file) => file.assertionResults)
  const count = (...states) => tests.filter((test) => states.includes(test.status)).length
  const unloaded = files.filter((file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed')).length
  const failed = count('failed') + unloaded
  return { passed: count('passed'), failed: failed === 0 && exitCode !== 0 ? 1 : failed, skipped: count('pending', 'skipped', 'todo') }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  let report = null
  try { report = JSON.parse(readFileSync(process.argv[2], 'utf8')) } catch { console.error('The test run left no report.') }
  const { passed, failed, skipped } = countTests(report, Number(process.argv[3]))
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0
}
