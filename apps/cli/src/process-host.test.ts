import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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

  it('reads the file that is meant, whatever other words are files, too', () => {
    const folder = mkdtempSync(join(tmpdir(), 'longshore-read-'))
    try {
      writeFileSync(join(folder, 'other'), 'Other\nwrong\n')
      writeFileSync(join(folder, 'list.csv'), 'Name,Email\nMara,mara@example.com\n')
      const { status, stdout } = spawnSync(process.execPath, [binary, 'read', '--json-path', 'other', 'list.csv'], { encoding: 'utf8', cwd: folder })
      expect([status, stdout.trim().split('\n').slice(1)]).toEqual([0, ['["Mara","mara@example.com"]']])
      spawnSync('mkfifo', [join(folder, 'pipe')])
      expect(spawnSync(process.execPath, [binary, 'read', 'pipe'], { encoding: 'utf8', cwd: folder })).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('is not a file') as string })
    } finally { rmSync(folder, { recursive: true }) }
  })

  it('exits 2 and names the nearest command', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [binary, 'exprot'], { encoding: 'utf8' })
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain('longshore export')
  })
})
