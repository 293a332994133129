import { Fault, parseSelection, standardCatalog } from '@longshore/core'
import type { RecordSnapshot } from '@longshore/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { changeSchema } from '../objects/change-schema.ts'
import { ensureOrganization } from '../organizations/ensure-organization.ts'
import type { Organization } from '../organizations/organization.ts'
import { openTestDatabase, type TestDatabase } from '../postgres/testing.ts'
import { selectRecords } from './select-records.ts'
import { countStatement } from './select-statement.ts'

let db: TestDatabase
let organization: Organization

beforeAll(async () => {
  db = await openTestDatabase('select', { prepared: true })
  organization = await ensureOrganization(db)
  await changeSchema(db, organization, { objects: [
    { name: 'contacts', fields: [{ name: 'interests', label: 'Interests', kind: 'multi-select', options: ['Golf', 'Chess', 'Sailing'] }] },
    // Words that mean something to PostgreSQL are ordinary names to people.
    { name: 'user', singular: 'one_user', fields: [{ name: 'select', label: 'Select', kind: 'text' }, { name: 'order', label: 'Order', kind: 'number' }] },
  ] }, () => Promise.resolve([]))
  const schema = `"${organization.schema}"`
  await db.transaction(null, (tx) => tx.query(`INSERT INTO longshore.member (organization, email, name) VALUES ($1, 'ada@example.com', 'Ada')`, [organization.id]))
  await db.transaction(organization, async (tx) => {
    await tx.query(`INSERT INTO ${schema}.accounts (id, created_at, updated_at, name, deleted_at, owner) VALUES
      (1, now(), now(), 'Acme, Inc.', NULL, 2), (2, now(), now(), 'Gone GmbH', now(), 1), (3, now(), now(), 'ZÜRICH Öl', NULL, NULL)`)
    await tx.query(`INSERT INTO ${schema}.contacts (id, created_at, updated_at, owner, first_name, last_name, email, phone, phone_source, account, birthdate, description,
        lead_source, lead_score, email_opt_out, tags, interests, external_id, deleted_at) VALUES
      (9223372036854775807, '2024-02-29 23:59:59.999999Z', '2024-03-01Z', 2, 'Ada', 'Lovelace', 'Ada@Example.com', '+12125550123', '(212) 555-0123', 1, '0815-12-10',
        E'two\\nlines\\tand \\\\N', 'Web', -12.50, true, ARRAY['VIP', 'a;b', 'NULL'], ARRAY['Chess', 'Golf'], '007', NULL),
      (12, '2024-03-01 00:00:00Z', '2024-03-01Z', 1, NULL, '100%', 'b_c@example.com', NULL, NULL, 2, NULL, '', 'Referral', 12345678901234567890.000001, false, '{}', NULL, '7', NULL),
      (13, '2024-02-28 23:59:59Z', '2024-03-01Z', NULL, 'Ørjan', 'ÅSEN', NULL, NULL, NULL, 3, '2000-02-29', NULL, NULL, 0, NULL, ARRAY['vip'], ARRAY['Golf'], NULL, NULL),
      (14, now(), now(), 1, 'Binned', 'Binned', 'binned@example.com', NULL, NULL, 1, NULL, NULL, 'Web', 1, true, NULL, NULL, NULL, now())`)
    await tx.query(`INSERT INTO ${schema}.documents (id, created_at, updated_at, name, related_to, related_to_object) VALUES
      (21, now(), now(), 'of Ada', 9223372036854775807, 'contacts'), (22, now(), now(), 'of Acme', 1, 'accounts'), (23, now(), now(), 'of the binned', 14, 'contacts'), (24, now(), now(), 'alone', NULL, NULL)`)
    await tx.query(`INSERT INTO ${schema}."user" (id, created_at, updated_at, name, "select", "order") VALUES (31, now(), now(), 'x', 'DROP', 1)`)
  })
})
afterAll(() => db.close())

