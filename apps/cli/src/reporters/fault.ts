import { Fault } from '@longshore/core/fault'
import type { Host } from '../host.ts'
import { visible } from './visible.ts'

/** Says why nothing was done: as JSON on stdout for programs, else in words on stderr. */
export function reportFault(error: unknown, host: Host, json: boolean): void {
  const { code, message, path } = asFault(error)
  if (json) {
    host.stdout.write(`${JSON.stringify({ error: path === undefined ? { code, message } : { code, message, path } })}\n`)
    return
  }
  const where = path === undefined || message.includes(path) ? '' : ` (in the definition: ${path})`
  host.stderr.write(`${visible(message, 2000)}${where}\n`)
  if (!(error instanceof Fault) && error instanceof Error && host.env['LONGSHORE_DEBUG']) host.stderr.write(`${error.stack ?? ''}\n`)
}

/** What was thrown, as a Fault: an error that is none is a mistake of ours, and says so. */
export function asFault(error: unknown): Fault {
  if (error instanceof Fault) return error
  const words = error instanceof Error ? error.message : String(error)
  const message = `Longshore made a mistake of its own: ${words}. Nothing of your file is at fault. Try again; with LONGSHORE_DEBUG=1 it says where.`
  return new Fault('internal', message, { remedy: 'retry', cause: error })
}
