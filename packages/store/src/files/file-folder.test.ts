import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openFileFolder } from './file-folder.ts'
import type { FileStore } from './file-store.ts'

let directory: string
let files: FileStore
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'longshore-files-'))
  files = await openFileFolder(directory)
})
afterEach(() => { rmSync(directory, { recursive: true }) })

describe('a stored file', () => {
  test.each([0, 1, 65_536, 1_000_003])('of %d bytes comes back as it was', async (size) => {
    const content = randomBytes(size)
    const stored = await files.put('contacts.csv', pieces(content))
    expect(stored).toMatchObject({ name: 'contacts.csv', sizeBytes: size, sha256: createHash('sha256').update(content).digest('hex') })
    expect((await buffer(files.open(stored.id))).equals(content)).toBe(true)
  })

  test('can be read from a byte on', async () => {
    const { id } = await files.put('a', Readable.from([Buffer.from('0123456789')]))
    expect(String(await buffer(files.open(id, { start: 7 })))).toBe('789')
  })

  test('is a file of its own even when another has the same content', async () => {
    const [one, two] = [await files.put('a', Readable.from(['same'])), await files.put('a', Readable.from(['same']))]
    await files.remove(one.id)
    expect(String(await buffer(files.open(two.id)))).toBe('same')
  })

  test('with one byte flipped is a fault, wherever the byte is', async () => {
    const content = randomBytes(3000)
    const { id } = await files.put('a', Readable.from([content]))
    const path = pathOf(id)
    for (const at of [0, 1, 1499, 2998, 2999]) {
      const damaged = Buffer.from(readFileSync(path))
      damaged[at] = (damaged[at] ?? 0) ^ 1
      writeFileSync(path, damaged)
      await expect(buffer(files.open(id)), `byte ${at}`).rejects.toMatchObject({ code: 'file.damaged', remedy: 'stop' })
      writeFileSync(path, content)
    }
    expect((await buffer(files.open(id))).equals(content)).toBe(true)
  })

  test('that lost its end is a fault that says how much is there', async () => {
    const { id } = await files.put('a', Readable.from([Buffer.alloc(1000)]))
    truncateSync(pathOf(id), 900)
    await expect(buffer(files.open(id))).rejects.toMatchObject({ code: 'file.damaged', message: expect.stringContaining('900 bytes instead of 1000') as string })
  })

  test('can be read by its owner alone', async () => {
    const { id } = await files.put('a', Readable.from(['secret']))
    expect(statSync(pathOf(id)).mode & 0o077).toBe(0)
  })

  test('that was removed is missing; removing it again is no error', async () => {
    const { id } = await files.put('a', Readable.from(['x']))
    await files.remove(id)
    await files.remove(id)
    await expect(buffer(files.open(id))).rejects.toMatchObject({ code: 'file.missing' })
  })

  test.each(['', '../../etc/passwd', 'a/b', `${'0'.repeat(16)}-1-${'0'.repeat(63)}/`])('cannot be asked for as %j', (id) => {
    expect(() => files.open(id)).toThrow(expect.objectContaining({ code: 'file.missing' }) as Error)
  })
})

describe('a file that breaks off', () => {
  test('is never there: not under an id, not half written', async () => {
    const broken = Readable.from((function* () { yield Buffer.alloc(100_000); throw new Error('cut') })())
    await expect(files.put('a', broken)).rejects.toThrow('cut')
    expect(everything()).toEqual([])
  })

  test('by a kill is removed a day later, and not before', async () => {
    const old = join(directory, 'incoming/old')
    const young = join(directory, 'incoming/young')
    writeFileSync(old, '')
    writeFileSync(young, '')
    const twoDaysAgo = Date.now() / 1000 - 2 * 86_400
    utimesSync(old, twoDaysAgo, twoDaysAgo)
    await openFileFolder(directory)
    expect(everything()).toEqual(['young'])
  })
})

test('a folder that cannot be used is a fault that names it', async () => {
  const file = join(directory, 'in-the-way')
  writeFileSync(file, '')
  await expect(openFileFolder(file)).rejects.toMatchObject({ code: 'data.directory', message: expect.stringContaining(file) as string })
})

function pieces(content: Buffer): Readable {
  const size = 10_000
  return Readable.from(Array.from({ length: Math.ceil(content.length / size) }, (_, index) => content.subarray(index * size, (index + 1) * size)))
}

function pathOf(id: string): string {
  const path = files.path?.(id)
  if (path === undefined) throw new Error('files in a folder have paths')
  return path
}

function everything(): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => entry.name)
}
