import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { LayoutWarning, RawRow } from '@longshore/core'

/** What came of reading one file. `died`: its process ended over it; `stuck`: it did not end in time, and was ended. */
export type FoundInFile =
  | { kind: 'read'; format: string; columns: string[]; headerRow: number; rows: RawRow[]; warnings: LayoutWarning[] }
  | { kind: 'refused'; code: string; message: string }
  | { kind: 'error'; stack: string }
  | { kind: 'died'; how: string }
  | { kind: 'stuck'; seconds: number }

/** The longest that one file may keep its reader. */
const mostSeconds = 30
/** As the parser child runs. */
const flags = ['--max-old-space-size=160', '--max-semi-space-size=16', '--disable-proto=delete', '--no-warnings']

/** A few processes that live long and read one file at a time each; one that a file ends is replaced. */
export class ReaderPool {
  readonly #idle: ChildProcess[] = []
  readonly #waiting: ((child: ChildProcess) => void)[] = []
  #replaced = 0

  constructor(processes: number) {
    for (let i = 0; i < processes; i += 1) this.#idle.push(start())
  }

  /** Processes that a file ended. */
  get replaced(): number {
    return this.#replaced
  }

  async read(bytes: Uint8Array, name: string): Promise<FoundInFile> {
    const child = this.#idle.pop() ?? await new Promise<ChildProcess>((resolve) => { this.#waiting.push(resolve) })
    const found = await answerOf(child, { bytes, name })
    const usable = found.kind !== 'died' && found.kind !== 'stuck'
    if (!usable) this.#replaced += 1
    this.#release(usable ? child : start())
    return found
  }

  close(): void {
    for (const child of this.#idle) child.kill('SIGKILL')
  }

  #release(child: ChildProcess): void {
    const next = this.#waiting.shift()
    if (next) next(child)
    else this.#idle.push(child)
  }
}

function start(): ChildProcess {
  return fork(fileURLToPath(new URL('reading-process.ts', import.meta.url)), { execArgv: flags, serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
}

function answerOf(child: ChildProcess, question: { bytes: Uint8Array; name: string }): Promise<FoundInFile> {
  return new Promise((resolve) => {
    const settle = (found: FoundInFile): void => {
      clearTimeout(timer)
      child.off('message', answered)
      child.off('exit', ended)
      resolve(found)
    }
    const answered = (found: unknown): void => settle(found as FoundInFile)
    const ended = (code: number | null, signal: string | null): void => settle({ kind: 'died', how: signal ?? `code ${code}` })
    const timer = setTimeout(() => {
      settle({ kind: 'stuck', seconds: mostSeconds })
      child.kill('SIGKILL')
    }, mostSeconds * 1000)
    child.on('message', answered)
    child.on('exit', ended)
    child.send(question)
  })
}
