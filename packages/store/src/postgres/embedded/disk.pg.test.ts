import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, rmdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { freeSpace } from '../free-space.ts'
import { openDatabase } from '../open-database.ts'

const megabyte = 1e6
const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

/** A disk of its own in memory; only root may make one, and not in every container. */
function disk(sizeBytes: number): string {
  const directory = mkdtempSync(join(tmpdir(), 'longshore-disk-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeBytes}`, 'tmpfs', directory], { stdio: 'ignore' })
  undo.push(() => {
    execFileSync('umount', [directory])
    rmdirSync(directory)
  })
  chmodSync(directory, 0o711)
  return directory
}

function mayMakeDisks(): boolean {
  try {
    disk(1 * megabyte)
    return true
  } catch {
    return false
  } finally {
    for (const step of undo.splice(0)) step()
  }
}

describe.skipIf(!mayMakeDisks())('a disk that runs full (needs the right to mount a small one)', () => {
  test('keeps the server from starting, in words that say how much is missing', async () => {
    const directory = disk(400 * megabyte)
    await expect(openDatabase({ dataDirectory: join(directory, 'data') })).rejects.toMatchObject({ code: 'disk.low', message: expect.stringMatching(/400 MB are free .* 500 MB are needed/) as string })
  })

  test('ends writing before PostgreSQL is in danger; reading goes on, and writing when there is room again', async () => {
    const directory = disk(800 * megabyte)
    const db = await openDatabase({ dataDirectory: join(directory, 'data') })
    undo.push(() => db.close())
    const write = (): Promise<unknown> => db.transaction(null, (tx) => tx.query('CREATE TABLE IF NOT EXISTS public.t (x integer)'))
    await write()
    const ballast = join(directory, 'ballast')
    writeFileSync(ballast, Buffer.alloc(freeSpace(directory) - 150 * megabyte))
    await expect.poll(() => write().then(() => 'written', (error: { code: string }) => error.code), { timeout: 10_000 }).toBe('disk.low')
    const { rows } = await db.transaction(null, (tx) => tx.query('SELECT count(*) AS n FROM public.t'), { readOnly: true })
    expect(rows).toEqual([{ n: '0' }])
    rmSync(ballast)
    await write()
  })
})
