import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { processHost } from './process-host.ts'

const binary = fileURLToPath(new URL('../bin/longshore.mjs', import.meta.url))

describe('the wish to stop', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('is aborted by the first %s, and leaves no listener behind', (signal) => {
    const before = process.listenerCount(signal)
    const wish = processHost().stopWish()
    expect(wish.signal.aborted).toBe(false)
    process.emit(signal, signal)
    expect(wish.signal.aborted).toBe(true)
    wish.release()
    expect(process.listenerCount(signal)).toBe(before)
  })
})

describe('the binary', () => {
  it('prints its help and ends', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [binary, '--help'], { encoding: 'utf8' })
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toContain('longshore COMMAND')
  })

  it('exits 2 and names the nearest command', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [binary, 'exprot'], { encoding: 'utf8' })
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain('longshore export')
  })
})
