#!/usr/bin/env node
// Plain JavaScript on purpose: an older Node reads this far and hands over to the Node 24 that npm ci installed.
import { fileURLToPath } from 'node:url'

// A small young generation: Longshore moves bytes through and keeps little, and V8 would otherwise let 100 MB of garbage stand. A server makes an answer
// for each request, which is garbage at once: with 2 MB a window of rows took two and a half times the processor time that it takes with 16.
const flags = [`--max-semi-space-size=${process.argv[2] === 'start' ? 16 : 2}`, '--disable-warning=ExperimentalWarning']
// compiled code is kept beside the installation: starting takes a third of the time; child processes use it, too
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('../../../node_modules/.cache/compiled', import.meta.url))

if (Number(process.versions.node.split('.')[0]) >= 24) {
  const reads = process.argv[2] === 'read' // quick, or a pipe: not worth a second start of Node; growth by nothing keeps its young generation small, too
  if (reads) (await import('node:v8')).setFlagsFromString('--semi-space-growth-factor=1')
  const asIs = reads || process.execArgv.length > 0 || process.platform === 'win32' || typeof process.execve !== 'function'
  if (!asIs) process.execve(process.execPath, [process.execPath, ...flags, ...process.argv.slice(1)], environment()) // the same process, with flags
  const { enableCompileCache } = await import('node:module')
  enableCompileCache(process.env.NODE_COMPILE_CACHE)
  if (reads) { // the reading process starts while the command is still being loaded
    const { resolve } = await import('node:path')
    const { spawnReaderAhead } = await import('@longshore/server/read-ahead')
    spawnReaderAhead(process.argv.slice(3), (word) => resolve(word))
  }
  // whoever kills the older Node in front (kill -9 tells nobody) means this process
  const launcher = Number(process.env.LONGSHORE_LAUNCHER)
  delete process.env.LONGSHORE_LAUNCHER
  if (launcher > 0) setInterval(() => { if (process.ppid !== launcher) process.kill(process.pid, 'SIGTERM') }, 250).unref()
  await import('../src/main.ts')
} else {
  const { spawn } = await import('node:child_process')
  const node = fileURLToPath(new URL('../../../node_modules/node/bin/node', import.meta.url))
  const child = spawn(node, [...flags, fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit', env: { ...environment(), LONGSHORE_LAUNCHER: String(process.pid) } })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', () => { console.error('longshore needs Node 24 or newer; run `npm ci` in the repository first.'); process.exit(2) })
  child.on('exit', (code, signal) => (signal ? process.kill(process.pid, signal) : process.exit(code ?? 1)))
}

/** glibc learns from the first 20 MB that a password's hash takes to keep as much in each thread, forever: 130 MB once a few people have signed in. Told from where on it gives memory back, it learns nothing. */
function environment() {
  return process.argv[2] === 'start' ? { MALLOC_MMAP_THRESHOLD_: '1048576', ...process.env } : process.env
}
