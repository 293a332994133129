import { QueryClient } from '@tanstack/react-query'
import { Refusal } from './problem.ts'

/**
 * A refusal stays one however often it is asked for; only no answer, or a server in trouble, is worth another try. Nothing waits silently for a
 * network: whoever saves without one is told so at once, with what they typed still there, and what is shown is asked for again when it is back.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      networkMode: 'always', refetchOnReconnect: true,
      retry: (failures, error) => failures < 2 && (!(error instanceof Refusal) || error.status === 0 || error.status >= 502),
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false, networkMode: 'always' },
  },
})
