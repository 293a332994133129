import { expect, it } from 'vitest'
import type { FieldAnswer, ObjectAnswer } from '@longshore/contract'
import { fieldAt, pathLabel } from './path-label.ts'

const field = (name: string, label: string, targets?: string[]) => ({ name, label, ...(targets ? { targets } : {}) }) as FieldAnswer
const object = (name: string, fields: FieldAnswer[]) => ({ name, label: name, fields }) as ObjectAnswer
const deals = object('deals', [field('stage', 'Stage of a deal'), field('account', 'Account', ['accounts']), field('about', 'About', ['tickets', 'accounts'])])
const objects = [object('tickets', [field('stage', 'Stage of a ticket')]), object('accounts', [field('stage', 'Stage of an account')]), deals]

it('finds the field of the object itself, whichever others have one of that name', () => {
  expect(fieldAt(objects, deals, 'stage')?.label).toBe('Stage of a deal')
  expect(fieldAt(objects, deals, 'account.stage')?.label).toBe('Stage of an account')
  expect(fieldAt(objects, deals, 'about.accounts.stage')?.label).toBe('Stage of an account')
  expect(fieldAt(objects, deals, 'none')).toBeUndefined()
  expect(fieldAt(objects, undefined, 'stage')).toBeUndefined()
})

it('calls a field of another record by both', () => {
  expect(pathLabel(objects, deals, 'account.stage')).toBe('Account: Stage of an account')
  expect(pathLabel(objects, deals, 'account.none')).toBe('account.none')
})
