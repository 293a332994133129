import { joinList } from '@longshore/core/split-list'
import type { Property } from './property.ts'

/** How many of a kind have columns of their own; further ones share the column that begins with "More". */
const phoneSlots: readonly [kind: PhoneKind, columns: string[]][] = [
  ['plain', ['Phone', 'Phone 2']], ['work', ['Work Phone', 'Work Phone 2']], ['mobile', ['Mobile Phone', 'Mobile Phone 2']], ['home', ['Home Phone', 'Home Phone 2']],
  ['fax', ['Fax']], ['home-fax', ['Home Fax']], ['pager', ['Pager']],
]
const nameColumns = ['Last Name', 'First Name', 'Middle Name', 'Salutation', 'Suffix']
const emailSlots = ['Email', 'Email 2', 'Email 3']
const addressSlots = ['', 'Address 2 ']
const addressParts = ['PO Box', 'Extended Address', 'Street', 'City', 'State', 'Postal Code', 'Country']
const websiteSlots = ['Website', 'Website 2']

type PhoneKind = 'plain' | 'work' | 'mobile' | 'home' | 'fax' | 'home-fax' | 'pager'

/** The columns of every card, whatever it holds: a mapping made for one address book fits the next. */
export const cardColumns: readonly string[] = [
  'Full Name', 'Salutation', 'First Name', 'Middle Name', 'Last Name', 'Suffix', 'Nickname', 'Company', 'Department', 'Job Title', 'Role',
  ...emailSlots.flatMap((name) => [name, `${name} Type`]), 'More Emails',
  ...phoneSlots.flatMap(([, columns]) => columns), 'More Phones',
  ...addressSlots.flatMap((slot) => [...addressParts.map((part) => slot + part), `${slot === '' ? 'Address ' : slot}Type`]), 'More Addresses',
  ...websiteSlots, 'More Websites',
  'Birthday', 'Anniversary', 'Notes', 'Categories', 'UID', 'Kind', 'Last Modified', 'Has Photo', 'vCard Version', 'Other Properties',
]

const positions = new Map(cardColumns.map((name, position) => [name, position]))

/** Say nothing about the person, or belong to a property beside them. */
const silent = new Set(['VERSION', 'PRODID', 'X-ABLABEL', 'X-ABADR', 'LABEL', 'SOUND', 'KEY', 'LOGO', 'PHOTO', 'PROFILE', 'SOURCE', 'NAME', 'MAILER', 'CLASS', 'SORT-STRING', 'CLIENTPIDMAP', 'XML', 'AGENT'])

/** The cells of a card by the position of `cardColumns`. Every property has a place; those without a column of their own are told by name in the last one. */
export function cardRow(properties: readonly Property[]): (string | null)[] {
  const cells = new Array<string | null>(cardColumns.length).fill(null)
  const put = (column: string, text: string | undefined | null) => {
    const position = positions.get(column)
    if (position !== undefined && text !== undefined && text !== null && text !== '') cells[position] = text
  }
  const all = (name: string) => properties.filter((property) => property.name === name)
  const [name, ...otherNames] = all('N')
  // Several values in a part came with 3.0; before, a comma was one.
  const old = all('VERSION')[0]?.text.trim() === '2.1'
  nameColumns.forEach((column, i) => put(column, old ? name?.components[i] : name?.parts[i]?.join(' ')))
  const [company, ...otherCompanies] = all('ORG')
  put('Company', company?.components[0])
  put('Department', company?.components.slice(1).filter((part) => part !== '').join('; '))
  const [fullName, ...otherFullNames] = all('FN')
  put('Full Name', fullName?.text.trim())
  for (const [column, property] of [['Job Title', 'TITLE'], ['Role', 'ROLE']] as const) put(column, joined(all(property).map(({ text }) => text.trim())))
  for (const [column, property] of [['Nickname', 'NICKNAME'], ['Categories', 'CATEGORIES']] as const) put(column, joined(all(property).flatMap(({ parts }) => parts.flat())))
  put('Notes', all('NOTE').map(({ text }) => text).filter((text) => text.trim() !== '').join('\n\n'))
  for (const [column, property] of [['UID', 'UID'], ['Kind', 'KIND'], ['Last Modified', 'REV'], ['vCard Version', 'VERSION']] as const) put(column, all(property)[0]?.text.trim())
  put('Birthday', dateText(all('BDAY')[0]?.text))
  put('Anniversary', dateText((all('ANNIVERSARY')[0] ?? all('X-ANNIVERSARY')[0])?.text))
  put('Has Photo', String(all('PHOTO').length > 0))
  putEmails(all('EMAIL').map((property) => ({ ...property, label: labelOf(property, properties) })), put)
  putPhones(all('TEL').map((property) => ({ ...property, label: labelOf(property, properties) })), put)
  putAddresses(all('ADR'), put)
  const websites = preferredFirst(all('URL')).map(({ text }) => text.trim()).filter((text) => text !== '')
  websites.slice(0, websiteSlots.length).forEach((text, i) => put(websiteSlots[i] ?? '', text))
  put('More Websites', joined(websites.slice(websiteSlots.length)))
  const placed = new Set(['N', 'ORG', 'FN', 'TITLE', 'ROLE', 'NICKNAME', 'CATEGORIES', 'NOTE', 'UID', 'KIND', 'REV', 'BDAY', 'ANNIVERSARY', 'X-ANNIVERSARY', 'EMAIL', 'TEL', 'ADR', 'URL'])
  const others = [...otherNames, ...otherFullNames, ...otherCompanies, ...properties.filter((property) => !placed.has(property.name) && !silent.has(property.name))]
  put('Other Properties', others.filter(({ text }) => text.trim() !== '').map((property) => `${labelOf(property, properties) ?? property.name}: ${property.text.trim()}`).join('\n'))
  return cells
}

