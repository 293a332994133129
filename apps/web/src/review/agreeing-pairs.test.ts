import { expect, it } from 'vitest'
import { agreeingPairs } from './agreeing-pairs.ts'

const objects = [{ name: 'contacts', fields: [{ name: 'last_name', kind: 'text', editable: true }, { name: 'phone', kind: 'phone', editable: true }, { name: 'phone_source', kind: 'text', editable: false, companionOf: 'phone' }] }] as never
const pair = (id: string, record: object, other: object, object = 'contacts') => ({ id, object, record: { values: record }, other: { values: other } }) as never

it('takes pairs in which no field is filled otherwise on both sides', () => {
  const pairs = [
    pair('same', { last_name: 'A', phone: null, phone_source: '1' }, { last_name: 'A', phone: '+41', phone_source: '2' }),
    pair('contradicts', { last_name: 'A' }, { last_name: 'B' }),
    pair('of an object that is not seen', {}, {}, 'secrets'),
  ]
  expect(agreeingPairs(pairs, objects).map(({ id }) => id)).toEqual(['same'])
})
