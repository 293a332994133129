import { describe, expect, it } from 'vitest'
import { findObject } from '../schema/catalog.ts'
import { standardCatalog } from '../schema/standard/standard-catalog.ts'
import { proposeMapping } from './propose-mapping.ts'
import { profileColumn } from './values/column-profile.ts'

const catalog = standardCatalog()
function map(objectName: string, columns: string[], values?: string[][]) {
  const object = findObject(catalog, objectName)
  if (!object) throw new Error(`no ${objectName}`)
  return proposeMapping({ catalog, object, columns, ...(values && { profiles: values.map(profileColumn) }) })
}
/** Headers of one file with their fields; null for those to be left alone. */
const files: [what: string, object: string, columns: Record<string, string | null>][] = [
  ['Dutch', 'contacts', { Voornaam: 'first_name', Achternaam: 'last_name', Geboortedatum: 'birthdate', Bedrijf: 'account.name', Functie: 'title', Geslacht: null }],
  ['Polish', 'accounts', { Nazwa: 'name', NIP: null, 'Kod pocztowy': 'billing_postal_code', Miasto: 'billing_city', 'Liczba pracowników': 'employee_count' }],
  ['Korean', 'contacts', { 이름: 'full_name', 휴대폰: 'mobile_phone', 회사명: 'account.name', 우편번호: 'mailing_postal_code', 성별: null }],
  ['Greek', 'contacts', { Όνομα: 'first_name', Επώνυμο: 'last_name', 'Τ.Κ.': 'mailing_postal_code', ΑΦΜ: null }],
  ['Croatian', 'contacts', { Ime: 'first_name', Prezime: 'last_name', Tvrtka: 'account.name', 'Poštanski broj': 'mailing_postal_code', OIB: null }],
  ['Estonian', 'accounts', { 'Kliendi nimi': 'name', Linn: 'billing_city', Postiindeks: 'billing_postal_code', Registrikood: null }],
  ['Hebrew', 'contacts', { 'שם פרטי': 'first_name', 'שם משפחה': 'last_name', 'דוא"ל': 'email', 'טלפון נייד': 'mobile_phone', 'תעודת זהות': null }],
  ['Thai', 'contacts', { ชื่อ: 'first_name', นามสกุล: 'last_name', เบอร์โทรศัพท์: 'phone', เพศ: null }],
  ['Indonesian', 'leads', { 'Nama Depan': 'first_name', Perusahaan: 'company', 'Nomor HP': 'mobile_phone', Kota: 'city', NPWP: null }],
  ['vendors of a list of vendors', 'accounts', { 'Vendor name': 'name', 'Vendor no.': 'account_number', City: 'billing_city' }],
  ['where a company is, beside where it gets its bills', 'accounts', { 'Bill to city': 'billing_city', 'Sold to city': null, 'Ship to city': 'shipping_city' }],
  ['a customer beside a company is a person', 'activities', { Subject: 'subject', Company: 'related_account.name', 'Customer': 'related_contact.full_name' }],
  ['plain and other e-mail of a lead', 'leads', { corporateEmail: null, email: 'email' }],
  ['work before home, home left alone', 'contacts', { 'Home Phone': null, 'Work Phone': 'phone', 'Home Street': null, 'Work Street': 'mailing_street', 'Work City': 'mailing_city', 'Home City': null }],
  ['home where there is nothing else', 'contacts', { 'Last Name': 'last_name', 'Home Phone': 'phone', 'Home Street': 'mailing_street', 'Home City': 'mailing_city' }],
  ['two e-mail addresses', 'contacts', { 'Email (Home)': 'secondary_email', Email: 'email' }],
  ['identifiers of other records', 'contacts', { 'Contact ID': 'external_id', 'Account ID': null, 'Owner ID': null, 'Campaign ID': null }],
  ['what describes a neighbour', 'contacts', { Email: 'email', 'Email type': null, 'Phone type': null, 'Email verified': null, Phone: 'phone' }],
  ['the opposite of an opt-out', 'contacts', { Email: 'email', 'Accepts marketing': null, Newsletter: null, 'Email opt-out': 'email_opt_out' }],
  ['last activity and login', 'contacts', { 'Last activity': null, 'Last login': null, 'Last contacted': null, 'Last modified': 'updated_at' }],
  ['people beside the record', 'contacts', { 'Assistant phone': null, 'Manager name': null, 'Created by': null, 'Spouse email': null, Phone: 'phone' }],
  ['a title beside a job title', 'contacts', { Title: 'salutation', 'Job title': 'title' }],
  ['a German title', 'contacts', { Anrede: 'salutation', Titel: null, Vorname: 'first_name', Funktion: 'title' }],
  ['a kind alone among telephones', 'contacts', { 'First name': 'first_name', 'Last name': 'last_name', Mobile: 'mobile_phone', Home: null, Work: 'phone' }],
  ['a kind alone beside a telephone', 'contacts', { 'First name': 'first_name', Mobile: 'mobile_phone', Phone: 'phone', Work: null }],
  ['a phrase of another language within a header', 'products', { v_products_model: 'sku', v_products_image: null, v_products_name_1: 'name', v_products_description_1: 'description', v_products_price: 'price', v_products_weight: null, v_products_quantity: 'quantity', v_categories_name_1: 'category', v_tax_class_title: null, v_status: 'status' }],
  ['a role beside a title', 'contacts', { Title: 'title', Role: null, Email: 'email' }],
  ['what is counted by a sign', 'contacts', { 'E-mail #1': 'email', 'E-mail #2': 'secondary_email', 'Ph (c)': 'mobile_phone', 'Ph (w)': 'phone' }],
  ['languages in brackets', 'products', { 'name(en-gb)': 'name', 'description(en-gb)': 'description', sku: 'sku', model: null }],
  ['questions in their language', 'leads', { 'Nombre y apellidos': 'full_name', '¿Cuál es tu cargo?': 'title', '¿Cuántos empleados tiene tu empresa?': 'employee_count', '¿En qué ciudad estás?': 'city' }],
  ['a company’s name of a lead', 'leads', { 'Vos nom et prénom': 'full_name', 'Nom de votre structure': 'company', 'Votre adresse mail': 'email' }],
  ['words cut short', 'contacts', { 'Nachn.': 'last_name', 'Vorn.': 'first_name', 'Bemerk.': 'description', 'Strasse': 'mailing_street', 'PLZ': 'mailing_postal_code' }],
  ['words without some of their letters', 'contacts', { Nachname: 'last_name', Vorname: 'first_name', 'Anmerkg.': 'description' }],
  ['brackets that are no time zone', 'contacts', { 'Name (First)': 'first_name', 'Name (Last)': 'last_name', 'Joined (CEST)': 'created_at' }],
  ['how a record stands that has no address', 'activities', { Subject: 'subject', State: 'status', Priority: 'priority' }],
  ['the address of a company beside the one for letters', 'accounts', { Naam: 'name', Straat: 'billing_street', Plaats: 'billing_city', 'Correspondentieadres straat': null, 'Correspondentieadres plaats': null }],
  ['who looks after a record, whatever he is called', 'accounts', { Наименование: 'name', 'Ответственный сотрудник': 'owner' }],
  ['the number of a company before a person’s', 'contacts', { 'HQ Phone': null, 'Direct Phone': 'phone' }],
  ['the place of a phone', 'accounts', { 'Main location telephone': 'phone', 'Main location town': 'billing_city', 'Main location postcode': 'billing_postal_code' }],
  ['what is told of an address', 'contacts', { email1: 'email', email1_is_bad: null, email2: 'secondary_email' }],
  ['whether a customer or a supplier', 'accounts', { Firma: 'name', 'Kunde/Lieferant': 'account_type' }],
  ['a sum of years', 'leads', { Company: 'company', 'Lifetime revenue': null }],
  ['a billing street whose other parts say no more', 'accounts', { 'Dirección de facturación': 'billing_street', Ciudad: 'billing_city', Provincia: 'billing_state', 'Dirección de envío': 'shipping_street' }],
  ['words that say nothing', 'contacts', { 'E-Mail 1 - Wert': 'email', 'E-Mail 1 - Label': null, 'Telefon 1 - Wert': 'phone', 'Is active member': null }],
  ['a title by itself', 'contacts', { Title: 'title' }],
  ['the id that a system gives its records, at the beginning', 'contacts', { 'Breezy ID': 'external_id', Email: 'email' }],
  ['the id that another system gives them, further on', 'contacts', { Email: 'email', 'Last name': 'last_name', City: 'mailing_city', 'Stripy Customer ID': null }],
  ['a word of the system’s own beside one that we know', 'deals', { 'Docket name': 'name', Amount: 'amount', 'Hoovers description': 'description' }],
  ['the same beside a column that says it plainly', 'deals', { 'Docket name': null, Name: 'name', Amount: 'amount' }],
  ['a word of the system’s own beside what makes it another thing', 'leads', { Email: 'email', 'Blorp email': null, 'Quux status': null, 'Wibble revenue': null }],
  ['what was added by hand', 'contacts', { Email: 'email', 'custom_fields.company': 'account.name', 'Custom: job title': 'title', 'Custom 1': null }],
  ['work that is called by the company beside home', 'contacts', { Name: 'last_name', Vorname: 'first_name', 'Telefon (Firma)': 'phone', 'Telefon (Privat)': null, 'E-Mail (Firma)': 'email', 'E-Mail (Privat)': 'secondary_email', 'Straße (Firma)': 'mailing_street', 'Straße (Privat)': null, 'Ort (Firma)': 'mailing_city' }],
  ['the one day that a list of leads tells', 'leads', { Nombre: 'full_name', Fecha: 'created_at' }],
  ['a day beside the one on which a lead came', 'leads', { Name: 'full_name', Date: null, Created: 'created_at' }],
  ['a sign that counts rows', 'contacts', { '#': null, Name: 'full_name', Email: 'email' }],
  ['a name before a trade name', 'accounts', { Nombre: 'name', 'Nombre comercial': null, NIF: null }],
  ['a company before a name', 'accounts', { company: 'name', name: null, phone: 'phone' }],
  ['a name before what somebody is', 'contacts', { 名前: 'full_name', 会員: null, メールアドレス: 'email' }],
  ['what is asked with yes or no', 'activities', { Subject: 'subject', 'Employee?': null }],
  ['open questions with a small word before', 'leads', { 'In which city are you?': 'city', 'Are you a consultant?': null }],
  ['billing and shipping of a company', 'accounts', { 'Billing city': 'billing_city', 'Shipping city': 'shipping_city', 'Lieferadresse PLZ': 'shipping_postal_code' }],
]

