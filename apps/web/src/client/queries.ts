import { queryOptions, useQuery } from '@tanstack/react-query'
import type { JobDetails, Me, ObjectAnswer } from '@longshore/contract'
import { get } from './api.ts'

export const meQuery = queryOptions({ queryKey: ['me'], queryFn: ({ signal }) => get<Me>('/v1/me', {}, signal), staleTime: 60_000 })

export const objectsQuery = queryOptions({
  queryKey: ['objects'], staleTime: 60_000,
  queryFn: ({ signal }) => get<{ version: number; objects: ObjectAnswer[] }>('/v1/objects', {}, signal),
})

export function jobQuery(job: number) {
  return queryOptions({ queryKey: ['job', job], queryFn: ({ signal }) => get<JobDetails>(`/v1/jobs/${job}`, {}, signal), refetchInterval: ({ state }) => state.data && isMoving(state.data.state) ? 1_000 : false })
}

const movingStates = new Set(['checking', 'queued', 'running', 'undoing'])

/** Whether a job's figures change by themselves. */
export function isMoving(state: string): boolean {
  return movingStates.has(state)
}

export function useObjects(): ObjectAnswer[] {
  return useQuery(objectsQuery).data?.objects ?? []
}

export function useObject(name: string): ObjectAnswer | undefined {
  return useObjects().find((object) => object.name === name)
}
