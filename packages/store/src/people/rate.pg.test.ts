import { afterAll, beforeAll, expect, it } from 'vitest'
import { ensureOrganization } from '../organizations/ensure-organization.ts'
import { openTestDatabase, type TestDatabase } from '../postgres/testing.ts'
import { race } from '../testing/race.ts'
import { takeTurn } from './rate.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await openTestDatabase('rate', { prepared: true })
  await ensureOrganization(db)
})
afterAll(() => db.close())

it('as many uses as the limit get through, however many processes ask at once', async () => {
  await race(db.databaseUrl, [['turn', 'raced', '60', '100'], ['turn', 'raced', '60', '100']], async (given) => {
    expect(given.map((one) => one.length)).toEqual([100, 100])
    expect(given.flat().filter((one) => one.given).length).toBe(60)
  })
})

it('a window that is over lets uses through again, and says until then how long it lasts', async () => {
  const take = () => db.transaction(null, (tx) => takeTurn(tx, 'window', 1, 60))
  expect([(await take()).allowed, (await take()).allowed]).toEqual([true, false])
  await db.transaction(null, (tx) => tx.query(`UPDATE longshore.rate SET opened_at = opened_at - interval '59 seconds' WHERE key = 'window'`))
  expect(await take()).toMatchObject({ allowed: false, after: 1 })
  await db.transaction(null, (tx) => tx.query(`UPDATE longshore.rate SET opened_at = opened_at - interval '60 seconds' WHERE key = 'window'`))
  expect(await take()).toMatchObject({ allowed: true, used: 1 })
})
