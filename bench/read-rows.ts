// One reading of a file, in a process of its own: `node bench/read-rows.ts ours|papaparse|library|lines FILE [LIMIT]`. Prints what it cost as JSON;
// the time is that of the reading alone, without the start of the process.
import { createReadStream, openSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import Papa from 'papaparse'
import { detectLayout, readRows } from '../packages/formats/src/index.ts'
import { descriptorSource } from '../apps/server/src/tasks/parser/descriptor-source.ts'

type Counted = Pick<Reading, 'rows' | 'characters'>
/** What a reading came to; processor time beside the time that went by, which says little on a busy machine. `cells` keeps every reader honest: it counts characters, so texts have to be made. */
export interface Reading { rows: number; characters: number; ms: number; cpuMs: number }

const [reader = '', file = '', limitText] = process.argv.slice(2)
const limit = limitText === undefined ? Infinity : Number(limitText)
const readers: Record<string, () => Promise<Counted>> = { ours, papaparse, library, lines }
const start = performance.now()
const before = process.cpuUsage()
const found = await readers[reader]?.()
const { user, system } = process.cpuUsage(before)
console.log(JSON.stringify({ ...found, ms: performance.now() - start, cpuMs: (user + system) / 1000 }))

async function ours(): Promise<Counted> {
  const source = descriptorSource(openSync(file, 'r'))
  const layout = await detectLayout(source, { fileName: file })
  let rows = 0
  let characters = 0
  for await (const batch of readRows(source, layout, { batchRows: Math.min(200, limit) })) {
    for (const { cells } of batch) {
      rows += 1
      for (const cell of cells) characters += cell?.length ?? 0
    }
    if (rows >= limit) break
  }
  return { rows, characters }
}

function papaparse(): Promise<Counted> {
  let rows = -1 // the header
  let characters = 0
  return new Promise((resolve, reject) => {
    Papa.parse<string[]>(createReadStream(file, { highWaterMark: 256 * 1024 }), {
      chunk: ({ data }) => {
        for (const cells of data) {
          rows += 1
          if (rows > 0) for (const cell of cells) characters += cell.length
        }
      },
      complete: () => { resolve({ rows, characters }) },
      error: reject,
      skipEmptyLines: true,
    })
  })
}

/** The plainest way to read NDJSON: line by line, each by the platform's JSON parser, its numbers as doubles. */
async function lines(): Promise<Counted> {
  let rows = 0
  let characters = 0
  for await (const line of createInterface({ input: createReadStream(file, { highWaterMark: 256 * 1024 }) })) {
    if (line === '') continue
    rows += 1
    for (const value of Object.values(JSON.parse(line) as Record<string, unknown>)) characters += value === null ? 0 : String(value).length
  }
  return { rows, characters }
}

/** The library that our reader of the format is measured by. */
async function library(): Promise<Counted> {
  let rows = 0
  let characters = 0
  const count = (cells: Iterable<unknown>): void => {
    rows += 1
    for (const cell of cells) characters += cell === null || cell === undefined ? 0 : String(cell).length
  }
  if (file.endsWith('.parquet')) {
    const { parquetMetadataAsync, parquetRead } = await import('hyparquet')
    const { compressors } = await import('hyparquet-compressors')
    const handle = await open(file)
    const { size } = await handle.stat()
    const buffer = {
      byteLength: size,
      slice: async (from: number, to = size) => {
        const bytes = new Uint8Array(to - from)
        await handle.read(bytes, 0, bytes.length, from)
        return bytes.buffer
      },
    }
    const metadata = await parquetMetadataAsync(buffer)
    let rowStart = 0
    for (const group of metadata.row_groups) {
      const rowEnd = rowStart + Number(group.num_rows)
      await parquetRead({ file: buffer, metadata, compressors, rowStart, rowEnd, onComplete: (data) => { for (const row of data) count(row as unknown[]) } })
      rowStart = rowEnd
    }
    await handle.close()
  } else {
    const { streamXlsxRows } = await import('hucre')
    const { Readable } = await import('node:stream')
    for await (const { values } of streamXlsxRows(Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>)) count(values)
    rows -= 1
  }
  return { rows, characters }
}
