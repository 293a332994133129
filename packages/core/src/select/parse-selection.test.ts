import { describe, expect, test } from 'vitest'
import { Fault } from '../issues/fault.ts'
import type { Test } from '../ports/selection.ts'
import { standardCatalog } from '../schema/standard/standard-catalog.ts'
import { parseSelection } from './parse-selection.ts'

const catalog = standardCatalog()
const settings = { defaultCountry: 'US', defaultCurrency: 'USD', members: [{ id: '7', email: 'Ada@example.com' }] }

function select(object: string, where: string[] = [], fields?: string[]) {
  return parseSelection({ catalog, object, where, settings, ...(fields && { fields }) })
}

describe('the columns of an export', () => {
  const paths = (object: string, fields?: string[]) => select(object, [], fields).columns.map(({ path }) => path)

  test('are the id and every stored field when none are named, companions with them, references by what an import finds them by', () => {
    const all = paths('contact')
    expect(all.slice(0, 3)).toEqual(['id', 'first_name', 'last_name'])
    expect(all).toEqual(expect.arrayContaining(['phone_source', 'account.name', 'owner', 'created_at', 'updated_at']))
    expect(all).not.toContain('full_name')
    expect(all).not.toContain('account')
  })

  test('name the id of a reference beside a key that may be empty, and the object of one that may point to several', () => {
    expect(paths('deals')).toEqual(expect.arrayContaining(['account.name', 'contact.email', 'contact.id']))
    expect(paths('deals')).not.toContain('account.id')
    expect(paths('documents')).toEqual(expect.arrayContaining(['related_to', 'related_to.id', 'related_to.object']))
  })

  test('exist for every object of the catalog, each once', () => {
    for (const object of catalog.objects) {
      const all = paths(object.name)
      expect(new Set(all).size).toBe(all.length)
    }
  })

  test.each([
    ['email', 'email'], [' full_name ', 'full_name'], ['id', 'id'], ['account', 'account.name'], ['account.name', 'account.name'], ['account.id', 'account.id'],
    ['account.phone_source', 'account.phone_source'], ['account.owner', 'account.owner'], ['account.created_at', 'account.created_at'],
  ])('take the path %j', (text, path) => {
    expect(paths('contacts', [text])).toEqual([path])
  })

  test.each([
    ['emial', /Did you mean "email"\?/], ['account.nmae', /Did you mean "account.name"\?/], ['phone_sorce', /Did you mean "phone_source"\?/],
    ['account.parent_account', /two references.*account\.id/], ['account.parent_account.name', /no field/], ['email.domain', /no field/],
    ['__proto__', /no field/], ['constructor', /no field/], ['', /no field/], ['deleted_at', /no field/], ['account.object', /no field/],
    ['id"; DROP TABLE contacts; --', /no field/],
  ])('refuse the path %j', (text, message) => {
    const fault = faultOf(() => paths('contacts', ['email', text]))
    expect(fault).toMatchObject({ code: 'unknown-field', path: 'fields[1]' })
    expect(fault.message).toMatch(message)
  })

  test('are refused as an empty list, and beyond what one export takes', () => {
    expect(faultOf(() => paths('contacts', []))).toMatchObject({ code: 'fields-invalid', path: 'fields' })
    expect(faultOf(() => paths('contacts', Array.from({ length: 2_000 }, () => 'id')))).toMatchObject({ code: 'fields-invalid' })
  })

  test('are asked of an object that exists', () => {
    const fault = faultOf(() => paths('contcts'))
    expect(fault).toMatchObject({ code: 'unknown-object', path: 'object' })
    expect(fault.message).toContain('Did you mean "contacts"?')
  })
})

