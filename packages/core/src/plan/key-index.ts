import type { Which } from './decide.ts'
import { isLater } from './later.ts'

/** What an index needs to know of a record. */
export interface Indexed {
  id: bigint
  keys: readonly (bigint | null)[]
  createdAt: string
  /** A row of the file makes it. */
  fromFile: boolean
}

/** The records that one key finds, in the order in which they came. Nothing that is asked of it goes over all of them for each row. */
export class Reached<One extends Indexed> {
  readonly #records = new Set<One>()
  #inStore = 0
  /** By age; those that left may still be in it. Null: not asked for since the last one came. */
  #byAge: One[] | null = null
  #oldest = 0

  constructor(records: Iterable<One> = []) {
    for (const record of records) this.add(record)
  }

  [Symbol.iterator](): Iterator<One> {
    return this.#records.values()
  }

  get count(): number {
    return this.#records.size
  }

  /** Whether any of them exists already. */
  get inStore(): boolean {
    return this.#inStore > 0
  }

  add(record: One): void {
    if (this.#records.has(record)) return
    this.#records.add(record)
    this.#byAge = null
    if (!record.fromFile) this.#inStore++
  }

  remove(record: One): void {
    if (this.#records.delete(record) && !record.fromFile) this.#inStore--
  }

  first(): One | undefined {
    return this.#records.values().next().value
  }

  /** Ids of the first ones. */
  ids(most: number): bigint[] {
    const ids: bigint[] = []
    for (const { id } of this.#records) if (ids.push(id) >= most) break
    return ids
  }

  /** The one that is meant among several: the first or last made; of those made at one moment, by id. */
  meant(which: Which): One | undefined {
    if (this.#byAge === null) {
      this.#byAge = [...this.#records].sort((a, b) => (isYounger(a, b) ? 1 : -1))
      this.#oldest = 0
    }
    const byAge = this.#byAge
    const left = (record: One | undefined): boolean => record !== undefined && !this.#records.has(record)
    while (left(byAge[this.#oldest])) this.#oldest++
    while (left(byAge.at(-1))) byAge.pop()
    return which === 'oldest' ? byAge[this.#oldest] : byAge.at(-1)
  }
}

function isYounger(a: Indexed, b: Indexed): boolean {
  return isLater(a.createdAt, b.createdAt) || (!isLater(b.createdAt, a.createdAt) && a.id > b.id)
}

/** A group's records by match criterion and key, kept true while rows change them. */
export class KeyIndex<One extends Indexed> {
  readonly #byKey: Map<bigint, Reached<One>>[]

  constructor(criteria: number) {
    this.#byKey = Array.from({ length: criteria }, () => new Map())
  }

  add(record: One): void {
    for (const c of this.#byKey.keys()) this.#put(c, record.keys[c] ?? null, record)
  }

  remove(record: One): void {
    for (const [c, map] of this.#byKey.entries()) { const key = record.keys[c] ?? null; if (key !== null) map.get(key)?.remove(record) }
  }

  /** Gives a record other keys, by which it is found from now on. */
  rekey(record: One, keys: One['keys']): void {
    const before = record.keys
    record.keys = keys
    for (const [c, map] of this.#byKey.entries()) {
      const [from, to] = [before[c] ?? null, keys[c] ?? null]
      if (from === to) continue
      if (from !== null) map.get(from)?.remove(record)
      this.#put(c, to, record)
    }
  }

  /** Match criteria are tried in order; the first that finds something decides. */
  find(keys: readonly (bigint | null)[]): { criterion: number; reached: Reached<One> | null } {
    for (const [c, map] of this.#byKey.entries()) {
      const key = keys[c] ?? null
      const reached = key === null ? undefined : map.get(key)
      if (reached && reached.count > 0) return { criterion: c, reached }
    }
    return { criterion: -1, reached: null }
  }

  #put(c: number, key: bigint | null, record: One): void {
    const map = this.#byKey[c]
    if (key === null || map === undefined) return
    let reached = map.get(key)
    if (reached === undefined) map.set(key, reached = new Reached())
    reached.add(record)
  }
}
