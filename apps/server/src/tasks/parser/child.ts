// The program that reads untrusted files: a process of its own, so that a hostile file can hurt nothing but itself.
// Settings come as JSON on standard input, the file as descriptor 5; rows leave on standard output, issues on 3, reports on 4.
import { createReadStream, createWriteStream, writeSync } from 'node:fs'
import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { Fault } from '@longshore/core/fault'
import type { FileChunk } from '@longshore/core'
import type { ByteSource } from '@longshore/formats'
import { descriptorSource } from './descriptor-source.ts'
import { parserFds, type ParserReport, type ParserRequest } from './parser-request.ts'

// Ctrl-C goes to the whole process group: whether to stop is for the parent to say
process.on('SIGINT', () => undefined)

/** Alive is who gets on: what was read (a few times over at most) and written, or a reader of ours that is waited for. */
const work = { steps: 0, told: -1, waiting: 0, bytesRead: 0 }
setInterval(() => {
  if (work.steps === work.told && work.waiting === 0) return
  work.told = work.steps
  report({ kind: 'alive' })
}, 5_000).unref()

type Task = (request: ParserRequest, streams: ChildStreams) => Promise<void>

/** Loads what a task needs. Which one it will be is said at the start, so that this goes on while the parent makes up its request. */
async function loadTask(task: ParserRequest['task'], source: ByteSource): Promise<Task> {
  switch (task) {
    case 'detect': return (await import('./detect-task.ts')).detectTask as Task
    case 'read': {
      const { foresee, readTask } = await import('./read-task.ts')
      await foresee(source)
      return readTask as Task
    }
    case 'check': return (await import('./check-task.ts')).checkTask as Task
    case 'results': return (await import('./results-task.ts')).resultsTask as Task
  }
}

async function run(): Promise<void> {
  const streams = childStreams()
  const [task, request] = await Promise.all([loadTask(process.argv[2] as ParserRequest['task'], streams.source), readAll(process.stdin)])
  if (request === '') return // started ahead, and not needed
  await task(JSON.parse(request) as ParserRequest, streams)
}

export interface ChildStreams {
  out: Output
  readonly issues: Output
  source: ByteSource
  /** What the parent tells while there is work. */
  input(): AsyncIterable<Uint8Array>
  report(report: ParserReport): void
}

/** A pipe that is waited for when it is full. */
export interface Output { write(chunk: FileChunk): Promise<void> | undefined; end(): Promise<void> }

function childStreams(): ChildStreams {
  let issues: Output | null = null
  return {
    out: output(process.stdout),
    get issues() { return issues ??= output(createWriteStream('', { fd: parserFds.issues })) }, // brings what reading alone does not need
    source: watched(descriptorSource(parserFds.source)),
    input: () => createReadStream('', { fd: parserFds.input, highWaterMark: 256 * 1024 }),
    report,
  }
}

/** Reading counts as getting on until the file was read over and over: a reader that goes round in it does not get on. */
function watched(source: ByteSource): ByteSource {
  const most = source.sizeBytes * 4 + 64 * 1024 * 1024
  const count = (bytes: Uint8Array): Uint8Array => {
    work.bytesRead += bytes.length
    if (work.bytesRead < most) work.steps += 1
    return bytes
  }
  return {
    sizeBytes: source.sizeBytes,
    async *stream(start) { for await (const piece of source.stream(start)) yield count(piece) },
    read: async (offset, length) => count(await source.read(offset, length)),
  }
}

function output(stream: Writable): Output {
  stream.on('error', () => process.exit(3)) // the parent has gone or wants no more
  return {
    write: (chunk) => {
      work.steps += 1
      if (stream.write(chunk)) return undefined
      work.waiting += 1
      return once(stream, 'drain').then(() => { work.waiting -= 1 })
    },
    end: () => new Promise((resolve) => stream.end(() => resolve())),
  }
}

function report(line: ParserReport): void {
  writeSync(parserFds.report, `${JSON.stringify(line)}\n`)
}

async function readAll(stream: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

try {
  await run()
} catch (error) {
  const fault = error instanceof Fault ? error : null
  // the message of an unexpected error may hold a cell of the file: only its kind leaves this process
  report(fault ? { kind: 'fault', code: fault.code, message: fault.message, ...(fault.path === undefined ? {} : { path: fault.path }) }
    : { kind: 'fault', code: 'parser.broken', message: `The file could not be read (${error instanceof Error ? error.name : 'unknown error'}). This is an error in Longshore.` })
  if (!fault && process.env['LONGSHORE_DEBUG']) console.error(error)
  process.exitCode = 1
}
