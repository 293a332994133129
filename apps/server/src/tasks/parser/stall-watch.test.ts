import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { expect, it } from 'vitest'
import { watchForStall } from './stall-watch.ts'

function program(code: string): ReturnType<typeof spawn> {
  return spawn(process.execPath, ['-e', code], { stdio: 'ignore' })
}

it('ends a process that works and says nothing', async () => {
  const child = program('for (;;);')
  await new Promise<void>((resolve) => { watchForStall(child.pid, 200, resolve) })
  child.kill('SIGKILL')
  await once(child, 'close')
  expect(child.signalCode).toBe('SIGKILL')
})

it.skipIf(!existsSync('/proc/self/stat'))('is patient with one that waits for its turn, and not for ever', async () => {
  const child = program('setTimeout(() => {}, 60_000)')
  const began = performance.now()
  await new Promise<void>((resolve) => { watchForStall(child.pid, 300, resolve) })
  // it waited longer than the limit: nothing here depends on how fast the machine is
  expect(performance.now() - began).toBeGreaterThan(1_000)
  child.kill('SIGKILL')
  await once(child, 'close')
})

it('leaves one alone that says something now and then', async () => {
  const child = program('for (;;);')
  let stalled = false
  const watch = watchForStall(child.pid, 60_000, () => { stalled = true })
  for (let i = 0; i < 5; i += 1) {
    await new Promise((resolve) => { setTimeout(resolve, 20) })
    watch.alive()
  }
  watch.stop()
  child.kill('SIGKILL')
  await once(child, 'close')
  expect(stalled).toBe(false)
})
