import { findField, findObject } from '@longshore/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ensureOrganization } from '../organizations/ensure-organization.ts'
import type { Organization } from '../organizations/organization.ts'
import { openTestDatabase } from '../postgres/testing.ts'
import type { TestDatabase } from '../postgres/testing.ts'
import { loadCatalog } from './catalog-rows.ts'
import { changeSchema } from './change-schema.ts'
import type { FindFieldsInUse } from './change-schema.ts'
import { tableOf } from './column.ts'
import { printSchema } from '@longshore/core'

let db: TestDatabase
let organization: Organization
const unused: FindFieldsInUse = () => Promise.resolve([])

beforeAll(async () => {
  db = await openTestDatabase('change-schema', { prepared: true })
  organization = await ensureOrganization(db)
})
afterAll(() => db.close())

describe('a table', () => {
  test('has the system columns, a typed column per stored field, and an index per reference', async () => {
    expect(await columns('activities')).toMatchObject({
      id: 'bigint', created_at: 'timestamp with time zone', as_of: 'timestamp with time zone', deleted_job: 'integer', owner: 'integer', external_id: 'text',
    })
    const contacts = await columns('contacts')
    expect(contacts).toMatchObject({ birthdate: 'date', lead_score: 'numeric', email_opt_out: 'boolean', tags: 'ARRAY', account: 'bigint', email: 'text', phone_source: 'text' })
    expect(contacts).not.toHaveProperty('full_name')
    expect(await indexes('contacts')).toEqual(expect.arrayContaining(['CREATE UNIQUE INDEX contacts_pkey ON org_1.contacts USING btree (id)', 'CREATE INDEX contacts_account_idx ON org_1.contacts USING btree (account) WHERE (account IS NOT NULL)', 'CREATE INDEX contacts_deleted_at_id_idx ON org_1.contacts USING btree (deleted_at DESC, id) WHERE (deleted_at IS NOT NULL)']))
  })

  test('follows a custom object: made, widened, narrowed', async () => {
    const made = await change({ objects: [{ name: 'visits', fields: [{ name: 'day', kind: 'date' }, { name: 'about', kind: 'reference', targets: ['contacts', 'accounts'] }] }] })
    expect(made.changes).toEqual(['visits: object added with 7 fields'])
    expect(await columns('visits')).toMatchObject({ name: 'text', day: 'date', about: 'bigint', about_object: 'text' })
    await db.transaction(organization, (tx) => tx.query(`INSERT INTO ${tableOf(organization, { name: 'visits' })} (id, created_at, updated_at, name) VALUES (1, now(), now(), 'first')`))
    const widened = await change({ objects: [{ name: 'visits', fields: [{ name: 'cost', kind: 'currency', required: true }] }] })
    expect(widened.catalog.version).toBe(made.catalog.version + 1)
    expect(await columns('visits')).toMatchObject({ cost: 'numeric', cost_currency: 'text' })
    await change({ objects: [{ name: 'visits', fields: [{ name: 'about', remove: true }] }] })
    expect(Object.keys(await columns('visits'))).not.toContain('about_object')
    expect((await db.transaction(organization, (tx) => tx.query('SELECT name, cost FROM org_1.visits'))).rows).toEqual([{ name: 'first', cost: null }])
  })

  test('takes each kind of value and gives it back as it was', async () => {
    await change({ objects: [{ name: 'samples', fields: [{ name: 'amount', kind: 'number' }, { name: 'labels', kind: 'tags' }, { name: 'moment', kind: 'date-time' }] }] })
    const { rows } = await db.transaction(organization, (tx) => tx.query(
      `INSERT INTO org_1.samples (id, created_at, updated_at, amount, labels, moment) VALUES ($1, now(), now(), $2, $3, $4) RETURNING id, amount, labels, moment`,
      ['9223372036854775807', '12345678901234567890.12345678901234567890', '{"a","b \\" c"}', '2024-02-29T12:00:00.123456Z']))
    expect(rows).toEqual([{ id: '9223372036854775807', amount: '12345678901234567890.12345678901234567890', labels: ['a', 'b " c'], moment: '2024-02-29 12:00:00.123456+00' }])
  })
})

