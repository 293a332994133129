import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { findObject, setFailpoints } from '@longshore/core'
import type { ImportDefinitionInput } from '@longshore/core'
import { ensureOrganization, fillKeys } from '@longshore/store'
import { openTestLongshore, type TestLongshore } from '../testing/open-test-longshore.ts'

vi.mock('../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../testing/parser-in-process.ts')).runParserHere }))

const people = 300
const quiet = (): void => undefined
const list = (first: string): string => `First Name,Last Name,Email,Mobile Phone\n${Array.from({ length: people }, (_, i) => `${first}${i},L,p${i}@example.com,+1 212 555 ${1000 + i}`).join('\n')}\n`
const update: ImportDefinitionInput = { object: 'contacts', operation: 'update', match: [['email']] }

let longshore: TestLongshore
const written = async (first: string) => Number((await longshore.rows<{ n: string }>(`SELECT count(*) AS n FROM org.contacts WHERE first_name ~ $1`, [`^${first}[0-9]`]))[0]?.n)

describe('keys of a criterion that is used for the first time', () => {
  beforeAll(async () => {
    longshore = await openTestLongshore('filled-keys')
    await longshore.importText(list('A'), { object: 'contacts' })
  })
  afterAll(() => longshore.close())

  it('are filled beside a job that updates the same records, and none of its updates is lost', async () => {
    // whoever fills keys writes a record a millisecond, so that the two meet
    await longshore.rows(`CREATE FUNCTION org.slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN IF OLD.updated_at = NEW.updated_at THEN PERFORM pg_catalog.pg_sleep(0.003); END IF; RETURN NEW; END'`)
    await longshore.rows('CREATE TRIGGER slow BEFORE UPDATE ON org.contacts FOR EACH ROW EXECUTE FUNCTION org.slow()')
    const planned = await longshore.importText(list('B'), update, { dryRun: true })
    let other: Promise<unknown> | undefined
    let met = false
    setFailpoints(async (name) => {
      if (name !== 'apply.before-records' || other) return
      other = longshore.importText('Last Name,Mobile Phone\nRoe,+1 212 555 0199\n', { object: 'contacts', match: [['mobile_phone']] }, { dryRun: true, name: 'other.csv' })
      for (let look = 0; look < 600 && !met; look++) {
        met = (await longshore.rows(`SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'UPDATE%xid%' AND datname = current_database() AND pid <> pg_backend_pid()`)).length > 0
        await new Promise((resolve) => { setTimeout(resolve, 10) })
      }
    })
    const done = await longshore.apply(planned.job, quiet)
    setFailpoints(null)
    await other
    await longshore.rows('DROP TRIGGER slow ON org.contacts')
    expect([met, done.state, done.counts.updated, await written('B')]).toEqual([true, 'done', people, people])
    await longshore.undo(done.job, { everything: false }, quiet)
    expect(await written('A')).toBe(people)
  })

  it('a plan that was made before somebody used another criterion is carried out whole', async () => {
    const planned = await longshore.importText(list('C'), update, { dryRun: true })
    await longshore.importText('First Name,Job Title,Last Name\nC7,Captain,Roe\n', { object: 'contacts', match: [['first_name', 'title']] }, { dryRun: true, name: 'other.csv' })
    const done = await longshore.apply(planned.job, quiet)
    expect([done.state, done.counts.updated, await written('C')]).toEqual(['done', people, people])
  })

  it('are not called complete when one batch of them could not be written', async () => {
    await longshore.changeSchema({ objects: [{ name: 'contacts', matchKeys: ['last_name+mobile_phone'] }] })
    const catalog = await longshore.catalog(), contacts = findObject(catalog, 'contacts')
    const rule = contacts?.matchKeys.find(({ criterion }) => criterion === 'last_name+mobile_phone')
    if (!contacts || !rule) throw new Error('The criterion is not there.')
    await longshore.rows(`CREATE FUNCTION org.refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN IF OLD.email = ''p7@example.com'' THEN RAISE EXCEPTION ''no''; END IF; RETURN NEW; END'`)
    await longshore.rows('CREATE TRIGGER refuse BEFORE UPDATE ON org.contacts FOR EACH ROW EXECUTE FUNCTION org.refuse()')
    const fill = async (): Promise<void> => fillKeys(longshore.database, await ensureOrganization(longshore.database), [{ object: contacts, rule }], quiet, 10)
    const since = async () => findObject(await longshore.catalog(), 'contacts')?.matchKeys.find(({ id }) => id === rule.id)?.since
    await expect(fill()).rejects.toMatchObject({ code: 'db.statement' })
    expect(await since()).toBe(rule.since)
    await longshore.rows('DROP TRIGGER refuse ON org.contacts')
    await fill()
    expect(await since()).toBeUndefined()
  })
})
