import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Transaction } from './database.ts'

/** Runs a `COPY … FROM STDIN` with lines that are in its text format already. */
export async function copyLines(tx: Transaction, sql: string, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return
  await pipeline(Readable.from([Buffer.from(lines.join(''))]), tx.copyFrom(sql))
}
