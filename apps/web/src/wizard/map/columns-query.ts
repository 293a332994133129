import { queryOptions } from '@tanstack/react-query'
import type { ColumnProposal } from '@longshore/contract'
import { get } from '../../client/api.ts'
import type { Definition } from '../definition.ts'
import type { DraftStore } from '../draft-store.ts'

/** What is proposed for the columns of a draft's file. It takes a look at the values of the whole file, so it is asked for while somebody still looks at the first rows. */
export function columnsQuery(store: DraftStore, job: number, { object, source, savedMapping }: Pick<Definition, 'object' | 'source' | 'savedMapping'>) {
  return queryOptions({
    queryKey: ['draft-columns', job, object, source, savedMapping], staleTime: Infinity, retry: false,
    queryFn: async ({ signal }) => { await store.flush(); return get<{ columns: ColumnProposal[] }>(`/v1/jobs/${job}/draft/columns`, {}, signal) },
  })
}
