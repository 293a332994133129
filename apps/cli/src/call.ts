import { resolve } from 'node:path'
import { Fault } from '@longshore/core/fault'
import { notAJob, notANumber } from './messages/usage.ts'
import type { Host } from './host.ts'

/** A command line taken apart: the flags and words of one call, read by name. */
export class Call {
  readonly #flags: ReadonlyMap<string, readonly (string | true)[]>
  readonly #words: readonly string[]

  constructor(flags: ReadonlyMap<string, readonly (string | true)[]>, words: readonly string[]) {
    this.#flags = flags
    this.#words = words
  }

  /** The flag's value; the last one when it was given several times. */
  text(flag: string): string | undefined {
    const value = this.#flags.get(flag)?.at(-1)
    return typeof value === 'string' ? value : undefined
  }

  list(flag: string): string[] {
    return (this.#flags.get(flag) ?? []).filter((value) => typeof value === 'string')
  }

  on(flag: string): boolean {
    return this.#flags.has(flag)
  }

  /** A whole number within inclusive bounds; anything else is refused. */
  whole(flag: string, least: number, most: number): number | undefined {
    const text = this.text(flag)
    if (text === undefined) return undefined
    const number = /^\d{1,10}$/.test(text) ? Number(text) : NaN
    if (!(number >= least && number <= most)) throw new Fault('usage.not-a-number', notANumber(flag, text, least, most))
    return number
  }

  word(position: number): string | undefined {
    return this.#words[position]
  }

  /** The job number at `position`. */
  job(position: number): number {
    const text = this.word(position) ?? ''
    if (!/^[1-9]\d{0,8}$/.test(text)) throw new Fault('usage.not-a-job', notAJob(text))
    return Number(text)
  }

  dataDirectory(host: Host): string {
    return resolve(host.cwd, this.text('data') ?? (host.env['LONGSHORE_DATA'] || 'data'))
  }

  /** JSON when asked for, and where nobody reads: a pipe gets the document that the contract promises. */
  wantsJson(host: Host): boolean {
    return this.on('json') || !host.stdout.isTerminal
  }
}
