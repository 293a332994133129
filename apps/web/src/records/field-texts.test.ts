import { expect, it } from 'vitest'
import { Refusal } from '../client/problem.ts'
import { changedMeanwhile } from './changed-meanwhile.ts'
import { choicesOf } from './field-choices.ts'
import { fieldErrors } from './field-errors.ts'
import { fromLocalMoment, toLocalMoment } from './moment-text.ts'

it.each(['2024-02-29T14:30:00Z', '2024-07-01T00:00:05Z', '0999-01-01T12:00:00Z'])('%s goes through the reader’s own zone and comes back', (instant) => {
  expect(fromLocalMoment(toLocalMoment(instant))).toBe(instant)
})

it('a moment typed in half is none', () => {
  expect([fromLocalMoment(''), fromLocalMoment('half'), toLocalMoment('soon')]).toEqual(['', '', ''])
})

it('a picklist offers its active options and what a record has, one that takes others is typed', () => {
  const options = [{ value: 'Web', label: 'Web', active: true }, { value: 'Fax', label: 'Fax', active: false }]
  expect(choicesOf({ kind: 'picklist', options }, 'Fax')?.map(({ value }) => value)).toEqual(['Web', 'Fax'])
  expect([choicesOf({ kind: 'picklist', options, restricted: false }), choicesOf({ kind: 'text' })]).toEqual([undefined, undefined])
})

it('what a refusal says of fields stands at them, the rest above', () => {
  const refusal = (errors: { path: string; message: string }[], path?: string) => new Refusal({ status: 400, code: 'x', detail: 'off', errors, ...(path === undefined ? {} : { path }) })
  const fields = [{ name: 'email' }, { name: 'account' }]
  expect(fieldErrors(refusal([{ path: 'values.email', message: 'a' }, { path: 'values.account.id', message: 'b' }]), fields)).toEqual({ of: { email: 'a', account: 'b' }, rest: false })
  expect(fieldErrors(refusal([], 'values.email'), fields)).toEqual({ of: { email: 'off' }, rest: false })
  expect(fieldErrors(refusal([{ path: 'values.gone', message: 'c' }]), fields)).toEqual({ of: {}, rest: true })
  expect(fieldErrors(null, fields)).toEqual({ of: {}, rest: false })
})

it('names what became another value meanwhile', () => {
  expect(changedMeanwhile([{ name: 'a', label: 'A' }, { name: 'b', label: 'B' }], { values: { a: '1', b: null } }, { values: { a: '2' } })).toEqual(['A'])
})
