import { Buffer } from 'node:buffer'
import { Fault } from '@longshore/core'

/** PostgreSQL cuts longer names silently, so that two of them become one. */
export const maxNameBytes = 63

/** A name as SQL. Names come from the metadata, never from a request. Throws a Fault for names that PostgreSQL would cut or cannot hold. */
export function quoteIdentifier(name: string): string {
  if (name === '' || name.includes('\0') || Buffer.byteLength(name) > maxNameBytes) {
    throw new Fault('db.name', `"${name.slice(0, 80)}" cannot be a name in the database: names have 1 to ${maxNameBytes} bytes. Choose a shorter one.`)
  }
  return `"${name.replaceAll('"', '""')}"`
}

/** A text as SQL, only for statements that take no parameters (SET, DDL). */
export function quoteLiteral(text: string): string {
  const quoted = `'${text.replaceAll("'", "''").replaceAll('\0', '')}'`
  return text.includes('\\') ? ` E${quoted.replaceAll('\\', '\\\\')}` : quoted
}
