import { expect, it } from 'vitest'
import { viewOf } from './record-view.ts'

it('leaves out of the address what is as usual', () => {
  expect(viewOf({ where: [], sort: null, columns: null })).toEqual({})
  expect(viewOf({ where: ['email contains @example.com'], sort: '-created_at', columns: ['email'] })).toEqual({ where: ['email contains @example.com'], sort: '-created_at', columns: ['email'] })
})
