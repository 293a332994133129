import { acceptSchema, invitationLookSchema, invitationSecretSchema, meSchema, passwordChangeSchema, signInSchema } from '@longshore/contract'
import { anyone, signedIn } from '../permission.ts'
import { route } from '../route.ts'
import { presentMe } from '../me/present-me.ts'

/** Coming in, going out, and making an account. */
export const sessionRoutes = [
  route({
    method: 'POST', path: '/v1/session', tag: 'people', summary: 'Sign in with e-mail and password; the answer sets the cookie of the session', status: 201,
    permission: anyone('it is how people sign in; tries are limited'), body: signInSchema, answer: meSchema,
    call: async ({ longshore, body, request, headers, setCookies }) => {
      const { actor, cookies } = await longshore.door.signIn(body, request.ip, headers)
      setCookies(cookies)
      return actor
    },
    present: presentMe,
  }),
  route({
    method: 'DELETE', path: '/v1/session', tag: 'people', summary: 'Sign out', permission: signedIn,
    call: async ({ longshore, headers, setCookies }) => setCookies(await longshore.door.signOut(headers)),
  }),
  route({
    method: 'PUT', path: '/v1/me/password', tag: 'people', summary: 'Change the password; all other sessions end',
    permission: signedIn, body: passwordChangeSchema,
    call: ({ longshore, body, session }) => longshore.people.changePassword({ ...body, session: session?.id ?? null }),
  }),
  route({
    method: 'POST', path: '/v1/invitations/look', tag: 'people', summary: 'What an invitation is for, by the secret of its link',
    permission: anyone('the secret is the permission; tries are limited'), body: invitationSecretSchema, answer: invitationLookSchema,
    call: ({ longshore, body, request }) => longshore.door.invitation(body.secret, request.ip),
  }),
  route({
    method: 'POST', path: '/v1/invitations/accept', tag: 'people', summary: 'Accept an invitation: makes the account, which can then sign in',
    permission: anyone('the secret is the permission; tries are limited'), body: acceptSchema,
    call: ({ longshore, body, request }) => longshore.door.accept(body, request.ip),
  }),
]
