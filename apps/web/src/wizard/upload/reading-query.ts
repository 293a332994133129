import { queryOptions } from '@tanstack/react-query'
import type { Reading } from '@longshore/contract'
import { get } from '../../client/api.ts'
import type { Definition } from '../definition.ts'
import type { DraftStore } from '../draft-store.ts'

/** How a draft's file is read, with its first rows. */
export function readingQuery(store: DraftStore, job: number, { source }: Pick<Definition, 'source'>) {
  return queryOptions({
    queryKey: ['draft-reading', job, source], staleTime: Infinity, retry: false,
    queryFn: async ({ signal }) => { await store.flush(); return get<Reading>(`/v1/jobs/${job}/draft/reading`, {}, signal) },
  })
}
