import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { hostname } from 'node:os'
import { expect, test } from 'vitest'
import type { Transaction } from '../postgres/database.ts'
import { interruptedJobs, isGone } from './attended.ts'

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

test('which jobs of a list were cut off is asked in one statement, and not at all where none is at work', async () => {
  const asked: unknown[] = []
  const attempt = { state: 'running', attempt: 1, host: hostname(), pid: 999_999_999, ended: false, beats: true }
  const rows = [{ ...attempt, number: 2 }, { ...attempt, number: 3, pid: process.pid }, { ...attempt, number: 4, state: 'done' }, { ...attempt, number: 5, state: 'checking', ended: true }, { ...attempt, number: 6, state: 'checking' }]
  const tx = { query: async (_: string, values: unknown[]) => { asked.push(values[1]); return { rows, rowCount: rows.length } } } as unknown as Transaction
  const organization = { id: 1, schema: 'org_1', role: 'org_1', name: 'One' } as Parameters<typeof interruptedJobs>[1]
  const running = [2, 3, 4].map((number) => ({ number, state: 'running' as const })), checking = [5, 6].map((number) => ({ number, state: 'checking' as const }))
  expect([...await interruptedJobs(tx, organization, [{ number: 1, state: 'done' }, ...running, ...checking])]).toEqual([2, 6])
  expect(asked).toEqual([[2, 3, 4, 5, 6]])
  expect([...await interruptedJobs(tx, organization, [{ number: 1, state: 'planned' }])]).toEqual([])
  expect(asked).toHaveLength(1)
})
