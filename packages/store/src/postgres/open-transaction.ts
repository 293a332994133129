import { finished, Writable } from 'node:stream'
import type { Readable } from 'node:stream'
import { Fault } from '@longshore/core'
import type { PoolClient } from 'pg'
import { from as copyInto, to as copyOut } from 'pg-copy-streams'
import type { Transaction } from './database.ts'
import { databaseFault } from './database-fault.ts'

/** A transaction that has begun on a connection, and can be closed so that nothing is written through it afterwards. */
export interface OpenTransaction extends Transaction {
  /** After this every call is refused. */
  close(): void
  /** A COPY is under way, or was left before its end: the connection cannot be used again. */
  readonly copying: boolean
}

export function openTransaction(client: PoolClient): OpenTransaction {
  let open = true
  let copies = 0

  function assertOpen(): void {
    if (!open) throw new Fault('db.transaction-over', 'A statement was sent after its transaction had ended. This is an error in Longshore.', { remedy: 'stop' })
  }

  function begun(stream: Readable | Writable): void {
    copies += 1
    finished(stream, (error) => {
      // A reader that leaves early leaves PostgreSQL sending; a writer that fails ends its COPY properly.
      if (!error || stream instanceof Writable) copies -= 1
    })
  }

  return {
    async query<Row>(text: string, values?: readonly unknown[]) {
      assertOpen()
      try {
        const result = await client.query(text, values as unknown[] | undefined)
        return { rows: result.rows as Row[], rowCount: result.rowCount ?? 0 }
      } catch (error) {
        throw databaseFault(error)
      }
    },
    copyFrom(sql) {
      assertOpen()
      const stream = client.query(copyInto(sql))
      begun(stream)
      return stream
    },
    copyTo(sql) {
      assertOpen()
      const stream = client.query(copyOut(sql))
      begun(stream)
      return stream
    },
    close() { open = false },
    get copying() { return copies > 0 },
  }
}
