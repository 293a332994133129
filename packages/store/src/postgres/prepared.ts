import type { PoolClient } from 'pg'

/** Statements that one connection keeps prepared; the least used go first. PostgreSQL holds 20 to 200 kB for each. */
const mostPrepared = 60
/** Texts that are remembered, to know those that come again. */
const mostSeen = 300

/**
 * Which statements a connection keeps prepared, and under which names: from the second time on that it is sent. Planning is most of what PostgreSQL
 * does for a statement that finds a few rows by an index: for who asks, 0.7 of 0.8 ms.
 */
export class PreparedStatements {
  readonly #names = new Map<string, string>()
  readonly #seen = new Set<string>()
  #taken: string[] = []
  #closing: string[] = []
  #made = 0

  /** The name under which a statement is sent, which may be none. `isNew`: it is to be parsed first. */
  take(text: string): { name: string; isNew: boolean } {
    const known = this.#names.get(text)
    if (known !== undefined) {
      this.#names.delete(text)
      this.#names.set(text, known)
      return { name: known, isNew: false }
    }
    if (!this.#seen.delete(text)) {
      this.#seen.add(text)
      const [oldest] = this.#seen
      if (this.#seen.size > mostSeen && oldest !== undefined) this.#seen.delete(oldest)
      return { name: '', isNew: true }
    }
    const name = `longshore_${++this.#made}` // never one that was used before: what became of it after an error nobody knows
    this.#names.set(text, name)
    this.#taken.push(text)
    return { name, isNew: true }
  }

  /** Names that the next message closes first. */
  toClose(): string[] {
    for (const [text, name] of this.#names) {
      if (this.#names.size <= mostPrepared) break
      this.#names.delete(text)
      this.#closing.push(name)
    }
    return this.#closing.splice(0)
  }

  /** None of them can be used any more: what they read has another shape. */
  forget(): void {
    this.#closing.push(...this.#names.values())
    this.#names.clear()
  }

  /** What was sent was carried out. */
  kept(): void {
    this.#taken = []
  }

  /** It was not: which of its new statements there are, nobody knows. */
  doubted(): void {
    for (const text of this.#taken.splice(0)) {
      const name = this.#names.get(text)
      this.#names.delete(text)
      if (name !== undefined) this.#closing.push(name) // one that does not exist may be closed, too
    }
  }
}

const ofConnection = new WeakMap<PoolClient, PreparedStatements>()

export function preparedOf(client: PoolClient): PreparedStatements {
  const known = ofConnection.get(client) ?? new PreparedStatements()
  ofConnection.set(client, known)
  return known
}
