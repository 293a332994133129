import { meSchema } from '@longshore/contract'
import { signedIn } from '../permission.ts'
import { route } from '../route.ts'
import { presentMe } from './present-me.ts'

export const meRoutes = [
  route({
    method: 'GET', path: '/v1/me', tag: 'people', summary: 'Who is signed in, where, and what they may do',
    permission: signedIn, answer: meSchema,
    call: ({ actor }) => actor,
    present: presentMe,
  }),
]
