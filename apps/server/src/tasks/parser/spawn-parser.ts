import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, openSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ParserRequest } from './parser-request.ts'

/** JavaScript heap of the child. Reading is streaming: what needs more is hostile or a mistake of ours. */
export const heapMegabytes = 160

/** Started before anybody asked for it: on which file. */
let ahead: { path: string; child: ChildProcess } | null = null

/**
 * Starts the parser child on a file. It inherits nothing but the file's descriptor and its pipes: no environment with secrets, no
 * database. It is told its task when it starts, so that it loads what that needs until it hears the rest. Throws what the system says
 * when the file cannot be opened.
 */
export function spawnParser(path: string, task: ParserRequest['task']): ChildProcess {
  const early = ahead
  ahead = null
  if (early?.path === path && task === 'read') return early.child
  early?.child.kill('SIGKILL') // it was started on another file
  const file = openSync(path, 'r')
  try { return spawnOn(file, task) } finally { closeSync(file) }
}

/**
 * Starts the child of `longshore read` while the command itself is still being loaded: starting is most of what the first rows of a file wait for.
 * `words` are those of the command line, of which the first one that is a file will be it; where it turns out otherwise, the child is ended, or ends
 * by itself as it hears of nothing to do.
 */
export function spawnReaderAhead(words: readonly string[], pathOf: (word: string) => string): void {
  for (const word of words) {
    if (word.startsWith('-')) continue
    const path = pathOf(word)
    try {
      if (!statSync(path).isFile()) continue // to open a pipe could take forever
      const child = spawnParser(path, 'read')
      ahead = { path, child }
      child.on('error', () => { if (ahead?.child === child) ahead = null }) // it did not start; the reading itself tries again, and says why it cannot
      return
    } catch { /* it is no file, or whoever reads it says what is wrong with it */ }
  }
}

function spawnOn(file: number, task: ParserRequest['task']): ChildProcess {
  return spawn(process.execPath, [
    `--max-old-space-size=${heapMegabytes}`, '--max-semi-space-size=16', '--disable-proto=delete', '--no-warnings', fileURLToPath(new URL('child.ts', import.meta.url)), task,
  ], {
    stdio: ['pipe', 'pipe', process.env['LONGSHORE_DEBUG'] ? 'inherit' : 'ignore', 'pipe', 'pipe', file, 'pipe'],
    env: { PATH: process.env['PATH'], LONGSHORE_DEBUG: process.env['LONGSHORE_DEBUG'], NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] },
    cwd: '/',
    detached: true, // a group of its own: Ctrl-C in a terminal is for the parent, who says what becomes of the reading
  })
}
