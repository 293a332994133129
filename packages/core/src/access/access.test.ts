import { describe, expect, it } from 'vitest'
import { standardCatalog } from '../schema/standard/standard-catalog.ts'
import { mayOn, narrowed, standardRole, standardRoles } from './role.ts'
import type { Role } from './role.ts'
import { sightOf, visibleCatalog } from './visible-catalog.ts'

const member = standardRole('member') as Role

describe('a role', () => {
  it('refuses what no list names', () => {
    expect(mayOn(member, 'delete', 'contacts')).toBe(false)
    expect(mayOn({ ...member, objects: {} }, 'read', 'contacts')).toBe(false)
  })

  it('takes the list of an object before the list of all', () => {
    const role: Role = { ...member, objects: { '*': ['read', 'write'], deals: [] } }
    expect([mayOn(role, 'write', 'contacts'), mayOn(role, 'read', 'deals'), mayOn(role, 'read', 'constructor')]).toEqual([true, false, true])
  })

  it('narrowed by a key allows what both allow', () => {
    const key = narrowed(member, { rights: ['people'], objects: { contacts: ['read', 'delete'], deals: ['import'] } })
    expect([key.rights, key.objects]).toEqual([[], { '*': [], contacts: ['read'], deals: ['import'] }])
  })

  it('of every standard name reads all objects', () => {
    expect(standardRoles.map((role) => mayOn(role, 'read', 'anything'))).toEqual([true, true, true, true])
  })
})

describe('the catalog that a role knows', () => {
  const catalog = standardCatalog()
  it('is the catalog itself where nothing is hidden', () => {
    expect(visibleCatalog(catalog, member)).toBe(catalog)
  })

  it('has no hidden field, no key over one, and no reference to an object that may not be read', () => {
    const role: Role = { ...member, objects: { '*': ['read'], accounts: [] }, hiddenFields: { contacts: ['email', 'phone'] } }
    const seen = visibleCatalog(catalog, role)
    const contacts = seen.objects.find((object) => object.name === 'contacts')
    expect(seen.objects.some((object) => object.name === 'accounts')).toBe(false)
    expect(contacts?.fields.filter((field) => ['email', 'phone', 'phone_source', 'account'].includes(field.name))).toEqual([])
    expect(contacts?.matchKeys.some((key) => key.criterion.includes('email'))).toBe(false)
  })

  it.each<[string, Partial<Role>, boolean]>([
    ['other rights', { rights: ['all-jobs'], objects: { '*': ['read'] } }, true],
    ['an object that is named and read like all', { objects: { '*': ['read'], deals: ['read', 'write'] } }, true],
    ['no hidden field of an object', { hiddenFields: { deals: [] } }, true],
    ['an object less', { objects: { '*': ['read'], deals: ['import'] } }, false],
    ['only the objects that are named', { objects: { deals: ['read'] } }, false],
    ['a hidden field', { hiddenFields: { deals: ['amount'] } }, false],
  ])('is told apart by what it holds: %s', (_, difference, same) => {
    expect(sightOf({ ...member, ...difference }) === sightOf(member)).toBe(same)
  })
})