describe('changeSchema', () => {
  test('changes nothing, not even the version, for a document that says what is', async () => {
    const catalog = await load()
    expect(await change(JSON.parse(JSON.stringify(printSchema(catalog))))).toEqual({ changes: [], catalog })
    expect(await change(JSON.parse(JSON.stringify({ version: catalog.version, ...printSchema(catalog) })))).toEqual({ changes: [], catalog })
    expect(await load()).toEqual(catalog)
  })

  test('does all of a document or nothing', async () => {
    const before = await load()
    await expect(change({ objects: [{ name: 'contacts', fields: [{ name: 'good', kind: 'text' }] }, { name: 'accounts', fields: [{ name: 'bad', kind: 'nothing' }] }] })).rejects.toMatchObject({ path: 'objects[1].fields[0].kind' })
    expect(await load()).toEqual(before)
    expect(await columns('contacts')).not.toHaveProperty('good')
  })

  test('refuses to remove a field that a job uses, and names the job', async () => {
    await change({ objects: [{ name: 'leads', fields: [{ name: 'used', kind: 'text' }] }] })
    const remove = { objects: [{ name: 'leads', fields: [{ name: 'used', remove: true }] }] }
    await expect(changeSchema(db, organization, remove, () => Promise.resolve([{ object: 'leads', field: 'used', job: 17 }])))
      .rejects.toMatchObject({ code: 'schema.field-in-use', message: expect.stringContaining('job 17') as string })
    expect((await changeSchema(db, organization, remove, () => Promise.resolve([{ object: 'contacts', field: 'used', job: 17 }]))).changes).toEqual(['leads.used: field removed'])
  })

  test('waits for a table that is in use only so long, and then changes nothing', async () => {
    await change({ objects: [{ name: 'notes', fields: [{ name: 'first', kind: 'text' }] }] })
    let release = (): void => {}
    const held = new Promise<void>((resolve) => { release = resolve })
    const holder = db.transaction(organization, async (tx) => { await tx.query('SELECT 1 FROM org_1.notes'); await held })
    const changing = change({ objects: [{ name: 'notes', fields: [{ name: 'second', kind: 'text' }] }] })
    setTimeout(release, 1500)
    expect((await changing).changes).toEqual(['notes.second: field added (text)'])
    await holder
  })

  test('of two at once keeps both changes', async () => {
    const names = ['one', 'two', 'three']
    const results = await Promise.all(names.map((name) => change({ objects: [{ name: 'products', fields: [{ name, kind: 'text' }] }] })))
    expect(new Set(results.map((result) => result.catalog.version)).size).toBe(names.length)
    const products = findObject(await load(), 'products')
    expect(products && names.every((name) => findField(products, name))).toBe(true)
  })
})

function change(document: unknown): ReturnType<typeof changeSchema> {
  return changeSchema(db, organization, document, unused)
}

function load(): ReturnType<typeof loadCatalog> {
  return db.transaction(organization, (tx) => loadCatalog(tx, organization))
}

async function columns(table: string): Promise<Record<string, string>> {
  const { rows } = await db.transaction(null, (tx) => tx.query<{ name: string; type: string }>(
    'SELECT column_name AS name, data_type AS type FROM information_schema.columns WHERE table_schema = $1 AND table_name = $2', [organization.schema, table]))
  return Object.fromEntries(rows.map(({ name, type }) => [name, type]))
}

async function indexes(table: string): Promise<string[]> {
  const { rows } = await db.transaction(null, (tx) => tx.query<{ indexdef: string }>(
    'SELECT indexdef FROM pg_catalog.pg_indexes WHERE schemaname = $1 AND tablename = $2 ORDER BY indexname DESC', [organization.schema, table]))
  return rows.map((row) => row.indexdef)
}
