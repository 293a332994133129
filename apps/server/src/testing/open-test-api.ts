import type { FastifyInstance } from 'fastify'
import { buildServer } from '../start.ts'
import { openTestLongshore } from './open-test-longshore.ts'
import type { TestLongshore } from './open-test-longshore.ts'

export interface Answer { status: number; headers: Record<string, unknown>; text: string; json: Record<string, unknown> }
/** What a client sends with every request to be known. */
export interface Credentials { cookie?: string; authorization?: string; 'x-longshore-organization'?: string }
export interface Question { body?: unknown; headers?: Record<string, string | undefined> }

export interface TestApi {
  longshore: TestLongshore
  app: FastifyInstance
  ask(who: Credentials | null, method: string, url: string, question?: Question): Promise<Answer>
  /** Invites somebody, lets them accept and sign in. The first one has to be an admin. */
  person(email: string, role: string): Promise<Credentials>
  close(): Promise<void>
}

export const testPassword = 'correct horse battery staple'
const origin = 'http://localhost:4000'

/** A server with a Longshore of its own, asked without a network. */
export async function openTestApi(name: string, options: Parameters<typeof openTestLongshore>[1] = {}): Promise<TestApi> {
  const longshore = await openTestLongshore(name, options)
  const app = buildServer(longshore, { webFolder: '/nowhere' })
  const ask: TestApi['ask'] = async (who, method, url, { body, headers = {} } = {}) => {
    const { statusCode, headers: answered, body: text } = await app.inject({
      method: method as 'GET', url, ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
      headers: Object.fromEntries(Object.entries({ host: 'localhost:4000', origin, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...who, ...headers }).filter(([, value]) => value !== undefined)),
    })
    return { status: statusCode, headers: answered, text, json: /json/.test(String(answered['content-type'])) && text !== '' ? JSON.parse(text) as Record<string, unknown> : {} }
  }
  return {
    longshore, app, ask,
    async person(email, role) {
      const { secret } = await longshore.people.invite({ email, role })
      await longshore.door.accept({ secret, name: email.split('@')[0] ?? email, password: testPassword }, `test ${email}`)
      return cookieOf(await ask(null, 'POST', '/v1/session', { body: { email, password: testPassword } }))
    },
    async close() {
      await app.close()
      await longshore.close()
    },
  }
}

/** The cookie that an answer sets, as a browser sends it back. */
export function cookieOf({ headers }: Answer): Credentials {
  return { cookie: [headers['set-cookie'] ?? []].flat().map((cookie) => String(cookie).split(';')[0]).join('; ') }
}
