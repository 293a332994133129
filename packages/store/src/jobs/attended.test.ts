import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { hostname } from 'node:os'
import { expect, test } from 'vitest'
import { isGone } from './attended.ts'

test('a process that runs is not gone, nor is one of another machine', () => {
  expect(isGone(hostname(), process.pid)).toBe(false)
  expect(isGone('another.example.com', 999_999_999)).toBe(false)
})

test('a number that no process has is gone', () => {
  expect(isGone(hostname(), 999_999_999)).toBe(true)
})

test.skipIf(process.platform !== 'linux')('a process that ended is gone, also while its parent has taken no note of it', async () => {
  // the shell becomes a sleep, which never asks what became of the shell's child
  const parent = spawn('sh', ['-c', 'sleep 0.3 & echo $!; exec sleep 20'], { stdio: ['ignore', 'pipe', 'ignore'] })
  try {
    const [printed] = await once(parent.stdout, 'data') as [Buffer]
    const pid = Number(printed.toString())
    await expect.poll(() => isGone(hostname(), pid)).toBe(true)
    expect(() => process.kill(pid, 0)).not.toThrow()
  } finally { parent.kill() }
})
