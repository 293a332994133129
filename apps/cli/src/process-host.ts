import type { Writable } from 'node:stream'
import type { Host, Output, StopWish } from './host.ts'

/** The real process. The server's code is loaded by the first command that needs it: help answers at once. */
export function processHost(): Host {
  return {
    cwd: process.cwd(),
    env: process.env,
    stdout: outputTo(process.stdout),
    stderr: outputTo(process.stderr),
    now: () => performance.now(),
    openLongshore: async (options) => (await import('@longshore/server')).openLongshore(options),
    readSource: async function* (file, settings, options) {
      yield* (await import('@longshore/server')).readSource(file, settings, options)
    },
    startServer: async (options) => (await import('@longshore/server')).startServer(options),
    stopWish,
  }
}

/** Waits for a slow reader only where `drained` is called. */
function outputTo(stream: Writable & { isTTY?: boolean; columns?: number }): Output {
  let full = false
  stream.on('drain', () => { full = false })
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0) // `longshore read … | head`: the reader has enough
    throw error
  })
  return {
    write(text) {
      full = !stream.write(text) || full
    },
    async drained() {
      if (full || stream.writableLength > 0) await new Promise<void>((resolve) => stream.write('', () => resolve()))
    },
    isTerminal: stream.isTTY === true,
    get columns() { return stream.columns ?? 80 },
  }
}

const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

function stopWish(): StopWish {
  const controller = new AbortController()
  const onSignal = (signal: NodeJS.Signals) => {
    if (controller.signal.aborted) {
      release()
      process.kill(process.pid, signal) // the second time: end at once, and say by which signal
      return
    }
    controller.abort()
  }
  const release = () => {
    for (const signal of stopSignals) process.off(signal, onSignal)
  }
  for (const signal of stopSignals) process.on(signal, onSignal)
  return { signal: controller.signal, release }
}
