import pg from 'pg'
import type { PoolClient, QueryResult } from 'pg'
import values from 'pg/lib/utils.js'
import { serialize } from 'pg-protocol'
import { preparedOf } from './prepared.ts'
import type { PreparedStatements } from './prepared.ts'

export interface Statement { text: string; values?: readonly unknown[] | undefined }

/**
 * Sends several statements as one message and gives their results in order. After the first that fails none is carried out, and the whole fails
 * with its error. Without a BEGIN among them they are one transaction, which PostgreSQL makes and ends. `prepare`: those that come again are kept
 * prepared on this connection.
 */
export async function sendTogether(client: PoolClient, statements: readonly Statement[], prepare: boolean): Promise<QueryResult[]> {
  const bound = statements.map(({ text, values: given = [] }) => ({ text, values: given.map((value) => values.prepareValue(value)) }))
  const prepared = prepare ? preparedOf(client) : null
  try {
    const message = messageOf(bound, prepared)
    const results = await new Promise<QueryResult[]>((resolve, reject) => {
      client.query(new Together(message, (error, results) => (error ? reject(error) : resolve([results].flat()))))
    })
    prepared?.kept()
    return results
  } catch (error) {
    prepared?.doubted()
    throw error
  }
}

/** A statement with its values as they are sent. */
interface Bound { text: string; values: unknown[] }

function messageOf(statements: readonly Bound[], prepared: PreparedStatements | null): Buffer {
  const pieces: Buffer[] = []
  for (const name of prepared?.toClose() ?? []) pieces.push(serialize.close({ type: 'S', name }))
  for (const { text, values } of statements) {
    const { name, isNew } = prepared?.take(text) ?? { name: '', isNew: true }
    if (isNew) pieces.push(serialize.parse({ text, name }))
    pieces.push(serialize.bind({ statement: name, values }), serialize.describe({ type: 'P' }), serialize.execute())
  }
  pieces.push(serialize.sync())
  return Buffer.concat(pieces)
}

/**
 * The driver sends one statement and the end of the message, in five pieces; this one all statements and then the end, in one piece, which was made
 * before: what is thrown while the driver sends leaves its connection waiting for an answer. What comes back is taken apart by the driver.
 */
class Together extends pg.Query {
  readonly #message: Buffer

  constructor(message: Buffer, done: (error: Error | undefined, results: QueryResult | QueryResult[]) => void) {
    super({ text: 'SELECT' }, done as never) // the text is never sent; and the type knows of one result
    this.#message = message
  }

  requiresPreparation(): boolean {
    return true
  }

  prepare({ stream }: { stream: NodeJS.WritableStream }): void {
    stream.write(this.#message)
  }
}
