import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { Fault } from '@longshore/core'
import type { StartRequest } from '@longshore/store'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Longshore } from '../longshore.ts'
import type { Identified } from '../people/door.ts'
import { refuseCrossSite } from './cross-site.ts'
import { refuse, refuseEarly } from './permission.ts'
import type { Permission } from './permission.ts'
import { parseRequest } from './request-fault.ts'
import type { Call, Route } from './route.ts'

declare module 'fastify' {
  interface FastifyContextConfig { permission?: Permission<never> }
}

/** What the frame needs to answer requests. */
export interface ApiGround {
  /** As the operator. */
  longshore: Longshore
  version: string
  /** Who asks; null: nobody that is known. */
  identify(request: FastifyRequest): Promise<Identified | null>
}

/** Bodies of ordinary routes. */
const bodyLimitBytes = 1024 * 1024

/** Every route of the server passes here, also those that other parts add: one without a permission ends the start. */
export function demandPermissions(app: FastifyInstance): void {
  app.addHook('onRoute', ({ config, method, url }) => {
    if (config?.permission === undefined) throw new Error(`the route ${String(method)} ${url} states no permission`)
  })
}

export function registerRoutes(app: FastifyInstance, routes: readonly Route[], ground: ApiGround): void {
  for (const route of routes) {
    app.route({
      method: route.method, url: route.path, exposeHeadRoute: false, bodyLimit: route.bodyLimitBytes ?? bodyLimitBytes, config: { permission: route.permission },
      handler: async (request, reply) => {
        const call = await prepare(route, request, reply, ground)
        const answer = await route.run(call, reply)
        return reply.sent || reply.raw.headersSent ? reply : answer
      },
    })
  }
}

/** Who asks, whether they may, and what they ask: in this order, so that nobody learns from an error what they may not know. */
async function prepare(route: Route, request: FastifyRequest, reply: FastifyReply, ground: ApiGround): Promise<Call> {
  const identified = await ground.identify(request)
  const actor = identified?.actor ?? null
  const setCookies = (cookies: readonly string[]): void => { for (const cookie of cookies) reply.header('set-cookie', cookie) }
  setCookies(identified?.cookies ?? [])
  const open = route.permission.kind === 'anyone'
  if (!actor && !open) throw signedOut()
  refuseCrossSite(request, actor)
  if (actor) refuseEarly(route.permission, actor)
  const { params, query, body } = parseRequest([
    { name: 'params', schema: route.params, value: request.params },
    { name: 'query', schema: route.query, value: request.query },
    ...(route.body ? [{ name: 'body' as const, schema: route.body, value: request.body === undefined ? {} : request.body }] : []), // no body says as little as an empty one,
  ])
  // whoever only looks sees all of it by the catalog and the job of this moment; what changes them, or goes on for long, asks for them each time
  const looks = route.method === 'GET' && route.answer.kind === 'json'
  const longshore = actor ? ground.longshore.as(actor, looks && identified ? { catalogStamp: identified.catalogStamp } : null) : ground.longshore
  if (actor) await refuse(route.permission, { params, query, body } as never, actor, longshore) // of this very route's schemas
  return { params, query, body, actor: actor ?? ground.longshore.actor, longshore, session: identified?.session ?? null, headers: headersOf(request), once: route.once ? onceOf(request) : null, setCookies, signal: gone(request, reply), request }
}

export function signedOut(): Fault {
  return new Fault('access.signed-out', 'Nobody is signed in, or the session or API key is over. Sign in, or send an API key as "Authorization: Bearer …".')
}

/** Throws `request.key` for a key that is none: it is kept with the job. */
function onceOf(request: FastifyRequest): StartRequest | null {
  const key = request.headers['idempotency-key']
  if (key === undefined) return null
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key)) throw new Fault('request.key', 'An Idempotency-Key has 1 to 200 characters without blanks, such as a UUID.')
  return { key, hash: createHash('sha256').update(JSON.stringify([request.method, request.url, request.body instanceof Readable ? null : request.body ?? null])).digest('base64url') }
}

/** A request's headers as the web's own type; what the HTTP layer adds (`:authority`) is left out. */
export function headersOf(request: FastifyRequest): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined && !name.startsWith(':')) headers.set(name, Array.isArray(value) ? value.join(', ') : value)
  }
  return headers
}

/** Aborts when the client goes away before it has its answer. */
function gone(request: FastifyRequest, reply: FastifyReply): AbortSignal {
  const stop = new AbortController()
  const leave = (): void => stop.abort(new Fault('request.left', 'Whoever asked went away before the answer was there.'))
  reply.raw.once('close', () => { if (!reply.raw.writableFinished) leave() })
  request.raw.once('aborted', leave)
  return stop.signal
}
