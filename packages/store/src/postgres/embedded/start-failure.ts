import { Fault } from '@longshore/core'

/** Why a start of the server failed: try again (what stood in the way goes by itself), wait for another process's start, or give up. */
export type StartFailure = { kind: 'retry' } | { kind: 'elsewhere' } | { kind: 'fault'; fault: Fault }

/** Reads the last words of the server's log. `log` and `directory` name the places for the message. */
export function explainStartFailure(words: string, directory: string, log: string): StartFailure {
  const fault = (code: string, message: string): StartFailure => ({ kind: 'fault', fault: new Fault(code, message, { remedy: 'stop' }) })
  if (/lock file "[^"]*" already exists/.test(words)) return { kind: 'elsewhere' }
  // It came up, another process joined it, left it as the last, and stopped it before we got there.
  if (/ready to accept connections/.test(words)) return { kind: 'retry' }
  // After a kill the old server's shared memory lives a moment longer.
  if (/shared memory block .* is still in use/.test(words)) return { kind: 'retry' }
  if (/No space left on device/.test(words)) {
    return fault('db.disk-full', `PostgreSQL cannot start: the disk of ${directory} is full. What was committed is safe. Free some space, then start again.`)
  }
  const other = /initialized by PostgreSQL version (\S+), which is not compatible with this version (\S+)/.exec(words)
  if (other) {
    return fault('db.version', `The database in ${directory} was made by PostgreSQL ${other[1]}, and this Longshore brings ${other[2]}. Start it with the Longshore that made it, export, and import into a new data directory.`)
  }
  if (/could not map anonymous shared memory|Cannot allocate memory/.test(words)) {
    return fault('db.out-of-memory', 'PostgreSQL cannot start: the machine has too little free memory. Close other programs, then start again.')
  }
  if (/Permission denied|has wrong ownership|invalid permissions/.test(words)) {
    return fault('data.directory', `PostgreSQL cannot use its files in ${directory}: their owner or permissions were changed. Give the folder back to the account that made it. Details: ${log}`)
  }
  if (/could not create any Unix-domain sockets|could not bind Unix address/.test(words)) {
    return fault('data.socket', `PostgreSQL cannot make its socket for ${directory}. Details: ${log}`)
  }
  const said = words.split('\n').filter((line) => /FATAL|PANIC/.test(line)).at(-1) ?? words.trim().split('\n').at(-1) ?? ''
  return fault('db.start', `PostgreSQL did not start on ${directory}: ${said.replace(/^.*?(FATAL|PANIC):\s*/, '') || 'it said nothing'}. Details: ${log}`)
}
