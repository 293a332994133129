import { expect, it } from 'vitest'
import { splitPlace } from './place.ts'

it.each([
  ['Springfield, IL 62701', ['Springfield', 'IL', '62701']], ['New York, NY 10001-1234', ['New York', 'NY', '10001-1234']], ['St. Louis MO 63101', ['St. Louis', 'MO', '63101']], ['Toronto, ON M5V 2T6', ['Toronto', 'ON', 'M5V 2T6']],
  ['Melbourne VIC 3000', ['Melbourne', 'VIC', '3000']], ['Boston, Massachusetts 02110', ['Boston', 'Massachusetts', '02110']], ['Winston-Salem, N.C. 27101', ['Winston-Salem', 'N.C.', '27101']], ['Portland, OR, 97201', ['Portland', 'OR', '97201']],
  ['62701 Springfield', null], ['Springfield', null], ['1 Main Street, Springfield', null], ['Berlin 10115', null], ['x'.repeat(200_000), null], ['', null],
])('%.40j is the place %j', (text, parts) => {
  const place = splitPlace(text)
  expect(place && [place.city, place.state, place.postalCode]).toEqual(parts)
})
