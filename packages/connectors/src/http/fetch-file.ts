import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { createGunzip } from 'node:zlib'
import { Fault } from '@longshore/core'
import { ask } from './ask.ts'
import { checkUrl, shownUrl } from './check-url.ts'
import type { CheckedUrl } from './check-url.ts'
import type { EgressRules } from './egress-rules.ts'
import { fileNameOf } from './file-name.ts'

export interface FetchLimits {
  /** Bytes of the file, after unpacking. */
  maxBytes: number
  /** For the whole file. */
  timeoutMs: number
  /** Between two pieces, and until the answer begins. */
  idleMs: number
}

export interface FetchedFile {
  /** Ends with a Fault when the file is too large, takes too long, or breaks off. */
  content: Readable
  /** As the server or the address calls it; for people and for a look at its ending. */
  name: string
  /** Where it came from in the end, without query. */
  from: string
  /** As announced; null where the server does not say. */
  sizeBytes: number | null
}

export const defaultLimits: FetchLimits = { maxBytes: 10 * 1024 ** 3, timeoutMs: 3_600_000, idleMs: 60_000 }
const maxRedirects = 3
/** Answers that say "later", and connections that fail, are tried again so often, after these pauses. */
const pausesMs = [1_000, 4_000]

/** Fetches a file by the rules; every redirect is checked as the first address was. Nothing of proxies in the environment is used. */
export async function fetchFile(address: string, rules: EgressRules, options: Partial<FetchLimits> & { signal?: AbortSignal } = {}): Promise<FetchedFile> {
  const limits = { ...defaultLimits, ...options }
  const deadline = AbortSignal.timeout(limits.timeoutMs)
  const signal = options.signal === undefined ? deadline : AbortSignal.any([deadline, options.signal])
  let target: string | URL = address
  for (let hop = 0; ; hop += 1) {
    const checked = await checkUrl(target, rules, signal)
    const answer = await answerOf(checked, rules, limits, signal)
    const status = answer.statusCode ?? 0
    const location = answer.headers.location
    if (status < 300 || status >= 400 || location === undefined) return fileOf(answer, checked.url, limits, deadline)
    answer.destroy()
    if (hop === maxRedirects) throw new Fault('source.redirects', `${shownUrl(checked.url)} was reached after ${maxRedirects} redirects and leads on. Give the address at which the file itself is.`)
    target = redirected(location, checked.url)
  }
}

function redirected(location: string, from: URL): URL {
  try { return new URL(location, from) } catch {
    throw new Fault('source.answer', `${shownUrl(from)} leads to something that is no web address. Give the address at which the file itself is.`)
  }
}

/** The head of the answer, tried again where that can help. */
async function answerOf(checked: CheckedUrl, rules: EgressRules, limits: FetchLimits, signal: AbortSignal): Promise<IncomingMessage> {
  for (let attempt = 0; ; attempt += 1) {
    const pause = pausesMs[attempt]
    try {
      const answer = await connect(checked, rules, limits, signal)
      if (pause === undefined || !mayPass(answer.statusCode ?? 0)) return answer
      answer.destroy()
    } catch (error) {
      if (pause === undefined || error instanceof Fault || signal.aborted) throw connectionFault(error, checked.url, limits, signal)
    }
    await sleep(pause, undefined, { signal }).catch((error: unknown) => { throw connectionFault(error, checked.url, limits, signal) })
  }
}

function mayPass(status: number): boolean {
  return status === 429 || status === 502 || status === 503 || status === 504
}

function connect(checked: CheckedUrl, rules: EgressRules, limits: FetchLimits, signal: AbortSignal): Promise<IncomingMessage> {
  return ask(checked, rules, { method: 'GET', headers: { accept: '*/*', 'accept-encoding': 'identity' } }, { signal, idleMs: limits.idleMs, onIdle: () => idleFault(checked.url, limits) })
}

