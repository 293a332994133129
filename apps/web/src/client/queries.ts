import { queryOptions, useQuery } from '@tanstack/react-query'
import type { JobDetails, Me, ObjectAnswer } from '@longshore/contract'
import { get } from './api.ts'
import { isLive } from './live.ts'

export const meQuery = queryOptions({ queryKey: ['me'], queryFn: ({ signal }) => get<Me>('/v1/me', {}, signal), staleTime: 60_000 })

export const objectsQuery = queryOptions({
  queryKey: ['objects'], staleTime: 60_000,
  queryFn: ({ signal }) => get<{ version: number; objects: ObjectAnswer[] }>('/v1/objects', {}, signal),
})

/** How often what moves is asked for where no event tells of it; and where events do, in case one is lost. */
export const pollMs = 3_000
export const liveCheckMs = 15_000

export const savedMappingsQuery = queryOptions({ queryKey: ['saved-mappings'], queryFn: ({ signal }) => get<{ mappings: { name: string; object: string; updatedAt?: string }[] }>('/v1/saved-mappings', {}, signal) })

export function jobQuery(job: number) {
  return queryOptions({ queryKey: ['job', job], queryFn: ({ signal }) => get<JobDetails>(`/v1/jobs/${job}`, {}, signal), refetchInterval: ({ state }) => state.data && isMoving(state.data.state) ? isLive() ? liveCheckMs : pollMs : false })
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