describe('records are read', () => {
  test('in the canonical form of every kind, by id, without those in the bin', async () => {
    expect(await cells('contacts', ['id', 'last_name', 'birthdate', 'created_at', 'lead_score', 'email_opt_out', 'tags', 'interests', 'owner', 'external_id', 'phone', 'phone_source', 'description', 'lead_source'])).toEqual([
      ['12', '100%', null, '2024-03-01T00:00:00Z', '12345678901234567890.000001', 'false', '{}', null, 'owner@localhost', '7', null, null, '', 'Referral'],
      ['13', 'ÅSEN', '2000-02-29', '2024-02-28T23:59:59Z', '0', null, '{vip}', '{Golf}', null, null, null, null, null, null],
      ['9223372036854775807', 'Lovelace', '0815-12-10', '2024-02-29T23:59:59.999999Z', '-12.50', 'true', '{VIP,a;b,"NULL"}', '{Chess,Golf}', 'ada@example.com', '007',
        '+12125550123', '(212) 555-0123', 'two\nlines\tand \\N', 'Web'],
    ])
  })

  test('with what they refer to, which is hidden where it is in the bin', async () => {
    expect(await cells('contacts', ['full_name', 'account', 'account.id', 'account.owner'])).toEqual([
      ['100%', null, null, null], ['Ørjan ÅSEN', 'ZÜRICH Öl', '3', null], ['Ada Lovelace', 'Acme, Inc.', '1', 'ada@example.com'],
    ])
    expect(await cells('documents', ['name', 'related_to', 'related_to.id', 'related_to.object'])).toEqual([
      ['of Ada', 'Ada@Example.com', '9223372036854775807', 'contacts'], ['of Acme', 'Acme, Inc.', '1', 'accounts'], ['of the binned', null, null, null], ['alone', null, null, null],
    ])
    expect(await cells('documents', ['related_to.contacts.last_name', 'related_to.accounts'], ['related_to = acme, inc.'])).toEqual([[null, 'Acme, Inc.']])
  })

  test('that are found by a word of their name, their addresses and numbers, or the name of what they refer to, whatever its letter case', async () => {
    const found = async (...words: string[]) => (await cells('contacts', ['id'], words.map((word) => `* contains "${word}"`))).flat()
    expect(await found('love')).toEqual(['9223372036854775807'])
    expect(await found('ADA', 'acme')).toEqual(['9223372036854775807'])
    expect(await found('ørjan åsen')).toEqual(['13'])
    expect(await found('2125550123')).toEqual(['9223372036854775807'])
    expect(await found('100%')).toEqual(['12'])
    expect(await found('gone')).toEqual([]) // the account is in the bin
    expect(await found('binned')).toEqual([])
    expect(await found('two')).toEqual([]) // long texts are not looked through
    expect(await found('example.com')).toEqual(['12', '9223372036854775807'])
    expect(() => parseSelection({ catalog: standardCatalog(), object: 'contacts', where: ['* = Ada'] })).toThrow(/has no "=".*contains/)
    expect(() => parseSelection({ catalog: standardCatalog(), object: 'contacts', fields: ['*'], where: [] })).toThrow(/no field/)
  })

  test('of every object with all of its fields, also under names that SQL keeps for itself', async () => {
    const { objects } = await selectRecords(db, organization).snapshot(({ catalog }) => Promise.resolve(catalog))
    expect(objects.length).toBeGreaterThan(standardCatalog().objects.length)
    for (const object of objects) {
      for (const row of await cells(object.name)) expect([object.name, row.length]).toEqual([object.name, select(objects, object.name).columns.length])
    }
    expect(await cells('user', ['name', 'select', 'order'], ['order = 1', 'select starts-with dr'])).toEqual([['x', 'DROP', '1']])
  })

  test('in one state, whatever is written meanwhile', async () => {
    const seen = await selectRecords(db, organization).snapshot(async (records) => {
      const selection = parseSelection({ catalog: records.catalog, object: 'accounts', fields: ['id'], where: [] })
      const before = await records.count(selection)
      await db.transaction(organization, (tx) => tx.query(`INSERT INTO "${organization.schema}".accounts (id, created_at, updated_at, name) VALUES (99, now(), now(), 'late')`))
      return [before, (await rowsOf(records, selection)).length]
    })
    await db.transaction(organization, (tx) => tx.query(`DELETE FROM "${organization.schema}".accounts WHERE id = 99`))
    expect(seen).toEqual([2, 2])
  })

  test('until somebody has enough, after which others can go on', async () => {
    await db.transaction(organization, (tx) => tx.query(`INSERT INTO "${organization.schema}".notes (id, created_at, updated_at, external_id)
      SELECT 1000 + n, now(), now(), 'n' || n FROM generate_series(1, 30000) n`))
    let taken = 0
    const enough = new Error('enough')
    await expect(selectRecords(db, organization).snapshot((records) => {
      const selection = parseSelection({ catalog: records.catalog, object: 'notes', where: [] })
      return records.read(selection, (rows) => { taken += rows.length; return Promise.reject(enough) })
    })).rejects.toBe(enough)
    expect(taken).toBeGreaterThan(0)
    expect(taken).toBeLessThan(30_000)
    expect((await cells('notes', ['external_id'])).length).toBe(30_000)
  })
})

