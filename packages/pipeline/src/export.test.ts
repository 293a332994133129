import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { Fault, standardCatalog } from '@longshore/core'
import type { ExportCell, ExportTarget, ExportWriter, SelectPort } from '@longshore/core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { exportFile } from './export-file.ts'
import { exportStream } from './export-stream.ts'
import { runExport } from './export.ts'

let folder: string
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'longshore-export-')) })
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Batches of records with a name and tags. */
function recordsOf(batches: (string | null)[][][], then: () => Promise<void> = () => Promise.resolve()): SelectPort {
  return {
    snapshot: (work) => work({
      catalog: standardCatalog(),
      settings: {},
      count: () => Promise.resolve(batches.flat().length),
      async read(_selection, take) {
        for (const batch of structuredClone(batches)) await take(batch) // rows belong to whoever takes them
        await then()
      },
    }),
  }
}

const writer: ExportWriter = {
  start: (columns) => `${columns.join('|')}\n`,
  rows: (rows: readonly (readonly ExportCell[])[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join(''),
  end: () => 'end\n',
}
const wish = { object: 'contacts', fields: ['last_name', 'tags'], where: [] }
const batches = [[['Ada', '{"VIP","a;b"}']], [['Grace', null], ['Ørjan', '{}']]]
const whole = 'last_name|tags\n["Ada","[\\"VIP\\",\\"a;b\\"]"]\n["Grace",null]\n["Ørjan","[]"]\nend\n'

function run(target: ExportTarget, more: Partial<Parameters<typeof runExport>[0]> = {}, request: Parameters<typeof runExport>[1] = wish, signal?: AbortSignal) {
  const seen: { done: number; total: number }[] = []
  return runExport({ records: recordsOf(batches), writer: () => writer, lists: 'text', target, ...more }, request, (progress) => seen.push(progress), signal).then((result) => ({ ...result, seen }))
}

describe('an export', () => {
  test('is start, all batches and end in one file, counted as it goes', async () => {
    const file = join(folder, 'out.txt')
    expect(await run(exportFile(file, { replace: true }))).toEqual({ rows: 3, file, seen: [{ done: 1, total: 3 }, { done: 3, total: 3 }] })
    expect(readFileSync(file, 'utf8')).toBe(whole)
    expect(readdirSync(folder)).toEqual(['out.txt'])
  })

  test('of no record has its columns all the same', async () => {
    const file = join(folder, 'none.txt')
    expect(await run(exportFile(file, { replace: true }), { records: recordsOf([]) })).toMatchObject({ rows: 0 })
    expect(readFileSync(file, 'utf8')).toBe('last_name|tags\nend\n')
  })

  test('gives lists to formats that have them', async () => {
    const file = join(folder, 'lists.txt')
    await run(exportFile(file, { replace: true }), { lists: 'array' })
    expect(readFileSync(file, 'utf8')).toContain('["Ada",["VIP","a;b"]]')
  })

  test('that is refused writes nothing, not even a name', async () => {
    for (const request of [{ ...wish, object: 'contcts' }, { ...wish, fields: ['nmae'] }, { ...wish, where: ['nmae = x'] }]) {
      await expect(run(exportFile(join(folder, 'out.txt'), { replace: true }), {}, request)).rejects.toThrow(Fault)
    }
    expect(readdirSync(folder)).toEqual([])
  })

  test('that breaks off leaves the file that was there as it was', async () => {
    const file = join(folder, 'out.txt')
    writeFileSync(file, 'before')
    const lost = new Error('connection lost')
    await expect(run(exportFile(file, { replace: true }), { records: recordsOf(batches, () => Promise.reject(lost)) })).rejects.toBe(lost)
    expect(readFileSync(file, 'utf8')).toBe('before')
    expect(readdirSync(folder)).toEqual(['out.txt'])
  })

  test('stops between two batches when somebody wishes so, and leaves nothing', async () => {
    const stopper = new AbortController()
    const reads: number[] = []
    const records = recordsOf(Array.from({ length: 10 }, (_, n) => [[`n${n}`, null]]))
    const counting: ExportWriter = { ...writer, rows: (rows) => { reads.push(rows.length); if (reads.length === 3) stopper.abort(); return writer.rows(rows) } }
    await expect(run(exportFile(join(folder, 'out.txt'), { replace: true }), { records, writer: () => counting }, wish, stopper.signal)).rejects.toMatchObject({ code: 'export.stopped' })
    expect(reads).toHaveLength(3)
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('an export file', () => {
  test('is not seen under its name before it is whole', async () => {
    const file = join(folder, 'out.txt')
    const target = exportFile(file, { replace: true })
    await target.write('half')
    expect(existsSync(file)).toBe(false)
    expect(readdirSync(folder)).toHaveLength(1)
    await target.finish()
    expect(readFileSync(file, 'utf8')).toBe('half')
  })

  test('leaves a file that is there as it is, unless that is to be replaced', async () => {
    const file = join(folder, 'out.txt')
    writeFileSync(file, 'before')
    await expect(run(exportFile(file, { replace: false }))).rejects.toMatchObject({ code: 'export.exists', message: expect.stringContaining('--replace') as string })
    expect(readFileSync(file, 'utf8')).toBe('before')
    expect(readdirSync(folder)).toEqual(['out.txt'])
    await run(exportFile(file, { replace: true }))
    expect(readFileSync(file, 'utf8')).toBe(whole)
  })

  test('takes the place of an empty file, and not of one that appeared meanwhile', async () => {
    const file = join(folder, 'out.txt')
    writeFileSync(file, '')
    await run(exportFile(file, { replace: false }))
    expect(readFileSync(file, 'utf8')).toBe(whole)
    const other = join(folder, 'other.txt')
    const target = exportFile(other, { replace: false })
    await target.write('ours')
    writeFileSync(other, 'theirs')
    await expect(target.finish()).rejects.toMatchObject({ code: 'export.exists' })
    await target.discard()
    expect(readFileSync(other, 'utf8')).toBe('theirs')
    expect(readdirSync(folder).sort()).toEqual(['other.txt', 'out.txt'])
  })

  test.skipIf(!existsSync('/dev/null'))('does not follow a link to what is no file', async () => {
    symlinkSync('/dev/null', join(folder, 'link.txt'))
    await expect(run(exportFile(join(folder, 'link.txt'), { replace: true }))).rejects.toMatchObject({ code: 'export.cannot-write' })
  })

  test('replaces the file that a link points to, and keeps the link', async () => {
    writeFileSync(join(folder, 'real.txt'), 'before')
    symlinkSync('real.txt', join(folder, 'link.txt'))
    await run(exportFile(join(folder, 'link.txt'), { replace: true }))
    expect(readFileSync(join(folder, 'real.txt'), 'utf8')).toBe(whole)
    expect(readdirSync(folder).sort()).toEqual(['link.txt', 'real.txt'])
  })

  test.each([
    ['a folder that does not exist', 'missing/out.txt', /folder does not exist/],
    ['a path through a file', 'file/out.txt', /a part of the path is a file/],
    ['a folder', 'folder', /is a folder/],
  ])('says what is wrong with %s', async (_what, name, message) => {
    writeFileSync(join(folder, 'file'), '')
    const path = name === 'folder' ? folder : join(folder, name)
    const fault = await run(exportFile(path, { replace: true })).catch((error: unknown) => error)
    expect(fault).toBeInstanceOf(Fault)
    expect(fault).toMatchObject({ code: 'export.cannot-write', message: expect.stringMatching(message) })
  })

  test.skipIf(!existsSync('/dev/full'))('says that the disk is full', async () => {
    await expect(run(exportFile('/dev/full', { replace: true }))).rejects.toMatchObject({ code: 'export.disk-full' })
  })

  test.skipIf(!existsSync('/dev/null'))('writes to a device as it is', async () => {
    expect(await run(exportFile('/dev/null', { replace: true }))).toMatchObject({ rows: 3, file: '/dev/null' })
  })
})

describe('an export stream', () => {
  test('gets the same text and stays open', async () => {
    const stream = new PassThrough()
    const read = text(stream)
    expect(await run(exportStream(stream, '-'))).toMatchObject({ rows: 3, file: '-' })
    expect(stream.writable).toBe(true)
    stream.end()
    expect(await read).toBe(whole)
  })

  test('that breaks off ends the export', async () => {
    const stream = new PassThrough({ highWaterMark: 1 })
    stream.on('error', () => {})
    const exported = run(exportStream(stream, '-'))
    stream.destroy(new Error('gone'))
    await expect(exported).rejects.toMatchObject({ code: 'export.cannot-write', message: "What reads standard output went away before the export's end." })
  })

  test('waits for its reader', async () => {
    const stream = new PassThrough({ highWaterMark: 16 })
    let over = false
    const exported = run(exportStream(stream, '-')).then(() => { over = true })
    await new Promise((resolve) => setImmediate(resolve))
    expect(over).toBe(false)
    stream.resume()
    await exported
  })
})
