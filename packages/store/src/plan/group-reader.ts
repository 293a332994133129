import type { Transaction } from '../postgres/database.ts'

/** Rows fetched at a time. */
const fetchRows = 2_000

export type InTurn = <T>(statement: () => Promise<T>) => Promise<T>

/** A connection takes one statement at a time: each is sent when the one before has its answer. */
export function oneAfterTheOther(): InTurn {
  let last: Promise<unknown> = Promise.resolve()
  return (statement) => {
    const next = last.then(statement)
    last = next.catch(() => undefined)
    return next
  }
}

/** Reads a cursor ordered by anchor, so that two of them can be gone through together: memory holds one fetch of each. */
export function groupReader<Item extends { anchor: string }>(tx: Transaction, cursor: string, inTurn: InTurn) {
  let buffer: Item[] = []
  let at = 0
  let ended = false
  // one fetch ahead: PostgreSQL looks for the next rows while these are planned
  const fetch = (): Promise<Item[]> => {
    const fetched = inTurn(() => tx.query<Item>(`FETCH ${fetchRows} FROM ${cursor}`)).then(({ rows }) => rows)
    fetched.catch(() => undefined) // whoever waits for it hears of it
    return fetched
  }
  let ahead: Promise<Item[]> | null = fetch()
  const peek = async (): Promise<Item | null> => {
    if (at === buffer.length && !ended) {
      buffer = await (ahead ?? fetch())
      at = 0
      ended = buffer.length < fetchRows
      ahead = ended ? null : fetch()
    }
    return buffer[at] ?? null
  }
  return {
    async next(): Promise<Item | null> {
      const item = await peek()
      if (item !== null) at++
      return item
    },
    /** Everything of `anchor`; the cursor holds no anchor that the other one skips. */
    async take(anchor: string): Promise<Item[]> {
      const items: Item[] = []
      for (let item = await peek(); item !== null && item.anchor === anchor; item = await peek()) { items.push(item); at++ }
      return items
    },
  }
}
