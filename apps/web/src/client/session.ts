import type { Me } from '@longshore/contract'
import { send } from './api.ts'
import { queryClient } from './query-client.ts'

export async function signIn(email: string, password: string): Promise<void> {
  await send<Me>('POST', '/v1/session', { email, password })
  await queryClient.invalidateQueries()
}

export async function signOut(): Promise<void> {
  await send('DELETE', '/v1/session')
  queryClient.clear()
  location.assign('/sign-in')
}
