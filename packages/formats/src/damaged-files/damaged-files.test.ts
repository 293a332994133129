import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { damage } from './testing/damage.ts'
import { ReaderPool } from './testing/reader-pool.ts'
import { sampleFiles, sampleRows } from './testing/sample-files.ts'
import { accountOf, claimedRows } from './testing/silent-loss.ts'

/** Damaged files of each format; `npm run test:fuzz` asks for more. */
const cases = Number(process.env['LONGSHORE_CASES'] ?? 250)

/** Damage that once made a reader work without end, beyond what a short run comes to. */
const knownSeeds: Readonly<Record<string, readonly number[]>> = { parquet: [423, 424, 558, 851, 1_120, 1_208], xls: [677] }

const atOnce = 2
let pool: ReaderPool
beforeAll(() => { pool = new ReaderPool(atOnce) })
afterAll(() => { pool.close() })

describe.each(Object.keys(sampleFiles))('a damaged %s file', (ending) => {
  let sample = Buffer.alloc(0)
  beforeAll(async () => { sample = Buffer.from(await sampleFiles[ending]?.() ?? '') })

  test('whole, gives all its rows', async () => {
    expect(await pool.read(sample, `people.${ending}`)).toMatchObject({ kind: 'read', rows: { length: sampleRows.length } })
  })

  test('is read or refused in words, loses no row in silence, and hurts nothing but its reader', async () => {
    const drawn = fc.sample(fc.noBias(fc.integer({ min: 1, max: 2 ** 31 - 1 })), { numRuns: cases })
    const seeds = [...knownSeeds[ending] ?? [], ...drawn]
    const count = { read: 0, refused: 0, rows: 0, faulty: 0, told: 0 }
    const one = async (seed: number): Promise<void> => {
      const broken = damage(sample, seed)
      const found = await pool.read(broken, `people.${ending}`)
      if (found.kind === 'refused') {
        expect(found.message, `seed ${seed}`).not.toBe('')
        count.refused += 1
        return
      }
      if (found.kind !== 'read') throw new Error(`damage of seed ${seed}: ${JSON.stringify(found)}`)
      count.read += 1
      count.rows += found.rows.length
      count.faulty += found.rows.filter(({ faults }) => faults !== undefined).length
      for (const [i, { row, cells }] of found.rows.entries()) {
        if (cells.length !== found.columns.length) throw new Error(`damage of seed ${seed}: row ${row} has ${cells.length} cells of ${found.columns.length}`)
        if (row <= (found.rows[i - 1]?.row ?? found.headerRow)) throw new Error(`damage of seed ${seed}: row ${row} comes after row ${found.rows[i - 1]?.row ?? found.headerRow}`)
      }
      const { lost, told } = accountOf(broken, ending, found)
      count.told += told
      expect(lost, `damage of seed ${seed}, read as ${found.format}`).toEqual([])
      const claimed = claimedRows(broken, found)
      if (claimed !== null) expect(found.rows.length, `damage of seed ${seed}`).toBe(claimed)
    }
    const queue = seeds.values()
    await Promise.all(Array.from({ length: atOnce * 2 }, async () => { for (const seed of queue) await one(seed) }))
    expect(pool.replaced).toBe(0)
    if (process.env['LONGSHORE_CASES'] !== undefined) console.log(`${ending}: ${seeds.length} damaged files, ${count.read} read with ${count.rows} rows (${count.faulty} of them faulty), ${count.refused} refused; ${count.told} addresses not given and told of`)
  }, 60_000 + cases * 60)
})
