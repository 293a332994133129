import { describe, expect, it } from 'vitest'
import { findObject } from '../schema/catalog.ts'
import { proposeMapping } from './propose-mapping.ts'
import { smallCatalog } from './testing/small-catalog.ts'

function proposals(objectName: string, columns: string[], taken?: { paths: Set<string>; positions: Set<number> }) {
  const object = findObject(smallCatalog, objectName)
  if (!object) throw new Error(`no ${objectName}`)
  return proposeMapping({ catalog: smallCatalog, object, columns, ...(taken && { taken }) })
}
const fieldsOf = (objectName: string, columns: string[]): (string | null)[] => proposals(objectName, columns).map((proposal) => proposal.field)

const headers: [object: string, header: string, field: string | null][] = [
  ['contacts', 'email', 'email'],
  ['contacts', 'E-mail', 'email'],
  ['contacts', 'E-MAIL ADDRESS', 'email'],
  ['contacts', 'emailAddress', 'email'],
  ['contacts', 'First Name', 'first_name'],
  ['contacts', 'firstname', 'first_name'],
  ['contacts', 'FIRST_NAME', 'first_name'],
  ['contacts', 'Given Name', 'first_name'],
  ['contacts', 'Surname', 'last_name'],
  ['contacts', 'Name', 'full_name'],
  ['contacts', 'Phone Number', 'phone'],
  ['contacts', 'Cell', 'mobile_phone'],
  ['contacts', 'Company', 'account.name'],
  ['contacts', 'Account Name', 'account.name'],
  ['contacts', 'Organization', 'account.name'],
  ['contacts', 'Job Title', 'title'],
  ['contacts', 'Zip', 'mailing_postal_code'],
  ['contacts', 'Postcode', 'mailing_postal_code'],
  ['contacts', 'Lead_Score__c', 'lead_score'],
  ['contacts', 'Email Opt Out', 'email_opt_out'],
  ['contacts', 'Created Date', 'created_at'],
  ['contacts', 'Contact ID', 'external_id'],
  ['contacts', 'Contact Birthdate', 'birthdate'],
  ['contacts', 'id', 'external_id'],
  ['contacts', 'Phone Source', null],
  ['contacts', 'Legacy Batch Ref', null],
  ['contacts', '', null],
  ['contacts', '__proto__', null],
  ['contacts', 'constructor', null],
  ['accounts', 'Company Name', 'name'],
  ['accounts', 'Parent Account', 'parent_account.name'],
  ['accounts', 'City', 'billing_city'],
  ['deals', 'Opportunity Name', 'name'],
  ['deals', 'Deal Value', 'amount'],
  ['deals', 'Company', 'account.name'],
  ['deals', 'Contact Email', 'contact.email'],
]

describe('proposeMapping', () => {
  it.each(headers)('%s: "%s" is %s', (object, header, field) => {
    expect(fieldsOf(object, [header])).toEqual([field])
  })

  it('gives the generated contact list its fields and leaves the batch reference out', () => {
    const columns = ['External ID', 'First Name', 'Last Name', 'Email', 'Phone Number', 'Mobile', 'Company', 'Job Title', 'Street', 'City', 'State', 'Postal Code', 'Country',
      'Lead Source', 'Birthdate', 'Lead Score', 'Email Opt Out', 'Description', 'Created Date', 'Legacy Batch Ref']
    expect(fieldsOf('contacts', columns)).toEqual(['external_id', 'first_name', 'last_name', 'email', 'phone', 'mobile_phone', 'account.name', 'title', 'mailing_street', 'mailing_city',
      'mailing_state', 'mailing_postal_code', 'mailing_country', 'lead_source', 'birthdate', 'lead_score', 'email_opt_out', 'description', 'created_at', null])
  })

  it('gives one field to one column, an exact name before an alias and the first column before the next', () => {
    expect(fieldsOf('contacts', ['E-mail Address', 'Mail', 'Email'])).toEqual([null, null, 'email'])
    expect(fieldsOf('contacts', ['Mail', 'E-mail Address'])).toEqual(['email', null])
    expect(proposals('contacts', ['Mail', 'Email'])[0]?.reason).toBe('The field email is already filled by the column "Email".')
  })

  it('reads a full name beside its two parts, for the rows where those are empty', () => {
    expect(fieldsOf('contacts', ['Name', 'First Name', 'Last Name'])).toEqual(['full_name', 'first_name', 'last_name'])
    expect(fieldsOf('contacts', ['Name', 'First Name'])).toEqual(['full_name', 'first_name'])
  })

  it('takes a plain name for the part that is missing', () => {
    expect(fieldsOf('contacts', ['Nom', 'Prénom'])).toEqual(['last_name', 'first_name'])
    expect(fieldsOf('contacts', ['Nombre', 'Apellidos'])).toEqual(['first_name', 'last_name'])
    expect(fieldsOf('contacts', ['Nombre', 'Correo'])).toEqual(['full_name', 'email'])
  })

  it("leaves Longshore's own record number out of Longshore's own files", () => {
    expect(fieldsOf('contacts', ['id', 'last_name', 'email'])).toEqual([null, 'last_name', 'email'])
  })

  it('shows, but does not use, what only describes a record that nothing can find', () => {
    expect(proposals('deals', ['Contact Name'])).toMatchObject([{ field: 'contact.full_name', applied: false }])
    expect(fieldsOf('deals', ['Contact Name', 'Contact Email'])).toEqual(['contact.full_name', 'contact.email'])
  })

  it('leaves the first columns of an error report out, and only those', () => {
    const columns = ['Row number', 'Field', 'Error type', 'Message', 'Original value', 'Email', 'Description']
    expect(fieldsOf('contacts', columns)).toEqual([null, null, null, null, null, 'email', 'description'])
    expect(proposals('contacts', columns)[0]?.reason).toContain('error report')
  })

  it('proposes nothing for columns and fields that were given by hand', () => {
    const given = proposals('contacts', ['Email', 'Mail', 'Title'], { paths: new Set(['email']), positions: new Set([2]) })
    expect(given.map((proposal) => proposal.field)).toEqual([null, null, null])
  })

  it('gives every column one proposal with a reason and a confidence from 0 to 1', () => {
    for (const { reason, confidence, field, applied } of proposals('contacts', headers.map(([, header]) => header))) {
      expect(reason).toMatch(/\.$/)
      expect(confidence).toBeGreaterThanOrEqual(0)
      expect(confidence).toBeLessThanOrEqual(1)
      expect(applied).toBe(field !== null && field !== 'full_name') // which first and last name bring already
    }
  })
})
