import { setImmediate } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, it } from 'vitest'
import { runParser } from './run-parser.ts'
import { spawnReaderAhead } from './spawn-parser.ts'

const { execPath } = process
afterEach(() => { process.execPath = execPath })

const path = fileURLToPath(import.meta.url)
const request = { task: 'read', fileName: 'people.csv', settings: {}, limit: 1 } as const

it('a reader that could not be started ahead of its task is started when there is one', async () => {
  process.execPath = '/nowhere/node'
  spawnReaderAhead([path], (word) => word)
  await setImmediate()
  process.execPath = execPath
  const parser = await runParser(path, request)
  parser.rows().resume()
  expect(await parser.ended).toMatchObject({ kind: 'ended', rows: 1 })
})

it('a reader that cannot be started is a fault that says why', async () => {
  process.execPath = '/nowhere/node'
  const parser = await runParser(path, request)
  await expect(parser.ended).rejects.toMatchObject({ code: 'parser.died', message: 'The file could not be read: the reader could not be started (ENOENT).' })
})