type Put = (column: string, text: string | undefined | null) => void
interface Labelled extends Property { label: string | null }

/** The preferred address first, then those for work and of no kind, then the others. */
function putEmails(emails: readonly Labelled[], put: Put): void {
  const rank = ({ preferred, types }: Property) => preferred ? 0 : types.some((type) => type === 'home' || type === 'other') ? 2 : 1
  const sorted = emails.filter(({ text }) => text.trim() !== '').toSorted((a, b) => rank(a) - rank(b))
  sorted.slice(0, emailSlots.length).forEach((email, i) => {
    put(emailSlots[i] ?? '', email.text.trim().replace(/^mailto:/i, ''))
    put(`${emailSlots[i] ?? ''} Type`, email.label ?? email.types.find((type) => type !== 'internet'))
  })
  put('More Emails', joined(sorted.slice(emailSlots.length).map(({ text }) => text.trim())))
}

function putPhones(phones: readonly Labelled[], put: Put): void {
  const more: string[] = []
  const byKind = new Map<PhoneKind, string[]>()
  for (const phone of preferredFirst(phones)) {
    const text = phoneText(phone.text)
    if (text === '') continue
    if (phone.label !== null) more.push(`${phone.label}: ${text}`)
    else {
      const kind = phoneKind(phone.types)
      byKind.set(kind, [...byKind.get(kind) ?? [], text])
    }
  }
  for (const [kind, columns] of phoneSlots) {
    const found = byKind.get(kind) ?? []
    columns.forEach((column, i) => put(column, found[i]))
    more.push(...found.slice(columns.length).map((text) => kind === 'plain' ? text : `${kind.replace('-', ' ')}: ${text}`))
  }
  put('More Phones', joined(more))
}

function phoneKind(types: readonly string[]): PhoneKind {
  const is = (type: string) => types.includes(type)
  if (is('fax')) return is('home') ? 'home-fax' : 'fax'
  if (is('pager')) return 'pager'
  if (is('cell') || is('iphone') || is('mobile') || is('car')) return 'mobile'
  if (is('work')) return 'work'
  return is('home') ? 'home' : 'plain'
}

/** `tel:+44-1904-555-010;ext=7` as a person writes it. */
function phoneText(value: string): string {
  const uri = /^tel:([^;]*)(.*)$/i.exec(value.trim())
  if (uri === null) return value.trim()
  const extension = /;ext=([^;]*)/i.exec(uri[2] ?? '')?.[1]
  return extension === undefined ? uri[1] ?? '' : `${uri[1] ?? ''} ext. ${extension}`
}

/** The address for work first: it is the one that a CRM keeps. */
function putAddresses(addresses: readonly Property[], put: Put): void {
  const rank = ({ preferred, types }: Property) => types.includes('work') ? 0 : preferred ? 1 : 2
  const sorted = addresses.filter(({ components }) => components.some((part) => part !== '')).toSorted((a, b) => rank(a) - rank(b))
  sorted.slice(0, addressSlots.length).forEach((address, i) => {
    const slot = addressSlots[i] ?? ''
    addressParts.forEach((part, at) => put(slot + part, address.components[at]))
    put(`${slot === '' ? 'Address ' : slot}Type`, address.types.find((type) => /^(?:work|home|other)$/.test(type)) ?? address.types[0])
  })
  put('More Addresses', sorted.slice(addressSlots.length).map(({ components }) => components.filter((text) => text !== '').join(', ')).join('\n'))
}

/** The name that a person gave to the value: `X-ABLabel` of its group, without the marks that Apple puts around its own. */
function labelOf({ group }: Property, properties: readonly Property[]): string | null {
  if (group === '') return null
  const label = properties.find((property) => property.name === 'X-ABLABEL' && property.group === group)?.text.trim().replace(/^_\$!<(.*)>!\$_$/, '$1')
  return label === undefined || label === '' ? null : label
}

function preferredFirst<P extends Property>(properties: readonly P[]): P[] {
  return properties.toSorted((a, b) => Number(b.preferred) - Number(a.preferred))
}

function joined(values: readonly string[]): string | null {
  const filled = values.filter((value) => value !== '')
  return filled.length === 0 ? null : filled.length === 1 ? filled[0] ?? null : joinList(filled)
}

/** `1985-03-15` of a whole date, `--02-03` without a year (Apple writes 1604 then); anything else as it is. */
function dateText(value: string | undefined): string | null {
  const text = value?.trim() ?? ''
  const whole = /^(\d{4})-?(\d{2})-?(\d{2})(?:$|[T ])/.exec(text)
  if (whole) return whole[1] === '1604' ? `--${whole[2] ?? ''}-${whole[3] ?? ''}` : `${whole[1] ?? ''}-${whole[2] ?? ''}-${whole[3] ?? ''}`
  const noYear = /^--(\d{2})-?(\d{2})(?:$|[T ])/.exec(text)
  return noYear ? `--${noYear[1] ?? ''}-${noYear[2] ?? ''}` : text === '' ? null : text
}
