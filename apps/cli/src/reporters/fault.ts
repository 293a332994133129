import { Fault } from '@longshore/core'
import type { Host } from '../host.ts'
import { visible } from './visible.ts'

/** Says why nothing was done: as JSON on stdout for programs, else in words on stderr. */
export function reportFault(error: unknown, host: Host, json: boolean): void {
  const { code, message, path } = describeFault(error)
  if (json) {
    host.stdout.write(`${JSON.stringify({ error: path === undefined ? { code, message } : { code, message, path } })}\n`)
    return
  }
  const where = path === undefined || message.includes(path) ? '' : ` (at ${path})`
  host.stderr.write(`${visible(message, 2000)}${where}\n`)
  if (!(error instanceof Fault) && error instanceof Error && host.env['LONGSHORE_DEBUG']) host.stderr.write(`${error.stack ?? ''}\n`)
}

/** An error that is no Fault is a mistake of ours, and says so. */
export function describeFault(error: unknown): { code: string; message: string; path: string | undefined } {
  if (error instanceof Fault) return { code: error.code, message: error.message, path: error.path }
  const words = error instanceof Error ? error.message : String(error)
  return {
    code: 'internal',
    message: `Longshore made a mistake of its own: ${words}. Nothing of your file is at fault. Try again; with LONGSHORE_DEBUG=1 it says where.`,
    path: undefined,
  }
}
