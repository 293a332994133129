import { standardCatalog } from '@longshore/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadCatalog } from '../objects/catalog-rows.ts'
import { openTestDatabase } from '../postgres/testing.ts'
import type { TestDatabase } from '../postgres/testing.ts'
import { ensureOrganization } from './ensure-organization.ts'
import { loadMembers } from './members.ts'
import type { Organization } from './organization.ts'

let db: TestDatabase
let ours: Organization
let theirs: Organization

beforeAll(async () => {
  db = await openTestDatabase('ensure-organization')
  ours = await ensureOrganization(db)
  theirs = await ensureOrganization(db, 'theirs')
  await db.transaction(null, (tx) => tx.query(`INSERT INTO org_2.contacts (id, created_at, updated_at, last_name) VALUES (1, now(), now(), 'Theirs')`))
})
afterAll(() => db.close())

describe('a fresh organization', () => {
  test('has a schema, a role, the standard objects and one member', async () => {
    expect(ours).toEqual({ id: 1, name: 'default', schema: 'org_1', role: 'longshore_org_1', settings: { country: 'US', currency: 'USD' } })
    expect(await db.transaction(ours, (tx) => loadCatalog(tx, ours))).toEqual(JSON.parse(JSON.stringify(standardCatalog())))
    expect(await db.transaction(ours, (tx) => loadMembers(tx, ours))).toEqual([{ id: 1, email: 'owner@localhost', name: 'Owner' }])
  })

  test('is found again by its name', async () => {
    expect(await ensureOrganization(db)).toEqual(ours)
  })

  test('is one, when several processes make it at once', async () => {
    const fresh = await openTestDatabase('at-once')
    const made = await Promise.all([1, 2, 3].map(() => ensureOrganization(fresh)))
    expect(made).toEqual([ours, ours, ours])
    await fresh.close()
  })
})

describe('the role of an organization', () => {
  test.each(['SELECT', 'INSERT', 'UPDATE', 'DELETE'])('has %s on every table of its own schema', async (right) => {
    const { rows } = await db.transaction(null, (tx) => tx.query(
      `SELECT relname FROM pg_catalog.pg_class WHERE relnamespace = 'org_1'::regnamespace AND relkind IN ('r', 'p') AND NOT pg_catalog.has_table_privilege($1, oid, $2)`, [ours.role, right]))
    expect(rows).toEqual([])
  })

  const refused = [
    'SELECT * FROM org_2.contacts', 'INSERT INTO org_2.contacts (id) VALUES (2)', 'UPDATE org_2.contacts SET last_name = NULL', 'DELETE FROM org_2.contacts',
    'COPY org_2.contacts TO STDOUT', 'DROP TABLE org_1.contacts', 'ALTER TABLE org_1.contacts ADD COLUMN x text', 'CREATE TABLE org_1.x (y integer)', 'CREATE TABLE public.x (y integer)',
    'CREATE SCHEMA mine', `COPY org_1.contacts FROM PROGRAM 'id'`, `SELECT pg_read_file('/etc/passwd')`, 'CREATE ROLE mine',
    'SELECT * FROM longshore.migration', 'UPDATE longshore.organization SET name = \'x\'', 'DELETE FROM longshore.member', 'UPDATE longshore.object SET position = 0',
  ]
  test.each(refused)('may not: %s', async (statement) => {
    await expect(db.transaction(ours, (tx) => tx.query(statement))).rejects.toMatchObject({ code: 'db.not-allowed' })
  })

  test.each(['organization', 'object', 'member', 'file'])('sees only its own rows of longshore.%s', async (table) => {
    await db.transaction(null, (tx) => tx.query(`INSERT INTO longshore.file (id, organization, purpose, name, size_bytes, sha256) VALUES ($1, 1, 'source', 'a.csv', 1, ''), ($2, 2, 'source', 'b.csv', 1, '')`, [`${table}-1`, `${table}-2`]))
    const column = table === 'organization' ? 'id' : 'organization'
    for (const organization of [ours, theirs]) {
      const { rows } = await db.transaction(organization, (tx) => tx.query(`SELECT DISTINCT ${column} AS organization FROM longshore.${table}`))
      expect(rows).toEqual([{ organization: organization.id }])
    }
  })

  test('reaches no table of the system without row-level security', async () => {
    const { rows } = await db.transaction(null, (tx) => tx.query(
      `SELECT relname FROM pg_catalog.pg_class WHERE relnamespace = 'longshore'::regnamespace AND relkind IN ('r', 'p', 'v', 'm') AND NOT relrowsecurity
         AND (pg_catalog.has_table_privilege($1, oid, 'SELECT') OR pg_catalog.has_any_column_privilege($1, oid, 'SELECT'))`, [ours.role]))
    expect(rows).toEqual([])
  })

  test('cannot log in', async () => {
    const { rows } = await db.transaction(null, (tx) => tx.query('SELECT rolcanlogin, rolsuper, rolcreaterole, rolbypassrls FROM pg_catalog.pg_roles WHERE rolname = $1', [ours.role]))
    expect(rows).toEqual([{ rolcanlogin: false, rolsuper: false, rolcreaterole: false, rolbypassrls: false }])
  })
})
