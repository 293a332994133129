import type { ReadSettings } from '@longshore/core'
import type { Longshore, OpenOptions, RunningServer, ServerOptions } from '@longshore/server'

/** Where text goes. Writing never throws; what nobody reads any more is dropped. */
export interface Output {
  write(text: string): void
  /** Resolves when what was written has left the process's memory. */
  drained(): Promise<void>
  isTerminal: boolean
  /** Width in characters. */
  columns: number
}

/** A person's wish to stop. The first Ctrl-C, or the end of whoever reads standard output, aborts `signal`; the second Ctrl-C ends the process. */
export interface StopWish {
  signal: AbortSignal
  /** Gives Ctrl-C back its usual meaning. */
  release(): void
}

/** All that a command touches outside itself, so that tests can stand in for the process, the files and the database. */
export interface Host {
  cwd: string
  env: Record<string, string | undefined>
  stdout: Output
  stderr: Output
  /** Milliseconds; only differences are used. */
  now(): number
  /** Whether Longshore has made its database in this directory before. */
  hasData(directory: string): boolean
  openLongshore(options: OpenOptions): Promise<Longshore>
  /** `fetching` hears how many bytes of a file at an address have come. */
  readSource(file: string, settings: ReadSettings, options: { limit?: number; fetching?: (bytes: number, total: number | null) => void }): AsyncIterable<string>
  /** Throws a Fault where the server could not have the port. */
  assertPortFree(port: number): Promise<void>
  startServer(options: ServerOptions): Promise<RunningServer>
  stopWish(): StopWish
}