describe('a filter finds', () => {
  const ada = '9223372036854775807', percent = '12', orjan = '13'

  const found: [string, string[]][] = [
    ['last_name = lovelace', [ada]], ['last_name = åsen', [orjan]], ['last_name != Lovelace', [percent, orjan]], ['last_name contains %', [percent]], ['email contains _', [percent]],
    ['email contains ada@', [ada]], ['email starts-with ADA', [ada]], ['email = ada@example.com', [ada]], ['email in (B_C@example.com, ada@example.com)', [percent, ada]],
    ['email is-empty', [orjan]], ['email is-not-empty', [percent, ada]], ['description is-empty', [percent, orjan]], ['description contains "and \\N"', [ada]],
    ['last_name > m', [orjan]], ['full_name = ada lovelace', [ada]], ['full_name starts-with ørjan', [orjan]],
    ['phone = (212) 555-0123', [ada]], ['phone starts-with +1212', [ada]], ['external_id = 7', [percent]], ['external_id != 7', [orjan, ada]],
    ['lead_score < 0', [ada]], ['lead_score = -12.5', [ada]], ['lead_score >= 12345678901234567890.000001', [percent]], ['lead_score in (0, -12.5)', [orjan, ada]],
    ['birthdate < 1000-01-01', [ada]], ['birthdate = 29 Feb 2000', [orjan]], ['birthdate is-empty', [percent]],
    ['created_at = 2024-02-29', [ada]], ['created_at <= 2024-02-29', [orjan, ada]], ['created_at > 2024-02-29', [percent]], ['created_at < 2024-02-29', [orjan]],
    ['created_at = 2024-03-01T01:00+01:00', [percent]], ['created_at in (2024-02-28, 2024-03-01)', [percent, orjan]], ['created_at != 2024-02-29', [percent, orjan]],
    ['email_opt_out = yes', [ada]], ['email_opt_out != yes', [percent, orjan]], ['lead_source = web', [ada]], ['lead_source in (Web, Referral)', [percent, ada]], ['lead_source != web', [percent, orjan]],
    ['tags contains vip', [orjan, ada]], ['tags contains ["a;b"]', [ada]], ['tags = vip', [orjan]], ['tags = ["NULL","a;b","VIP"]', [ada]], ['tags != vip', [percent, ada]], ['tags is-empty', [percent]],
    ['interests = Golf; Chess', [ada]], ['interests in (Chess, Sailing)', [ada]], ['interests is-empty', [percent]],
    ['owner = ADA@example.com', [ada]], ['owner is-empty', [orjan]], ['owner != ada@example.com', [percent, orjan]],
    ['account = acme, inc.', [ada]], ['account.name contains öl', [orjan]], ['account is-empty', [percent]], ['account.id in (1, 2)', [ada]], ['account.owner = ada@example.com', [ada]],
    ['id = 12', [percent]], ['id > 12', [orjan, ada]], ['id in (13, 14)', [orjan]],
  ]

  test.each(found)('with %j what it says', async (where, ids) => {
    expect((await cells('contacts', ['id'], [where])).flat()).toEqual(ids)
    expect(await countOf('contacts', [where])).toBe(ids.length)
  })

  test('only records for which all of several hold', async () => {
    expect(await cells('contacts', ['id'], ['lead_score < 1', 'created_at <= 2024-02-29', 'account.name contains a', 'tags contains VIP'])).toEqual([[ada]])
  })

  test('who refers to a record by the index of the reference', async () => {
    const statement = countStatement(organization, parseSelection({ catalog: standardCatalog(), object: 'contacts', where: ['account.id = 1'] }))
    const { rows } = await db.transaction(organization, async (tx) => {
      await tx.query('SET LOCAL enable_seqscan = off')
      return tx.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${statement.text}`, statement.values)
    })
    expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toMatch(/Index Cond: \(account = ANY/)
    expect(await cells('documents', ['name'], ['related_to.id in (1, 14)'])).toEqual([['of Acme']])
    expect(await cells('contacts', ['id'], ['account.id != 1'])).toEqual([[percent], [orjan]])
  })

  test('which object a reference points to', async () => {
    expect(await cells('documents', ['name'], ['related_to.object = account'])).toEqual([['of Acme']])
    expect(await cells('documents', ['name'], ['related_to.id is-empty'])).toEqual([['of the binned'], ['alone']])
  })

  const hostile = [
    `'); DROP TABLE contacts; --`, `' OR '1'='1`, `\\`, `\\'; SELECT 1; --`, '$1', '$$', `"; DELETE FROM x; --`, '{', '}', '{"a', 'NULL', '%', '_', `E'\\x41'`, '/* */', `current_setting('longshore.v1')`,
    'é\u0301😀', '\u2028', 'a\nb\tc', `longshore.v1`, '.*', '(a+)+$',
  ]

  test.each(hostile)('nothing but the value itself for %j', async (value) => {
    const quoted = `"${value.replaceAll('"', '""')}"`
    await db.transaction(organization, (tx) => tx.query(`UPDATE "${organization.schema}".contacts SET title = $1, tags = ARRAY[$1::text] WHERE id = 13`, [value]))
    for (const where of [`title = ${quoted}`, `title in (${quoted}, "another")`, `title contains ${quoted}`, `title starts-with ${quoted}`, `title >= ${quoted}`]) {
      expect([where, await cells('contacts', ['id', 'title'], [where])]).toEqual([where, [['13', value]]])
    }
    expect((await cells('contacts', ['id'], [`title != ${quoted}`])).flat()).toEqual([percent, ada])
  })
})

test('a faulty request is refused before anything is asked of the database', async () => {
  await expect(cells('contacts', ['id'], ['lead_score = many'])).rejects.toThrow(Fault)
})

test('another organization\'s records are out of reach', async () => {
  const other = await ensureOrganization(db, 'other')
  const rows = await selectRecords(db, other).snapshot((records) => rowsOf(records, parseSelection({ catalog: records.catalog, object: 'contacts', where: [] })))
  expect(rows).toEqual([])
})

function select(objects: Parameters<typeof parseSelection>[0]['catalog']['objects'], object: string) {
  return parseSelection({ catalog: { version: 1, objects }, object, where: [] })
}

function cells(object: string, fields?: string[], where: string[] = []): Promise<(string | null)[][]> {
  return selectRecords(db, organization).snapshot((records) =>
    rowsOf(records, parseSelection({ catalog: records.catalog, settings: records.settings, object, where, ...(fields && { fields }) })))
}

function countOf(object: string, where: string[]): Promise<number> {
  return selectRecords(db, organization).snapshot((records) => records.count(parseSelection({ catalog: records.catalog, settings: records.settings, object, where })))
}

async function rowsOf(records: RecordSnapshot, selection: ReturnType<typeof parseSelection>): Promise<(string | null)[][]> {
  const all: (string | null)[][] = []
  await records.read(selection, (rows) => { all.push(...rows); return Promise.resolve() })
  return all
}
