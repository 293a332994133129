import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DecimalMark } from './column-reading.ts'
import { compareDecimals, readDecimal } from './decimal.ts'

const whole = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n })

test('writes exponents out exactly', () => {
  fc.assert(fc.property(whole, fc.integer({ min: 0, max: 40 }), (n, exponent) => {
    expect(readDecimal(`${n}e${exponent}`)).toBe(String(n * 10n ** BigInt(exponent)))
    const tail = readDecimal(`${n}e-${exponent}`) ?? ''
    const decimals = tail.includes('.') ? tail.length - tail.indexOf('.') - 1 : 0
    expect(BigInt(tail.replace('.', '')) * 10n ** BigInt(exponent - decimals)).toBe(n)
  }))
})

test('reads a number with its thousands marked as the number without', () => {
  fc.assert(fc.property(whole, fc.constantFrom(',', ' ', "'", '\u00a0'), (n, mark) => {
    const digits = String(n < 0n ? -n : n).replace(/\B(?=(\d{3})+$)/g, mark)
    expect(readDecimal(`${n < 0n ? '-' : ''}${digits}`)).toBe(String(n))
    expect(readDecimal(`${n < 0n ? '-' : ''}${digits}.25`)).toBe(`${n}.25`)
  }))
})

test('compares numbers of any length by value', () => {
  const parts = fc.tuple(whole, fc.integer({ min: 0, max: 99 }))
  const text = ([n, cents]: [bigint, number]) => `${n}.${String(cents).padStart(2, '0')}`
  const value = ([n, cents]: [bigint, number]) => n * 100n + (n < 0n ? -1n : 1n) * BigInt(cents)
  fc.assert(fc.property(parts, parts, (a, b) => {
    expect(Math.sign(compareDecimals(text(a), text(b)))).toBe(value(a) < value(b) ? -1 : value(a) > value(b) ? 1 : 0)
  }))
  expect(compareDecimals('12.50', '12.5')).toBe(0)
})

test('keeps every digit of a number, whatever its marks, digits and sign are', () => {
  const digits = fc.array(fc.nat(9), { minLength: 1, maxLength: 40 }).map((list) => list.join(''))
  const scripts = ['0123456789', '٠١٢٣٤٥٦٧٨٩', '०१२३४५६७८९', '０１２３４５６７８９']
  const signs = [(n: string) => `-${n}`, (n: string) => `(${n})`, (n: string) => `${n}-`, (n: string) => `\u2212${n}`]
  fc.assert(fc.property(digits, digits, fc.constantFrom<DecimalMark>('.', ','), fc.constantFrom('', "'", '’', ' ', '\u00a0', '\u202f', 'other'), fc.constantFrom(...scripts), fc.constantFrom(null, ...signs), (whole, fraction, mark, group, script, sign) => {
    const exact = `${whole.replace(/^0+(?=\d)/, '')}.${fraction}`
    const grouped = exact.split('.')[0]?.replace(/\B(?=(\d{3})+$)/g, group === 'other' ? (mark === '.' ? ',' : '.') : group) ?? ''
    const written = `${grouped}${mark}${fraction}`.replace(/\d/g, (digit) => [...script][Number(digit)] ?? '')
    const isZero = !/[1-9]/.test(exact)
    expect(readDecimal(sign === null ? written : sign(written), mark)).toBe(sign === null || isZero ? exact : `-${exact}`)
  }), { numRuns: 2000 })
})

test('takes a mark for thousands under one reading and for decimals under the other, and nothing that fits neither', () => {
  expect([readDecimal('1.234', '.'), readDecimal('1.234', ',')]).toEqual(['1.234', '1234'])
  expect([readDecimal('1,234', '.'), readDecimal('1,234', ',')]).toEqual(['1234', '1.234'])
  expect([readDecimal('12,5', '.'), readDecimal('12.5', ',')]).toEqual([null, null])
  expect([readDecimal('1.234,56', '.'), readDecimal('1,234.56', ',')]).toEqual([null, null])
})

test.each<[string, DecimalMark, string | null]>([
  ['1234,-', ',', '1234'], ['1.234,–', ',', '1234'], ["1'250.--", '.', '1250'], ['–7.10', '.', '-7.10'], ['5-', '.', '-5'], ['-12,-', ',', '-12'], ['1,-2', ',', null],
])('%s, decimals by "%s", is %s: a dash for the cents is no minus', (text, mark, value) => {
  expect(readDecimal(text, mark)).toBe(value)
})
