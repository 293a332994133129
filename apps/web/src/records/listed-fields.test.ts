import { expect, it } from 'vitest'
import type { FieldAnswer, ObjectAnswer } from '@longshore/contract'
import { listedFields } from './listed-fields.ts'

const field = (name: string, change: Partial<FieldAnswer> = {}): FieldAnswer => ({ name, label: name, kind: 'text', required: false, custom: false, editable: true, ...change })
const contacts: ObjectAnswer = {
  name: 'contacts', singular: 'contact', label: 'Contact', pluralLabel: 'Contacts', custom: false, nameField: 'full_name', matchKeys: [],
  fields: [field('first_name'), field('full_name', { editable: false }), field('email', { kind: 'email' }), field('notes', { kind: 'long-text' }), field('account', { kind: 'reference', targets: ['accounts'] }), field('phone_source', { companionOf: 'phone' })],
}

const accounts: ObjectAnswer = { name: 'accounts', singular: 'account', label: 'Account', pluralLabel: 'Accounts', custom: false, nameField: 'name', matchKeys: [], fields: [field('name')] }
const objects = [contacts, accounts]

it('shows the name first, links by their names, and no part of a name twice', () => {
  expect(listedFields(contacts, objects).map(({ path }) => path)).toEqual(['full_name', 'email', 'account.name'])
})

it('shows what was chosen in its order, and the usual columns where nothing of it is there any more', () => {
  expect(listedFields(contacts, objects, ['email', 'gone', 'first_name']).map(({ path }) => path)).toEqual(['email', 'first_name'])
  expect(listedFields(contacts, objects, ['gone']).map(({ path }) => path)).toEqual(['full_name', 'email', 'account.name'])
})

it('names what a reference leads to by the field that is the name there', () => {
  const deals: ObjectAnswer = { ...accounts, name: 'deals', fields: [field('name'), field('contact', { kind: 'reference', targets: ['contacts'] }), field('related_to', { kind: 'reference', targets: ['contacts', 'accounts'] })] }
  expect(listedFields(deals, objects).map(({ path }) => path)).toEqual(['name', 'contact.full_name', 'related_to'])
})