describe('proposals by meaning', () => {
  it('believes dates, amounts and lists below a header of unknown words as little as the header', () => {
    const dates = ['2024-01-05', '2023-11-20', '2022-06-30']
    expect(map('contacts', ['First name', 'Email', 'Frobnication'], [['Ann', 'Bo', 'Cy'], ['a@example.com', 'b@example.com', 'c@example.com'], dates])[2]?.field).toBe(null)
    expect(map('contacts', ['First name', 'Email', 'Column 3'], [['Ann', 'Bo', 'Cy'], ['a@example.com', 'b@example.com', 'c@example.com'], dates])[2]?.field).not.toBe(null)
  })

  it.each(files)('%s', (_, object, columns) => {
    expect(Object.fromEntries(map(object, Object.keys(columns)).map(({ header, field }) => [header, field]))).toEqual(columns)
  })

  it('gives every standard field its own name and label', () => {
    for (const object of catalog.objects) {
      for (const field of object.fields.filter(({ companionOf, kind }) => !companionOf && kind !== 'reference')) expect([field.name, map(object.name, [field.name])[0]?.field]).toEqual([field.name, field.name])
    }
  })

  it('says in one sentence why, naming what the values add', () => {
    const [proposal] = map('contacts', ['E-post'], [['a@example.com', 'b@example.com', 'c@example.com']])
    expect(proposal?.reason).toMatch(/^The header is a known \w+ name for email; 100 % of its values are e-mail addresses\.$/)
  })

  it.each([
    ['calls no word English that English does not write', ['Téléphone', 'Email'], 0, 'The header is a known name for phone.'],
    ['says that other columns are closer only where they are', ['Vorname', 'Nachname', 'Telefon', 'Interessen'], 3, 'The header is nearly "interessent", but the file has first and last names already.'],
    ['says that another address is kept', ['First name', 'Work Street', 'Work Zip', 'Home City'], 3, 'Of several addresses one is kept, and other columns are closer to that.'],
  ])('%s', (_, columns, position, reason) => {
    expect(map('contacts', columns)[position]?.reason).toMatch(reason)
  })

  it('shows a field for a misspelled header, and does not use it', () => {
    const proposals = map('contacts', ['Fisrt Name', 'Last Nmae', 'Emial', 'Comapny Name', 'Telefhone'])
    expect(proposals.map(({ field, applied }) => [field, applied])).toEqual([['first_name', false], ['last_name', false], ['email', false], ['account.name', false], ['phone', false]])
    expect(proposals[2]?.reason).toBe('The header is nearly "email", a known name for email.')
  })

  const interests: [what: string, columns: Record<string, string[]>, field: string | null][] = [
    ['is no more than shown, however well the values fit', { Nachname: ['Meier', 'Huber', 'Muster'], Telefon: ['089 1', '089 2', '089 3'], Interessen: ['Messe', 'Newsletter', 'Messe'] }, 'full_name'],
    ['is none beside the first and the last name', { Vorname: ['Ann', 'Bo', 'Cy'], Nachname: ['Meier', 'Huber', 'Muster'], Interessen: ['Messe', 'Newsletter', 'Messe'] }, null],
    ['is none where the values are lists', { Nachname: ['Meier', 'Huber', 'Muster'], Telefon: ['089 1', '089 2', '089 3'], Interessen: ['A;B', 'Newsletter;Messe', 'A;C'] }, null],
  ]
  it.each(interests)('a full name that a header nearly says %s', (_, columns, field) => {
    const [last] = map('contacts', Object.keys(columns), Object.values(columns)).slice(-1)
    expect([last?.field === 'full_name' ? last.field : null, last?.applied]).toEqual([field, false])
  })

  it('reads the only unknown word of a header as the known one that it nearly is, in words that share most of their letters, too', () => {
    const proposals = map('contacts', ['Vorname', 'Nachname', 'Telefomnummer geschäftlich', 'Postleitzaahl'])
    expect(proposals.map(({ field }) => field)).toEqual(['first_name', 'last_name', 'phone', 'mailing_postal_code'])
    expect(proposals.slice(2).map(({ applied }) => applied)).toEqual([false, false])
    expect(map('contacts', ['First name', 'Contract name', 'Customs'])[1]?.field).toBe(null)
  })

  it('takes nothing of a bracket that says nothing of the column', () => {
    const headers = ['Full Name (F)', 'Date of birth (DD/MM/YYYY)', 'Created (UTC)', 'Phone (Home)', 'Email (Work)']
    expect(map('contacts', headers).map(({ field }) => field)).toEqual(['full_name', 'birthdate', 'created_at', 'phone', 'email'])
  })

  it('does not use a column whose values the field cannot take', () => {
    const texts = ['ask later', 'none', 'see notes', 'unknown', 'n/a', 'tbd']
    expect(map('contacts', ['Email'], [texts])[0]).toMatchObject({ applied: false })
  })

  it('gives no field to a column without values that one with values can fill', () => {
    const fields = (columns: Record<string, string[]>, object = 'contacts') => map(object, Object.keys(columns), Object.values(columns)).map(({ field, applied }) => applied ? field : null)
    const phone = ['(212) 555-1212']
    expect(fields({ Phone: [], 'Work Phone': phone, 'Home Phone': [] })).toEqual([null, 'phone', null])
    expect(fields({ Email: [], 'Email (Work)': ['jane@example.com'], 'Email 3': [] })[1]).toBe('email')
    expect(fields({ 'Mailing Street': [], 'Mailing City': [], 'Work Street': ['1 Main St'], 'Work City': ['Boston'] })).toEqual([null, null, 'mailing_street', 'mailing_city'])
  })

  it('takes empty columns as they are called where no other has values for their field', () => {
    expect(map('contacts', ['Email', 'Phone', 'Work Phone'], [['jane@example.com'], [], []]).map(({ field, applied }) => applied ? field : null)).toEqual(['email', 'phone', null])
  })

  it.each(['Ext ID', 'Ext Id', 'Ext. ID', 'ext_id', 'External Id', 'External ID'])('takes "%s" for the number in another system', (header) => {
    for (const object of ['contacts', 'accounts', 'deals', 'leads', 'products']) expect(map(object, [header])[0]).toMatchObject({ field: 'external_id', applied: true })
  })

  it.each([1, 2, 20])('finds a related record by its e-mail address where the cells are %s addresses', (count) => {
    const emails = Array.from({ length: count }, (_, i) => `person${i}@example.com`)
    expect(map('deals', ['Deal Name', 'Primary Contact'], [['One'], emails])[1]).toMatchObject({ field: 'contact.email', applied: true, reason: 'The header names a record, and its values are e-mail addresses: contact.email.' })
    expect(map('deals', ['Deal Name', 'Primary Contact', 'Contact Email'], [['One'], emails, emails]).map(({ field }) => field)).toEqual(['name', null, 'contact.email'])
    expect(map('deals', ['Deal Name', 'Primary Contact'], [['One'], ['Jane Doe', 'Max Orr', 'Ann Lee']])[1]).toMatchObject({ field: 'contact.full_name' })
  })

  it('maps by values where the header says nothing', () => {
    const names = ['Anna Schmidt', 'Peter Jones', 'Maria Garcia', 'Thomas Martin']
    const mails = ['a@example.com', 'b@example.com', 'c@example.com', 'd@example.com']
    expect(map('contacts', ['Column 1', 'Column 2'], [names, mails]).map(({ field, applied }) => [field, applied])).toEqual([['full_name', false], ['email', false]])
  })

  it('leaves a whole name for a person to choose where the file has its parts, unless nothing stands in them', () => {
    const columns = ['Full Name', 'First Name', 'Last Name']
    expect(map('contacts', columns)[0]).toMatchObject({ field: 'full_name', applied: false, reason: 'The columns "First Name" and "Last Name" bring this name in its parts already. Choose full_name by hand where it is to fill the rows in which they are empty.' })
    expect(map('contacts', columns, [['Ann Lee'], [], []])[0]).toMatchObject({ field: 'full_name', applied: true })
    expect(map('contacts', ['Full Name', 'Last Name'])[0]).toMatchObject({ field: 'full_name', applied: true })
  })

  it('takes a state that says how a record stands for no part of its address', () => {
    expect(map('contacts', ['Email', 'State'], [['a@example.com'], ['Active', 'Unsubscribed', 'Active']])[1]).toMatchObject({ field: null })
    expect(map('contacts', ['Email', 'State'], [['a@example.com'], ['TX', 'CO', 'MA']])[1]).toMatchObject({ field: 'mailing_state', applied: true })
  })

  it('takes no part of a name from cells alone where the file has the whole', () => {
    const names = ['Anna Schmidt', 'Peter Jones', 'Maria Garcia']
    expect(map('contacts', ['Name', 'Column 2'], [names, ['Martin', 'Jones', 'Garcia']]).map(({ field }) => field)).toEqual(['full_name', null])
  })

  it('takes a first name of several words for a whole one where the file has no last name', () => {
    const cells = [['Lenka Bílek', 'Radim Šimek', 'Božena Dvořáčková']]
    expect(map('contacts', ['Jméno', 'E-mail'], [...cells, []])[0]).toMatchObject({ field: 'full_name' })
    expect(map('contacts', ['Jméno', 'Příjmení'], [...cells, ['Bílek', 'Šimek', 'Dvořáčková']])[0]).toMatchObject({ field: 'first_name' })
  })

  it('believes no cells of another form below a header of its own', () => {
    const below = (header: string, cells: string[]) => map('contacts', ['Email', 'Last name', 'City', header], [['a@example.com', 'b@example.com', 'c@example.com'], ['Bull', 'Hill', 'Day'], ['Rome', 'Oslo', 'Bern'], cells])[3]?.field
    expect(below('CursAcadèmic', ['2025-2026', '2024-2025', '2023-2024'])).toBeNull()
    expect(below('Zuletzt geprüft', ['2025.02.10.', '2025.02.11.', '2025.02.12.'])).toBeNull()
    expect(below('Skolform', ['GY', 'GY', 'GR'])).toBeNull()
    expect(below('Suspended member', ['no', 'no', 'yes'])).toBeNull()
    expect(below('EPPN', ['x@example.com', 'y@example.com', 'z@example.com'])).toBeNull()
    expect(below('Primärmandant', ['1', '1', '2'])).toBeNull()
    expect(below('Skolland', ['Sweden', 'Norway', 'Sweden'])).toBe('mailing_country')
  })

  it('answers the same on every run', () => {
    const columns = files.flatMap(([, object, of]) => (object === 'contacts' ? Object.keys(of) : []))
    expect(map('contacts', columns)).toEqual(map('contacts', columns))
  })
})
