import pino from 'pino'
import { Fault } from '@longshore/core'

/** What a line may hold: our own ids, names of routes, codes, counts and times. Never an address, a name, or a value of a request, file or record. */
export type Facts = Readonly<Record<string, string | number | boolean | null>>

export interface Log {
  info(event: string, facts?: Facts): void
  /** Something of ours went wrong: what kind of error, and where in the program; its message may hold values, so it is left out. */
  error(event: string, error: unknown, facts?: Facts): void
}

/** Frames of a stack that are told. */
const mostFrames = 8

/** A log of JSON lines for machines, or (`json` false) of short lines for whoever started the program, who are spared the requests that went well. */
export function openLog(write: (line: string) => void, json: boolean): Log {
  if (!json) return {
    info: (event, facts) => { if (facts?.['request'] === undefined) write([event, ...wordsOf(facts)].join(' ')) },
    error: (event, error, facts) => write([event, ...wordsOf({ ...facts, ...kindOf(error) })].join(' ')),
  }
  const logger = pino({ base: { program: 'longshore', pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime, messageKey: 'event' }, { write: (line: string) => write(line.trimEnd()) })
  return {
    info: (event, facts = {}) => logger.info(facts, event),
    error: (event, error, facts = {}) => logger.error({ ...facts, ...kindOf(error), frames: framesOf(error) }, event),
  }
}

function wordsOf(facts: Facts = {}): string[] {
  return Object.entries(facts).filter(([, value]) => value !== null).map(([name, value]) => `${name}=${String(value)}`)
}

/** The error at the bottom says most; PostgreSQL's code is worth more than its words, which quote values. */
function kindOf(error: unknown): Facts {
  let deepest = error
  while (deepest instanceof Error && deepest.cause instanceof Error) deepest = deepest.cause
  const code = deepest instanceof Error && 'code' in deepest && /^[\w.-]{1,64}$/.test(String(deepest.code)) ? String(deepest.code) : null
  return { ...(error instanceof Fault ? { fault: error.code } : {}), error: deepest instanceof Error ? deepest.constructor.name : typeof deepest, code }
}

/** Places in the program: what stands before the first of them is the message. */
function framesOf(error: unknown): string[] {
  let deepest = error
  while (deepest instanceof Error && deepest.cause instanceof Error) deepest = deepest.cause
  const stack = deepest instanceof Error ? deepest.stack ?? '' : ''
  return stack.split('\n').flatMap((line) => { const at = /^\s+at (?:([\w.<> ]{1,100}) \()?.*?([\w.-]+\.(?:ts|js|mjs)):(\d+):\d+\)?$/.exec(line); return at ? [`${at[1] ?? 'anonymous'} ${at[2] ?? ''}:${at[3] ?? ''}`] : [] }).slice(0, mostFrames)
}
