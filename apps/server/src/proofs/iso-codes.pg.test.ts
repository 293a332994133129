import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { openTestLongshore, type TestLongshore } from '../testing/open-test-longshore.ts'

vi.mock('../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../testing/parser-in-process.ts')).runParserHere }))

let longshore: TestLongshore
beforeAll(async () => { longshore = await openTestLongshore('iso-codes') })
afterAll(() => longshore.close())

it('fields that ask for ISO codes store one for every name of a place, and filters find them by any', async () => {
  await longshore.changeSchema({ objects: [{ name: 'contacts', fields: [{ name: 'mailing_country', iso: 'country' }, { name: 'mailing_state', iso: 'state' }] }] })
  const job = await longshore.importText('Last Name,State,Country\nA,Bayern,Deutschland\nB,Bavaria,Germany\nC,by,DE\nD,Lombardia,Italien\nE,MI,IT\nF,,Narnia\n', { object: 'contacts' })
  expect([job.counts.created, job.warnings]).toEqual([6, 2])
  expect(await longshore.rows('SELECT mailing_state AS state, mailing_country AS country FROM org.contacts ORDER BY id')).toEqual([
    { state: 'BY', country: 'DE' }, { state: 'BY', country: 'DE' }, { state: 'BY', country: 'DE' }, { state: 'Lombardia', country: 'IT' }, { state: 'MI', country: 'IT' }, { state: null, country: 'Narnia' },
  ])
  const out = join(longshore.folder, 'german.csv')
  for (const name of ['DE', 'Deutschland', 'Alemania']) {
    const { rows } = await longshore.export({ object: 'contacts', fields: ['last_name', 'mailing_country'], where: [`mailing_country = ${name}`], format: 'csv', out, replace: true, formulaGuard: true }, () => undefined)
    expect([name, rows]).toEqual([name, 3])
  }
  expect(readFileSync(out, 'utf8')).toContain('"A","DE"')
})
