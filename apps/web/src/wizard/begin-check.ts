import type { JobDetails } from '@longshore/contract'
import { send } from '../client/api.ts'
import { jobQuery } from '../client/queries.ts'
import { queryClient } from '../client/query-client.ts'
import type { DraftStore } from './draft-store.ts'

/** Saves what was chosen and has the rows checked. An edit makes a draft of a planned or paused import again; without one a plan stands, and a paused check goes on. */
export async function beginCheck(store: DraftStore): Promise<JobDetails> {
  await store.flush()
  const { job } = store.snapshot().draft
  const now = await queryClient.fetchQuery({ ...jobQuery(job), staleTime: 0 })
  const begun = now.state === 'planned' || now.state === 'checking' ? now : await (now.state === 'paused' ? send<JobDetails>('POST', `/v1/jobs/${job}/resume`, {}) : send<JobDetails>('POST', `/v1/jobs/${job}/check`))
  queryClient.setQueryData(['job', job], begun)
  // an event may have told of its end before this answer came
  void queryClient.invalidateQueries({ queryKey: ['job', job] })
  await queryClient.invalidateQueries({ queryKey: ['rows', job] })
  return begun
}
