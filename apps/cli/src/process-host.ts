import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import type { Host, Output, StopWish } from './host.ts'

/** The real process. The server's code is loaded by the first command that needs it: help answers at once, reading needs little of it, and only `start` serves anything. */
export function processHost(): Host {
  let opened = false
  const readerGone = new AbortController()
  return {
    cwd: process.cwd(),
    env: process.env,
    stdout: outputTo(process.stdout, () => {
      if (!opened) process.exit(0) // `longshore read … | head`: the reader has enough, and there is nothing to close
      readerGone.abort()
    }),
    stderr: outputTo(process.stderr, () => undefined), // the work is not for whoever reads what is said about it
    now: () => performance.now(),
    hasData: (directory) => existsSync(join(directory, 'postgres')),
    openLongshore: async (options) => {
      opened = true
      return (await import('@longshore/server')).openLongshore(options)
    },
    readSource: async function* (file, settings, options) {
      yield* (await import('@longshore/server/read-source')).readSource(file, settings, options)
    },
    assertPortFree: async (port) => (await import('@longshore/server/start')).assertPortFree(port),
    startServer: async (options) => (await import('@longshore/server/start')).startServer(options),
    stopWish: () => stopWish(readerGone.signal),
  }
}

/** Waits for a slow reader only where `drained` is called. Once the reader has gone, says so and drops what is written. */
function outputTo(stream: Writable & { isTTY?: boolean; columns?: number }, onGone: () => void): Output {
  let full = false
  let gone = false
  stream.on('drain', () => { full = false })
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    if (gone) return
    gone = true
    onGone()
  })
  return {
    write(text) {
      if (!gone) full = !stream.write(text) || full
    },
    async drained() {
      if (!gone && (full || stream.writableLength > 0)) await new Promise<void>((resolve) => stream.write('', () => resolve()))
    },
    isTerminal: stream.isTTY === true,
    get columns() { return stream.columns ?? 80 },
  }
}

const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

function stopWish(readerGone: AbortSignal): StopWish {
  const controller = new AbortController()
  let asked = false
  const onSignal = (signal: NodeJS.Signals) => {
    if (asked) {
      release()
      process.kill(process.pid, signal) // the second time: end at once, and say by which signal
      return
    }
    asked = true
    controller.abort()
  }
  const onGone = () => controller.abort()
  const release = () => {
    for (const signal of stopSignals) process.off(signal, onSignal)
    readerGone.removeEventListener('abort', onGone)
  }
  for (const signal of stopSignals) process.on(signal, onSignal)
  if (readerGone.aborted) onGone()
  else readerGone.addEventListener('abort', onGone, { once: true })
  return { signal: controller.signal, release }
}
