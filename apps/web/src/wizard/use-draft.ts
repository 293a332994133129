import { queryOptions, useQuery } from '@tanstack/react-query'
import { useEffect, useState, useSyncExternalStore } from 'react'
import type { DraftAnswer, DraftChangeAnswer } from '@longshore/contract'
import { get, send } from '../client/api.ts'
import { Refusal } from '../client/problem.ts'
import { DraftStore } from './draft-store.ts'
import type { DraftState } from './draft-store.ts'

export function draftQuery(job: number) {
  return queryOptions({
    queryKey: ['draft', job], retry: false, staleTime: 0,
    // an import that went straight through has none, and that is no failure
    queryFn: async ({ signal }) => get<DraftAnswer>(`/v1/jobs/${job}/draft`, {}, signal).catch((error: unknown) => { if (error instanceof Refusal && error.code === 'draft.none') return null; throw error }),
  })
}

const ports = {
  save: (job: number, revision: number, definition: unknown) => send<DraftChangeAnswer>('PUT', `/v1/jobs/${job}/draft`, { revision, definition }, { outlives: true }),
  load: (job: number) => get<DraftAnswer>(`/v1/jobs/${job}/draft`),
}

export interface OpenDraft { store: DraftStore; state: DraftState }

/** The draft of a job, kept by the server: another tab, browser or person opens the same. undefined: not here yet; null: the job has none. */
export function useDraftStore(job: number): { store: DraftStore | null | undefined; error: unknown; retry: () => void } {
  const query = useQuery(draftQuery(job))
  const [store, setStore] = useState<DraftStore | null>(null)
  const { data, dataUpdatedAt } = query
  useEffect(() => {
    if (!data) return
    setStore((before) => {
      if (before?.snapshot().draft.job !== data.job) return new DraftStore(data, ports)
      before.heard(data)
      return before
    })
  }, [data, dataUpdatedAt]) // an answer that says the same says that somebody answers
  useEffect(() => {
    // what is not saved yet goes out before the page does
    const leave = () => { if (document.visibilityState === 'hidden') void store?.flush().catch(() => undefined) }
    const go = () => void store?.flush().catch(() => undefined)
    document.addEventListener('visibilitychange', leave)
    globalThis.addEventListener('pagehide', go)
    globalThis.addEventListener('online', go)
    return () => { document.removeEventListener('visibilitychange', leave); globalThis.removeEventListener('pagehide', go); globalThis.removeEventListener('online', go); void store?.flush().catch(() => undefined) }
  }, [store])
  const here = store?.snapshot().draft.job === job ? store : undefined
  return { store: data === null ? null : here, error: here === undefined ? query.error : null, retry: () => void query.refetch() }
}

export function useDraftState(store: DraftStore): DraftState {
  return useSyncExternalStore(store.subscribe, store.snapshot)
}
