import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, it } from 'vitest'
import { runParserHere } from '../../testing/parser-in-process.ts'
import { descriptorSource } from './descriptor-source.ts'

const folder = mkdtempSync(join(tmpdir(), 'longshore-source-'))
const path = join(folder, 'people.csv')
writeFileSync(path, `Name,Email\n${'Mara,mara@example.com\n'.repeat(50_000)}`)
afterAll(() => { rmSync(folder, { recursive: true }) })

/** What was rejected with nobody to hear of it while something was done, and a moment longer. */
async function unheard(deed: () => Promise<unknown>): Promise<unknown[]> {
  const errors: unknown[] = []
  const before = process.rawListeners('unhandledRejection')
  process.removeAllListeners('unhandledRejection')
  process.on('unhandledRejection', (error) => errors.push(error))
  try { await deed(); await sleep(50) } finally {
    process.removeAllListeners('unhandledRejection')
    for (const listener of before) process.on('unhandledRejection', listener as NodeJS.UnhandledRejectionListener)
  }
  return errors
}

it('a descriptor is closed without an error once the pieces that were read ahead have come', async () => {
  const leave = async (): Promise<void> => {
    const fd = openSync(path, 'r')
    const source = descriptorSource(fd)
    for await (const piece of source.stream()) { expect(piece.length).toBeGreaterThan(0); break }
    await source.settled()
    closeSync(fd)
  }
  expect(await unheard(() => Promise.all(Array.from({ length: 20 }, leave)))).toEqual([])
})

it('a reading inside of the process that stops after the first rows leaves no error behind', async () => {
  const read = async (): Promise<void> => {
    const parser = await runParserHere(path, { task: 'read', fileName: 'people.csv', settings: {}, limit: 1 })
    parser.rows().resume()
    await parser.ended
  }
  expect(await unheard(() => Promise.all(Array.from({ length: 20 }, read)))).toEqual([])
})
