import { describe, expect, it } from 'vitest'
import { profileColumn } from './column-profile.ts'
import { kindsOf, type ValueKind } from './value-kinds.ts'
import { ValueSample } from './value-sample.ts'

const cells: [text: string, kind: ValueKind][] = [
  ['anna@example.com', 'email'], ['https://www.linkedin.com/in/anna', 'linkedin'], ['www.example.com', 'url'], ['example.co.uk', 'domain'], ['+49 30 1234567', 'phone'], ['(415) 555-0101', 'phone'],
  ['1980-03-04', 'birth-date'], ['03.04.2024', 'date'], ['2024-03-04T10:00:00Z', 'date-time'], ['45 %', 'percent'], ['$1,200.50', 'money'], ['1200', 'integer'], ['Germany', 'country'], ['Allemagne', 'country'],
  ['ドイツ', 'country'], ['CA', 'state'], ['Bayern', 'state'], ['SW1A 1AA', 'postal-code'], ['München', 'city'], ['Hauptstraße 5', 'street'], ['12 Main Street', 'street'], ['Anna', 'given-name'], ['Anna Schmidt', 'full-name'],
  ['Acme GmbH', 'company'], ['株式会社ABC', 'company'], ['Mr.', 'salutation'], ['EUR', 'currency-code'], ['Sales Manager', 'job'], ['Marketing', 'department'], ['yes', 'boolean'], ['a;b;c', 'list'],
]
const neither: [text: string, kind: ValueKind][] = [
  ['1.234.567', 'phone'], ['2024-03-04', 'phone'], ['12345', 'phone'], ['Anna Schmidt', 'company'], ['a@b', 'email'], ['version 1.2', 'domain'], ['Sales Manager', 'full-name'],
]

describe('kinds of values', () => {
  it.each(cells)('"%s" may be of the kind %s', (text, kind) => { expect(kindsOf(text)).toContain(kind) })
  it.each(neither)('"%s" is not of the kind %s', (text, kind) => { expect(kindsOf(text)).not.toContain(kind) })

  it('keeps shares and few words, no more of the cells', () => {
    const many = profileColumn(Array.from({ length: 500 }, (_, i) => `person${i}@example.com`))
    expect(many).toMatchObject({ sampled: 500, distinct: 1, shares: { email: 1 }, vocabulary: [] })
  })

  it('samples the same cells in whatever batches rows come, and no more than it may', () => {
    const rows = Array.from({ length: 6000 }, (_, i) => [`v${i}`])
    const [once, again] = [new ValueSample(), new ValueSample()]
    for (const [i, row] of rows.entries()) once.add(i + 2, row)
    for (const [i, row] of [...rows.entries()].toReversed()) again.add(i + 2, row)
    expect(once.values(1)).toEqual(again.values(1))
    expect(once.values(2).map(({ length }) => length)).toEqual([1000, 0])
  })
})
