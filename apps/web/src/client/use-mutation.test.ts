import { MutationObserver, QueryClient } from '@tanstack/react-query'
import { expect, it } from 'vitest'
import { isUnderWay } from './use-mutation.ts'

const key = ['undo']

/** A mutation that ends when it is told to. */
function held(client: QueryClient, given: unknown) {
  const { promise, resolve } = Promise.withResolvers<void>()
  const ended = new MutationObserver<void, Error, unknown>(client, { mutationKey: key, mutationFn: () => promise }).mutate(given)
  return async () => { resolve(); await ended }
}

it('knows from the first click on that it is being sent, until it is over', async () => {
  const client = new QueryClient()
  expect(isUnderWay(client, key, undefined)).toBe(false)
  const end = held(client, undefined)
  expect(isUnderWay(client, key, undefined)).toBe(true)
  await end()
  expect(isUnderWay(client, key, undefined)).toBe(false)
})

it('takes what is meant for another value, another file or another button', async () => {
  const client = new QueryClient()
  const first = held(client, { column: 1, value: 'n/a' })
  expect(isUnderWay(client, key, { value: 'n/a', column: 1 })).toBe(true)
  expect(isUnderWay(client, key, { column: 1, value: '-' })).toBe(false)
  expect(isUnderWay(client, ['invite'], { column: 1, value: 'n/a' })).toBe(false)
  const second = held(client, new File(['a'], 'a.csv'))
  expect(isUnderWay(client, key, new File(['b'], 'a.csv'))).toBe(false)
  await first()
  await second()
})

it('sends a value that comes back before the first one has arrived', async () => {
  const client = new QueryClient()
  const ends = ['Ann', 'Anne'].map((value) => held(client, value))
  expect(isUnderWay(client, key, 'Ann')).toBe(false)
  for (const end of ends) await end()
})
