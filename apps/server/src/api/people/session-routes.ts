import { acceptSchema, invitationLookSchema, invitationSecretSchema, meSchema, passwordChangeSchema, resetAcceptBody, resetBody, sessionParams, sessionsSchema, signInSchema } from '@longshore/contract'
import { Fault } from '@longshore/core'
import type { Call } from '../route.ts'
import { z } from 'zod'
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
    method: 'GET', path: '/v1/me/sessions', tag: 'people', summary: 'Where I am signed in', permission: signedIn, answer: sessionsSchema,
    call: async ({ longshore, session }) => ({ sessions: await longshore.people.sessions(own(session)) }),
  }),
  route({
    method: 'DELETE', path: '/v1/me/sessions/:session', tag: 'people', summary: 'Sign me out somewhere else: the next request there is refused', permission: signedIn, params: sessionParams,
    call: ({ longshore, session, params }) => longshore.people.endSession(own(session), params.session),
  }),
  route({
    method: 'POST', path: '/v1/password-reset', tag: 'people', summary: 'Have a link for a new password sent by e-mail; the answer is the same whether there is an account or not', status: 202,
    permission: anyone('whoever forgot their password cannot sign in; tries are limited'), body: resetBody, answer: z.object({}),
    call: async ({ longshore, body, request }) => {
      await longshore.door.forgot(body.email, request.ip)
      return {}
    },
  }),
  route({
    method: 'POST', path: '/v1/password-reset/accept', tag: 'people', summary: 'Choose a new password by the link of the e-mail; every session ends',
    permission: anyone('the secret is the permission; tries are limited'), body: resetAcceptBody,
    call: ({ longshore, body, request }) => longshore.door.reset(body, request.ip),
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

function own(session: Call['session']): NonNullable<Call['session']> {
  if (!session) throw new Fault('session.none', 'Sessions are of those who sign in with a password; an API key and the operator have none.')
  return session
}