function fileOf(answer: IncomingMessage, url: URL, limits: FetchLimits, deadline: AbortSignal): FetchedFile {
  const shown = shownUrl(url)
  const status = answer.statusCode ?? 0
  const announced = Number(answer.headers['content-length'] ?? NaN)
  const coding = (answer.headers['content-encoding'] ?? 'identity').toLowerCase()
  const refuse = (fault: Fault): never => { answer.destroy(); throw fault }
  if (status !== 200) refuse(statusFault(status, shown))
  if (announced > limits.maxBytes) refuse(tooLarge(shown, announced, limits))
  if (coding !== 'identity' && coding !== 'gzip' && coding !== 'x-gzip') refuse(new Fault('source.answer', `${shown} answers in the packing "${coding.slice(0, 40)}", which was not asked for. Download the file and give its path.`))
  const packed = coding !== 'identity'
  const content = Readable.from(bounded(answer, packed, shown, limits, deadline), { objectMode: false, highWaterMark: 1024 * 1024 })
  return { content, name: fileNameOf(answer.headers['content-disposition'], url), from: shown, sizeBytes: packed || Number.isNaN(announced) ? null : announced }
}

async function* bounded(answer: IncomingMessage, packed: boolean, shown: string, limits: FetchLimits, deadline: AbortSignal): AsyncGenerator<Buffer> {
  let size = 0
  try {
    const pieces = packed ? answer.pipe(createGunzip()) : answer
    if (packed) answer.once('error', (error) => { pieces.destroy(error) })
    for await (const piece of pieces as AsyncIterable<Buffer>) {
      size += piece.length
      if (size > limits.maxBytes) throw tooLarge(shown, size, limits)
      yield piece
    }
  } catch (error) {
    if (error instanceof Fault) throw error
    if (deadline.aborted) throw timeFault(shown, limits)
    throw new Fault('source.interrupted', `Fetching ${shown} broke off after ${size.toLocaleString('en')} bytes; nothing of it was kept. Try again.`, { remedy: 'retry', cause: error })
  } finally { answer.destroy() }
}

function statusFault(status: number, shown: string): Fault {
  const why = status === 401 || status === 403 ? 'the server wants to know who asks; share the file by a link that needs no sign-in, or download it'
    : status === 404 || status === 410 ? 'there is no file at this address; check it in a browser'
      : mayPass(status) || status >= 500 ? 'the server cannot answer now; try again later'
        : 'this is not a file; check the address in a browser'
  return new Fault('source.answer', `${shown} answered ${status}: ${why}.`, { remedy: mayPass(status) || status >= 500 ? 'retry' : 'refuse' })
}

function connectionFault(error: unknown, url: URL, limits: FetchLimits, signal: AbortSignal): Fault {
  if (error instanceof Fault) return error
  if (signal.aborted && signal.reason instanceof Error && signal.reason.name === 'TimeoutError') return timeFault(shownUrl(url), limits)
  if (signal.aborted) return new Fault('source.stopped', `Fetching ${shownUrl(url)} was stopped. Nothing of it was kept.`, { cause: error })
  return new Fault('source.unreachable', `${shownUrl(url)} cannot be reached (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}). Check the address, and that this computer can reach the Internet.`, { remedy: 'retry', cause: error })
}

function idleFault(url: URL, limits: FetchLimits): Fault {
  return new Fault('source.timeout', `${shownUrl(url)} sent nothing for ${limits.idleMs / 1000} seconds. Try again later.`, { remedy: 'retry' })
}

function timeFault(shown: string, limits: FetchLimits): Fault {
  return new Fault('source.timeout', `Fetching ${shown} took longer than ${Math.round(limits.timeoutMs / 1000)} seconds and was ended; nothing of it was kept. Download the file and give its path.`, { remedy: 'retry' })
}

function tooLarge(shown: string, found: number, limits: FetchLimits): Fault {
  return new Fault('source.too-large', `${shown} is larger than the limit: ${found.toLocaleString('en')} of ${limits.maxBytes.toLocaleString('en')} bytes. Split the file, or have the operator raise the limit (LONGSHORE_URL_MAX_BYTES).`)
}
