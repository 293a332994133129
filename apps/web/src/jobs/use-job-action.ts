import { useQueryClient } from '@tanstack/react-query'
import type { JobDetails } from '@longshore/contract'
import { send } from '../client/api.ts'
import { useMutation } from '../client/use-mutation.ts'

export type JobAction = 'pause' | 'cancel' | 'resume' | 'apply'

/** Steers a job; the page shows what the server says of it afterwards. */
export function useJobAction(job: number) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (action: JobAction) => send<JobDetails | undefined>('POST', `/v1/jobs/${job}/${action}`, {}, { headers: { 'idempotency-key': `${action}-${job}-${crypto.randomUUID()}` } }),
    onSettled: () => client.invalidateQueries({ queryKey: ['job', job] }),
  })
}
