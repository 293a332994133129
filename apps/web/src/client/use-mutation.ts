import { hashKey, useMutation as useOfLibrary, useQueryClient } from '@tanstack/react-query'
import type { QueryClient, UseMutationOptions, UseMutationResult } from '@tanstack/react-query'
import { useCallback, useId } from 'react'

/**
 * The library's mutation, which does nothing when it is asked for what it is already doing: the second click of a double click comes before the
 * button is drawn as busy. It is over when all that follows from it is (`onSuccess`, `onSettled`).
 */
export function useMutation<Data = unknown, Given = void, Context = unknown>(options: UseMutationOptions<Data, Error, Given, Context>): UseMutationResult<Data, Error, Given, Context> {
  const client = useQueryClient()
  const id = useId()
  const mutation = useOfLibrary({ ...options, mutationKey: [id] })
  const { mutate } = mutation
  const once = useCallback<typeof mutate>((...[given, after]) => { if (!isUnderWay(client, [id], given)) mutate(given as Given, after) }, [client, id, mutate])
  return { ...mutation, mutate: once }
}

/** Whether what this mutation was last asked for is still being done, and is the same: a value that goes back and forth is sent each time. */
export function isUnderWay(client: QueryClient, mutationKey: readonly string[], given: unknown): boolean {
  const last = client.getMutationCache().findAll({ mutationKey, exact: true }).at(-1)?.state
  return last?.status === 'pending' && isSame(last.variables, given)
}

function isSame(before: unknown, given: unknown): boolean {
  return given instanceof File ? before === given : hashKey([before]) === hashKey([given])
}
