import type { Writable } from 'node:stream'
import { Fault } from '@longshore/core'
import type { ExportTarget } from '@longshore/core'

/**
 * A stream that belongs to somebody else, such as standard output: never ended here. Waits for its reader. A stream that breaks off
 * ends the export with the Fault `export.cannot-write`.
 */
export function exportStream(stream: Writable, name: string): ExportTarget {
  return {
    write: (chunk) => new Promise((resolve, reject) => {
      if (chunk.length === 0) resolve()
      else stream.write(chunk, (error) => {
        if (error) reject(new Fault('export.cannot-write', `What reads ${name === '-' ? 'standard output' : name} went away before the export's end.`, { cause: error }))
        else resolve()
      })
    }),
    finish: () => Promise.resolve(name),
    discard: () => Promise.resolve(),
  }
}
