import { isUtf8 } from 'node:buffer'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Fault } from '@longshore/core'
import type { Longshore } from '../longshore.ts'
import { html } from '../page/html.ts'
import { layout } from '../page/layout.ts'
import { registerPage } from '../page/routes.ts'
import { pagePolicy } from '../page/security.ts'
import { serverRoutes } from './health/routes.ts'
import { watchRequests } from './metrics.ts'
import { problemOf } from './problem.ts'
import { RateFault } from '../people/door.ts'
import { demandPermissions, headersOf, registerRoutes } from './register-routes.ts'
import type { ApiGround } from './register-routes.ts'
import type { Route } from './route.ts'
import { apiRoutes } from './routes.ts'
import { registerWebFiles } from './web-files.ts'

/** Puts everything that the server answers onto it: the API, the web app or the plain page, and what is said of requests that fit none. */
export function registerApi(app: FastifyInstance, longshore: Longshore, version: string, { webFolder }: { webFolder?: string }): void {
  const ground: ApiGround = { longshore, version, identify: (request) => longshore.door.identify(headersOf(request)) }
  const metrics = watchRequests(app, longshore)
  const web = registerWebFiles(app, webFolder)
  demandPermissions(app)
  app.addContentTypeParser(['application/octet-stream', 'application/offset+octet-stream'], (_request, payload, done) => done(null, payload)) // files are handed on as they come
  takeJson(app)
  const routes: Route[] = [...apiRoutes]
  routes.push(...serverRoutes(ground, metrics, () => routes))
  app.addHook('onRequest', async (request, reply) => { reply.header('x-request-id', request.id) })
  app.addHook('onResponse', async (request, reply) => {
    longshore.log.info('request', { request: request.id, method: request.method, route: request.routeOptions.url ?? null, status: reply.statusCode, ms: Math.round(reply.elapsedTime) })
  })
  registerRoutes(app, routes, ground)
  if (!web) registerPage(app, ground)

  app.setNotFoundHandler((request, reply) => {
    if (web && isPage(request)) return web.page(reply)
    return answerError(new Fault('route.unknown', `There is no route ${request.method} at this address. The reference at /docs lists all of them.`), request, reply, version)
  })
  app.setErrorHandler((error, request, reply) => {
    // what is told is told; what is not stands here, under the id that was
    if (problemOf(error, request.id).status >= 500) longshore.log.error('request failed', error, { request: request.id, route: request.routeOptions.url ?? null })
    return answerError(error, request, reply, version)
  })
}

/** JSON in UTF-8 alone: what else is there would come in as other characters than were sent. */
function takeJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    if (isUtf8(body)) parse(request, body.toString('utf8'), done)
    else done(new Fault('request.unreadable', 'The body is not in UTF-8, which JSON is to be sent in. Nothing was done.'))
  })
}

/** A browser that wants a page to look at, not an answer of the API. */
function isPage({ method, url, headers: { accept } }: FastifyRequest): boolean {
  return (method === 'GET' || method === 'HEAD') && !/^\/(v1|assets)(\/|$)/.test(url) && (accept === undefined || accept.includes('text/html') || accept.includes('*/*'))
}

function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply, version: string): FastifyReply {
  const problem = problemOf(error, request.id)
  if (error instanceof RateFault) reply.header('retry-after', error.after)
  if (!isPage(request)) return reply.code(problem.status).type('application/problem+json').send(problem)
  const title = problem.status === 404 ? 'Not found' : 'Not now'
  return reply.code(problem.status).header('content-security-policy', pagePolicy).type('text/html; charset=utf-8')
    .send(layout(title, html`<p>${problem.detail} <a href="/">All jobs</a></p>`, version))
}