describe('a filter', () => {
  /** Object, filter, its test, whether it is negated. */
  const good: [string, string, Test, boolean][] = [
    ['contacts', 'last_name = O\'Neill', { kind: 'equals', values: ["O'Neill"], exact: false }, false],
    ['contacts', 'email in (a@example.com, B@example.com)', { kind: 'equals', values: ['a@example.com', 'B@example.com'], exact: false }, false],
    ['contacts', 'lead_source != web', { kind: 'equals', values: ['Web'], exact: false }, true],
    ['contacts', 'phone = (212) 555-0123', { kind: 'equals', values: ['+12125550123'], exact: true }, false],
    ['contacts', 'external_id = 0042', { kind: 'equals', values: ['0042'], exact: true }, false],
    ['contacts', 'email_opt_out = yes', { kind: 'equals', values: ['true'], exact: true }, false],
    ['contacts', 'owner = ADA@example.com', { kind: 'equals', values: ['7'], exact: true }, false],
    ['contacts', 'lead_score >= 1,000', { kind: 'order', operator: '>=', value: '1000', exact: true }, false],
    ['contacts', 'birthdate < 29 Feb 2024', { kind: 'order', operator: '<', value: '2024-02-29', exact: true }, false],
    ['contacts', 'last_name >= m', { kind: 'order', operator: '>=', value: 'm', exact: false }, false],
    ['contacts', 'email < m', { kind: 'order', operator: '<', value: 'm', exact: false }, false],
    ['contacts', 'account contains acme', { kind: 'contains', texts: ['acme'], exact: false }, false],
    ['contacts', 'account contains 0171 1234568', { kind: 'contains', texts: ['0171 1234568'], exact: false }, false],
    ['contacts', 'phone contains 0171 1234568', { kind: 'contains', texts: ['0171 1234568', '1711234568'], exact: true }, false],
    ['contacts', 'phone contains +49 (0) 171 1234568', { kind: 'contains', texts: ['+49 (0) 171 1234568', '491711234568'], exact: true }, false],
    ['contacts', '* contains (212) 555-0123', { kind: 'contains', texts: ['(212) 555-0123', '2125550123', '12125550123'], exact: false }, false],
    ['contacts', '* contains 000000', { kind: 'contains', texts: ['000000'], exact: false }, false],
    ['contacts', '* contains 001 234', { kind: 'contains', texts: ['001 234'], exact: false }, false],
    ['contacts', '* contains 12-34', { kind: 'contains', texts: ['12-34'], exact: false }, false],
    ['contacts', 'phone starts-with +1212', { kind: 'starts-with', text: '+1212', exact: true }, false],
    ['contacts', 'tags contains VIP', { kind: 'has-any', values: ['VIP'] }, false],
    ['contacts', 'tags in (VIP, two words)', { kind: 'has-any', values: ['VIP', 'two words'] }, false],
    ['contacts', 'tags = VIP; Press', { kind: 'same-list', values: ['VIP', 'Press'] }, false],
    ['contacts', 'tags is-not-empty', { kind: 'empty' }, true],
    ['contacts', 'id in (12, 34359738376)', { kind: 'equals', values: ['12', '34359738376'], exact: true }, false],
    ['contacts', 'account.id = 8', { kind: 'equals', values: ['8'], exact: true }, false],
    ['contacts', 'created_at = 2024-02-29', { kind: 'spans', spans: [{ from: '2024-02-29T00:00:00Z', before: '2024-03-01T00:00:00Z' }] }, false],
    ['contacts', 'created_at = 2024-02-29T10:00Z', { kind: 'spans', spans: [{ from: '2024-02-29T10:00:00Z', before: null }] }, false],
    ['contacts', 'created_at <= 2024-12-31', { kind: 'order', operator: '<', value: '2025-01-01T00:00:00Z', exact: true }, false],
    ['contacts', 'created_at > 2024-02-29', { kind: 'order', operator: '>=', value: '2024-03-01T00:00:00Z', exact: true }, false],
    ['contacts', 'created_at < 2024-02-29', { kind: 'order', operator: '<', value: '2024-02-29T00:00:00Z', exact: true }, false],
    ['contacts', 'created_at > 2024-02-29 10:00', { kind: 'order', operator: '>', value: '2024-02-29T10:00:00Z', exact: true }, false],
    ['contacts', 'created_at <= 9999-12-31', { kind: 'order', operator: '<', value: '10000-01-01T00:00:00Z', exact: true }, false],
    ['deals', 'probability > -1', { kind: 'order', operator: '>', value: '-1', exact: true }, false],
    ['deals', 'amount > 0.1234567', { kind: 'order', operator: '>', value: '0.1234567', exact: true }, false],
    ['deals', 'stage = closed won', { kind: 'equals', values: ['Closed Won'], exact: false }, false],
    ['documents', 'related_to.object = account', { kind: 'equals', values: ['accounts'], exact: true }, false],
  ]

  test.each(good)('of %s: %j', (object, text, expected, negated) => {
    const [condition] = select(object, [text]).filter
    expect(condition).toMatchObject({ test: expected, negated })
  })

  /** Object, filter, code, words of the message. */
  const bad: [string, string, string, RegExp][] = [
    ['contacts', 'emial = a@example.com', 'unknown-field', /Did you mean "email"\?/],
    ['contacts', 'email = ada', 'where-invalid', /Not an e-mail address.*found "ada" \(it has no @\)/],
    ['contacts', 'lead_source = Wbe', 'where-invalid', /the nearest is "Web".*Use one of: /],
    ['contacts', 'lead_source > Web', 'where-invalid', /of kind picklist and has no ">"/],
    ['contacts', 'lead_score contains 5', 'where-invalid', /of kind number and has no "contains"/],
    ['contacts', 'lead_score = many', 'where-invalid', /Not a number.*found "many"/],
    ['contacts', 'lead_score = NaN', 'where-invalid', /Not a finite number/],
    ['contacts', 'birthdate = 2023-02-29', 'where-invalid', /has 28 days/],
    ['contacts', 'birthdate = 03/04/2021', 'where-invalid', /2021-04-03 or 2021-03-04/],
    ['contacts', 'owner = adda@example.com', 'where-invalid', /the nearest is "ada@example.com"/],
    ['contacts', 'owner contains ada', 'where-invalid', /has no "contains"/],
    ['contacts', 'email_opt_out = maybe', 'where-invalid', /Neither yes nor no/],
    ['contacts', 'id = abc', 'where-invalid', /no record id/],
    ['contacts', 'id = 9223372036854775808', 'where-invalid', /no record id/],
    ['contacts', 'id contains 5', 'where-invalid', /a record id and has no "contains"/],
    ['contacts', 'tags < x', 'where-invalid', /of kind tags/],
    ['deals', 'amount > 5 EUR', 'where-invalid', /names a currency.*second filter on currency/],
    ['documents', 'related_to.object = acounts', 'unknown-object', /Did you mean "accounts"\?/],
  ]

  test.each(bad)('of %s is refused: %j', (object, text, code, message) => {
    const fault = faultOf(() => select(object, ['id > 0', text]))
    expect(fault).toMatchObject({ code, path: 'where[1]' })
    expect(fault.message).toMatch(message)
  })

  test('may ask for an option that is no longer in use, and for a stage of any pipeline', () => {
    const old = structuredClone(catalog)
    const option = old.objects.find(({ name }) => name === 'contacts')?.fields.find(({ name }) => name === 'lead_source')?.options?.[0]
    if (option) option.active = false
    const { filter } = parseSelection({ catalog: old, object: 'contacts', where: [`lead_source = ${option?.value}`] })
    expect(filter).toMatchObject([{ test: { values: [option?.value] } }])
  })
})

function faultOf(work: () => unknown): Fault {
  try {
    work()
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
  throw new Error('no fault was thrown')
}
