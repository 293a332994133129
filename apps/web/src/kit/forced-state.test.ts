import { expect, it } from 'vitest'
import { emptied, inState } from './forced-state.ts'

it('empties lists and counts, and keeps what an answer is', () => {
  expect(emptied({ items: [1], next: 'c', count: { records: 9, exact: true }, job: 3 })).toEqual({ items: [], next: null, count: { records: 0, exact: true }, job: 3 })
})

it('leaves alone what stands around every page', async () => {
  expect(await inState('error', '/v1/me', Promise.resolve({ member: null }))).toEqual({ member: null })
  await expect(inState('error', '/v1/jobs', Promise.resolve({ items: [1] }))).rejects.toMatchObject({ code: 'kit.example' })
  expect(await inState('empty', '/v1/jobs', Promise.resolve({ items: [1] }))).toEqual({ items: [] })
})
