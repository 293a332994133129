import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { runMeasured } from './process-cost.ts'

const onLinux = existsSync('/proc/self/stat')
const megabyte = 2 ** 20

test.skipIf(!onLinux)('counts the memory of a process together with that of the process it starts', async () => {
  // Both hold 64 MB for a moment; the inner one is the outer one's child.
  const hold = "const held = Buffer.alloc(64 * 2 ** 20, 1); setTimeout(() => console.log(held.length), 1500)" // six looks, as a busy machine misses some
  const outer = `${hold}; require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(hold)}])`
  const { cost, code, stdout } = await runMeasured(process.execPath, ['-e', outer], process.env)
  expect([code, stdout]).toEqual([0, `${64 * megabyte}\n`])
  expect(cost.peakBytes).toBeGreaterThan(2 * 64 * megabyte)
  expect(cost.peakAtOnceBytes).toBeLessThanOrEqual(cost.peakBytes ?? 0)
})

test.skipIf(!onLinux)('counts the CPU time of a process together with that of the process it started and waited for', async () => {
  const work = 'const end = process.cpuUsage().user + 300_000; while (process.cpuUsage().user < end);'
  const outer = `${work} require('node:child_process').execFileSync(process.execPath, ['-e', ${JSON.stringify(work)}])`
  const { cost } = await runMeasured(process.execPath, ['-e', outer], process.env)
  expect(cost.cpuSeconds).toBeGreaterThan(0.5)
})

test('tells how a program ended', async () => {
  const { code } = await runMeasured(process.execPath, ['-e', 'process.exit(3)'], process.env)
  expect(code).toBe(3)
})
