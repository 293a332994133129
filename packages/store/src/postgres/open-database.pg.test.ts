import { Fault } from '@longshore/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { changeSchema } from '../objects/change-schema.ts'
import { ensureOrganization } from '../organizations/ensure-organization.ts'
import { bothRoles } from '../organizations/organization-role.ts'
import { openDatabase } from './open-database.ts'
import { openTestDatabase } from './testing.ts'
import type { TestDatabase } from './testing.ts'

/** An account without rights of its own, as a hosting company gives one. */
const user = `longshore_limited_${process.pid}`
const password = 'p@ss/word'

let db: TestDatabase
let limitedUrl: string
beforeAll(async () => {
  db = await openTestDatabase('open-database')
  limitedUrl = db.databaseUrl.replace(/\/\/[^@]*@/, `//${user}:${encodeURIComponent(password)}@`)
  await system(`CREATE ROLE ${user} LOGIN PASSWORD '${password}'`)
})
afterAll(async () => {
  await system(`DROP OWNED BY ${user} CASCADE; DROP ROLE ${user}`)
  await db.close()
})

describe('a PostgreSQL given by DATABASE_URL', () => {
  test('is used as it is, without starting one', async () => {
    const other = await openDatabase({ dataDirectory: '/does/not/matter', databaseUrl: db.databaseUrl })
    expect(other.embedded).toBe(false)
    const { rows } = await other.transaction(null, (tx) => tx.query(`SELECT current_database() AS name, current_setting('TimeZone') AS zone`))
    expect(rows).toEqual([{ name: db.databaseUrl.split('/').at(-1)?.split('?')[0], zone: 'UTC' }])
    await other.close()
  })

  test('must let its user make schemas and roles, and says which right is missing', async () => {
    await expect(openLimited()).rejects.toMatchObject({ code: 'db.unsuitable', message: expect.stringContaining('GRANT CREATE ON DATABASE') as string })
    await system(`DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO ${user}', current_database()); END $$`)
    await expect(openLimited()).rejects.toMatchObject({ code: 'db.unsuitable', message: expect.stringContaining(`ALTER ROLE "${user}" CREATEROLE`) as string })
    await system(`ALTER ROLE ${user} CREATEROLE`)
    await (await openLimited()).close()
  })

  test('serves a user who is no superuser', async () => {
    await system(`ALTER ROLE ${user} CREATEROLE; DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO ${user}', current_database()); END $$`)
    // Roles belong to the whole server: those of organization 1 exist there when another Longshore made them first.
    const roles = bothRoles({ role: 'longshore_org_1' })
    for (const role of roles) await system(`DO $$ BEGIN CREATE ROLE ${role} NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`)
    const limited = await openLimited()
    await expect(ensureOrganization(limited)).rejects.toMatchObject({ code: 'db.role-taken', message: expect.stringContaining('ADMIN OPTION') as string })
    await system(`GRANT ${roles.join(', ')} TO ${user} WITH ADMIN OPTION`)
    const organization = await ensureOrganization(limited)
    await limited.transaction(organization, (tx) => tx.query(`INSERT INTO org_1.contacts (id, created_at, updated_at, last_name) VALUES (1, now(), now(), 'Kept')`))
    await changeSchema(limited, organization, { objects: [{ name: 'contacts', fields: [{ name: 'extra', kind: 'text' }] }] }, () => Promise.resolve([]))
    const { rows } = await limited.transaction(organization, (tx) => tx.query('SELECT last_name, extra FROM org_1.contacts'))
    expect(rows).toEqual([{ last_name: 'Kept', extra: null }])
    await expect(limited.transaction(organization, (tx) => tx.query('SELECT * FROM longshore.migration'))).rejects.toMatchObject({ code: 'db.not-allowed' })
    await limited.close()
  })

  const unreachable: [url: string, code: string][] = [
    ['postgresql://u:secret@127.0.0.1:1/x', 'db.unreachable'],
    ['postgresql://u:secret@nowhere.invalid/x', 'db.unreachable'],
    ['postgresql://u:secret@%2Fno%2Fsuch%2Ffolder/x', 'db.unreachable'],
  ]
  test.each(['nonsense', 'secret@db.example.com:5432/crm', 'http://db.example.com/crm'])('that is no address of a PostgreSQL (%s) is refused as such, without repeating it', async (databaseUrl) => {
    const fault = await openDatabase({ dataDirectory: '/does/not/matter', databaseUrl }).catch((error: unknown) => error) as Fault
    expect([fault.code, fault.message]).toEqual(['db.unsuitable', expect.stringMatching(/no address of a PostgreSQL.*postgresql:\/\//)])
    expect(fault.message).not.toContain(databaseUrl)
  })

  test.each(unreachable)('that is out of reach (%s) is a fault without the password', async (databaseUrl, code) => {
    const fault = await openDatabase({ dataDirectory: '/does/not/matter', databaseUrl }).catch((error: unknown) => error)
    expect(fault).toBeInstanceOf(Fault)
    expect(fault).toMatchObject({ code, remedy: 'retry' })
    expect((fault as Fault).message).toContain('DATABASE_URL')
    expect((fault as Fault).message).not.toContain('secret')
  })

  test('without the database of that name says so', async () => {
    const databaseUrl = db.databaseUrl.replace(/\/[^/?]*(\?|$)/, '/no_such_database$1')
    await expect(openDatabase({ dataDirectory: '/does/not/matter', databaseUrl })).rejects.toMatchObject({ code: 'db.no-database', message: expect.stringContaining('no_such_database') as string })
  })
})

function openLimited(): ReturnType<typeof openDatabase> {
  return openDatabase({ dataDirectory: '/does/not/matter', databaseUrl: limitedUrl })
}

function system(statements: string): Promise<unknown> {
  return db.transaction(null, (tx) => tx.query(statements))
}
