import { expect, it } from 'vitest'
import { plainReason } from './plain-reason.ts'

const labels: Record<string, string> = { first_name: 'First name', 'account.name': 'Account: Name', name: 'Name', email: 'Email' }

it.each([
  ['The header is a name of the field first_name; its values are names.', 'The header is a name of the field “First name”; its values are names.'],
  ['The header is a known German name for account.name, and no other column brings it.', 'The header is a known German name for “Account: Name”, and no other column brings it.'],
  ['The header is a name of the field name.', 'The header is a name of the field “Name”.'],
  ['The header is nearly "email", a known name for email.', 'The header is nearly "email", a known name for “Email”.'],
  ['In a file of HubSpot this column is email.', 'In a file of HubSpot this column is “Email”.'],
  ['Perhaps name, but too little speaks for it.', 'Perhaps “Name”, but too little speaks for it.'],
  ['The words of the header, read as English, mean shoe_size.', 'The words of the header, read as English, mean shoe_size.'],
  ['92 % of its values are a city with state and postal code: --map "Place=city|state" cuts them.', '92 % of its values are a city with state and postal code.'],
])('says %j by the labels of fields', (reason, said) => {
  expect(plainReason(reason, (path) => labels[path])).toBe(said)
})
