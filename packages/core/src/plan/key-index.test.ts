import { describe, expect, test } from 'vitest'
import { KeyIndex, type Indexed } from './key-index.ts'

interface Counted extends Indexed { keys: readonly (bigint | null)[] }

/** Records of one key that tell how often their age was looked at. */
function sharing(key: bigint, count: number): { records: Counted[]; looks: () => number } {
  let looks = 0
  const records = Array.from({ length: count }, (_, i): Counted => ({
    id: BigInt(i + 1), keys: [key, BigInt(i)], fromFile: false,
    get createdAt() { looks++; return `2026-01-01T00:00:00.${String((i * 7919) % 1000).padStart(3, '0')}Z` },
  }))
  return { records, looks: () => looks }
}

describe('a key index', () => {
  test('finds by the first criterion that finds something', () => {
    const index = new KeyIndex<Counted>(2)
    const { records: [one, two] } = sharing(5n, 2)
    if (one) index.add(one)
    if (two) index.add(two)
    expect(index.find([null, 1n])).toMatchObject({ criterion: 1 })
    expect(index.find([5n, 1n]).reached?.ids(9)).toEqual([1n, 2n])
    expect(index.find([6n, 7n])).toEqual({ criterion: -1, reached: null })
  })

  test('tells the oldest and the newest of those that are left', () => {
    const index = new KeyIndex<Counted>(1)
    const { records } = sharing(5n, 50)
    for (const record of records) index.add(record)
    const byAge = [...records].sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1))
    for (let left = byAge.length; left > 0; left--) {
      const reached = index.find([5n]).reached
      expect([reached?.count, reached?.meant('oldest')?.id, reached?.meant('newest')?.id]).toEqual([left, byAge[0]?.id, byAge.at(-1)?.id])
      const gone = left % 2 === 0 ? byAge.shift() : byAge.pop()
      if (gone) index.remove(gone)
    }
    expect(index.find([5n]).reached).toBeNull()
  })

  test('finds a record by its new keys, also the one that went and came back', () => {
    const index = new KeyIndex<Counted>(1)
    const { records: [one, two] } = sharing(5n, 2)
    if (!one || !two) throw new Error('there are two')
    index.add(one)
    index.add(two)
    expect(index.find([5n]).reached?.meant('newest')?.id).toBe(2n)
    index.rekey(two, [6n])
    expect([index.find([5n]).reached?.meant('newest')?.id, index.find([6n]).reached?.ids(9)]).toEqual([1n, [2n]])
    index.rekey(two, [5n])
    expect([index.find([5n]).reached?.meant('newest')?.id, index.find([6n]).reached]).toEqual([2n, null])
  })

  test('looks at the records of a key a few times each, however many rows ask', () => {
    const index = new KeyIndex<Counted>(2)
    const { records, looks } = sharing(5n, 2_000)
    for (const record of records) index.add(record)
    for (let row = 0; row < 2_000; row++) {
      const reached = index.find([5n, null]).reached
      const record = reached?.meant('oldest')
      expect(reached?.ids(20)).toHaveLength(20)
      if (record) index.rekey(record, [5n, BigInt(-row)])
    }
    expect(looks()).toBeLessThan(2_000 * 100)
  })
})
